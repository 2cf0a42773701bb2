'use client';

import { HostileText } from '@/components/shared/MonoText';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { sizeText } from '@/components/shared/sizeText';
import { TimeText } from '@/components/shared/TimeText';
import type { Upload } from '@/components/shared/uploads/Uploads';
import { useUploads } from '@/components/shared/uploads/Uploads';
import { Button } from '@/components/ui/Button';
import { ProgressBar } from '@/components/ui/ProgressBar';

/** A file on its way, one that could not be sent, or one the server already had. */
export function UploadRow({ upload, onShow }: { upload: Upload; onShow: (importId: string) => void }) {
  const { cancel, retry, dismiss } = useUploads();
  const moving = upload.state === 'waiting' || upload.state === 'sending';
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b px-4 py-2.5">
      <div className="min-w-48 flex-1">
        {upload.state === 'failed' && upload.error ? (
          <ProblemNote
            compact
            error={upload.error}
            what={`${upload.name} was not stored`}
            safe="Nothing of it was kept, so nothing is counted twice."
          />
        ) : upload.state === 'repeated' && upload.known ? (
          <p role="status">
            <span className="font-medium">
              <HostileText text={upload.name} />
            </span>{' '}
            was already imported on <TimeText at={upload.known.createdAt} date precision="min" zone />
            {upload.known.name === upload.name ? null : (
              <>
                {' '}
                as <HostileText text={upload.known.name} />
              </>
            )}
            ; nothing was counted twice.
          </p>
        ) : (
          <>
            <p className="num">
              <span className="font-medium">
                <HostileText text={upload.name} />
              </span>{' '}
              <span className="text-text-3">
                {upload.state === 'waiting'
                  ? `waiting, ${sizeText(upload.bytes)}`
                  : `${sizeText(upload.sent)} of ${sizeText(upload.bytes)} sent`}
              </span>
            </p>
            <ProgressBar
              aria-label={`Sending ${upload.name}`}
              max={Math.max(1, upload.bytes)}
              value={upload.sent}
              className="mt-1 h-1.5 w-full"
            />
          </>
        )}
      </div>
      {upload.state === 'repeated' && upload.known ? (
        <Button size="sm" onClick={() => onShow(upload.known?.id ?? '')}>
          Show it
        </Button>
      ) : null}
      {upload.state === 'failed' ? (
        <Button size="sm" onClick={() => retry(upload.key)}>
          Send again
        </Button>
      ) : null}
      <Button size="sm" variant="quiet" onClick={() => (moving ? cancel(upload.key) : dismiss(upload.key))}>
        {moving ? 'Cancel' : 'Dismiss'}
      </Button>
    </li>
  );
}

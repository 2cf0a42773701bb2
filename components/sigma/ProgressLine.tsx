'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useEffect, useRef } from 'react';
import { HostileText } from '@/components/shared/MonoText';
import { Allowed } from '@/components/shared/me';
import { Button } from '@/components/ui/Button';
import { ProgressBar } from '@/components/ui/ProgressBar';
import { useToast } from '@/components/ui/Toast';
import { counted } from '@/lib/base/numberWords';
import { progressQuery, SIGMA, tellsOfSigma } from './sigmaQueries';
import { isWorking, progressText } from './sigmaWords';
import { useRerun } from './sigmaWrites';

const NAMED = 3;

/** How far the rules have come over what is stored, while they are at work or where they failed; else nothing. */
export function ProgressLine() {
  const client = useQueryClient();
  const progress = useQuery(progressQuery).data;
  const rerun = useRerun();
  const toast = useToast();
  const working = progress !== undefined && isWorking(progress);
  const before = useRef(false);
  useEffect(() => {
    // What was worked out meanwhile is read once it is whole.
    if (before.current && !working)
      void client.invalidateQueries({
        predicate: ({ queryKey }) =>
          tellsOfSigma(queryKey) || (queryKey[0] === SIGMA && queryKey[1] !== progressQuery.queryKey[1]),
      });
    before.current = working;
  }, [working, client]);
  if (progress === undefined) return null;
  const text = progressText(progress);
  const { failed } = progress;
  if (text === null && failed.length === 0) return null;
  const all = progress.waiting + progress.running + progress.done;
  return (
    <div className="num flex flex-wrap items-center gap-x-4 gap-y-1.5 border-b bg-surface-1 px-4 py-1.5">
      {text === null ? null : (
        <p role="status" className="flex min-w-0 items-center gap-2.5 text-text-2">
          <ProgressBar
            aria-label="Imports the rules ran over"
            className="h-1.5 w-24 shrink-0"
            {...(all > 0 && progress.waiting + progress.running > 0
              ? { max: all, value: progress.done }
              : {})}
          />
          {text}. {counted(progress.hits, 'hit')} so far.
        </p>
      )}
      {failed.length === 0 ? null : (
        <p className="min-w-0 flex-1 basis-60 text-warning [overflow-wrap:anywhere]">
          Not run over {counted(failed.length, 'import')}:{' '}
          {failed.slice(0, NAMED).map(({ importId, name, error }) => (
            <span key={importId}>
              <Link href={`/imports?import=${encodeURIComponent(importId)}`} className="link">
                <HostileText text={name} />
              </Link>{' '}
              (<HostileText text={error} />){' '}
            </span>
          ))}
          {failed.length > NAMED ? `and ${failed.length - NAMED} more. ` : ''}
          Its events and findings are not affected.
        </p>
      )}
      {failed.length > 0 && !working ? (
        <Allowed to="sigma.write">
          <Button
            size="sm"
            disabled={rerun.isPending}
            onClick={() =>
              rerun.mutate(undefined, {
                onError: (error) => toast.show({ text: `Not run again. ${error.message}`, tone: 'danger' }),
              })
            }
          >
            {rerun.isPending ? 'Asking…' : 'Run them again'}
          </Button>
        </Allowed>
      ) : null}
    </div>
  );
}

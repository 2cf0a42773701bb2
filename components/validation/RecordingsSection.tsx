'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { HostileText } from '@/components/shared/MonoText';
import { Allowed } from '@/components/shared/me';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { PersonName } from '@/components/shared/people';
import { sizeText } from '@/components/shared/sizeText';
import { TimeText } from '@/components/shared/TimeText';
import { Button } from '@/components/ui/Button';
import { Table, Td, Th } from '@/components/ui/Table';
import { counted } from '@/lib/base/numberWords';
import type { ValidationRecording } from '@/lib/contracts/validation';
import { AddRecordingDialog } from './AddRecordingDialog';
import { RemoveRecordingDialog } from './RemoveRecordingDialog';
import { ValidationSkeleton } from './ValidationSkeleton';
import { recordingsQuery } from './validationQueries';

/** What is replayed: the recordings that ship with the application, and those people uploaded. */
export function RecordingsSection() {
  const recordings = useQuery(recordingsQuery);
  const [adding, setAdding] = useState(false);
  const items = recordings.data?.items ?? [];
  return (
    <section aria-labelledby="recordings-title" className="mt-8">
      <header className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 pb-2">
        <div className="min-w-0 flex-1 basis-72">
          <h2 id="recordings-title" className="text-15">
            Recordings
          </h2>
          {recordings.data ? (
            <p className="num text-text-2">
              {counted(recordings.data.shipped, 'recording')} ship with Sequela;{' '}
              {items.length === 0
                ? 'none of your own yet.'
                : `${counted(items.length, 'recording')} of your own.`}{' '}
              None becomes an import: no event and no finding of it is stored.
            </p>
          ) : null}
        </div>
        <Allowed to="validation.run">
          <Button onClick={() => setAdding(true)}>Upload a recording…</Button>
        </Allowed>
      </header>
      {recordings.error && !recordings.data ? (
        <ProblemNote
          error={recordings.error}
          what="The recordings could not be read"
          onRetry={() => void recordings.refetch()}
        />
      ) : !recordings.data ? (
        <ValidationSkeleton />
      ) : items.length > 0 ? (
        <Table caption="Uploaded recordings" className="px-4">
          <thead>
            <tr>
              <Th>Recording</Th>
              <Th>Labelled</Th>
              <Th className="text-right">Size</Th>
              <Th>Uploaded</Th>
              <Th>
                <span className="sr-only">What to do</span>
              </Th>
            </tr>
          </thead>
          <tbody className="num">
            {items.map((recording) => (
              <Row key={recording.id} recording={recording} />
            ))}
          </tbody>
        </Table>
      ) : null}
      {adding ? <AddRecordingDialog onClose={() => setAdding(false)} /> : null}
    </section>
  );
}

function Row({ recording }: { recording: ValidationRecording }) {
  const [removing, setRemoving] = useState(false);
  const { name, title, sha256, expects, bytes, addedAt, addedBy } = recording;
  return (
    <tr>
      <Td className="min-w-48">
        <HostileText text={name} />
        {title === null ? null : (
          <span className="block text-12 text-text-2">
            <HostileText text={title} />
          </span>
        )}
        <span className="machine block text-text-3 [overflow-wrap:anywhere]">{sha256.slice(0, 16)}…</span>
      </Td>
      <Td className="min-w-40">
        {expects.length === 0 ? (
          <span className="text-text-3">nothing</span>
        ) : (
          <ul>
            {expects.map(({ analytic, verdict, stages }) => (
              <li key={`${analytic}${verdict}`}>
                <HostileText text={analytic} />: {verdict === 'none' ? 'nothing' : verdict}
                {stages > 0 ? `, ${counted(stages, 'stage')}` : ''}
              </li>
            ))}
          </ul>
        )}
      </Td>
      <Td className="whitespace-nowrap text-right">{sizeText(bytes)}</Td>
      <Td className="text-text-2">
        <TimeText at={addedAt} date precision="min" /> by <PersonName handle={addedBy} />
      </Td>
      <Td className="text-right">
        <Allowed to="validation.run">
          <Button size="sm" onClick={() => setRemoving(true)}>
            Remove
            <span className="sr-only">
              {' '}
              <HostileText text={name} />
            </span>
          </Button>
        </Allowed>
        {removing ? <RemoveRecordingDialog recording={recording} onClose={() => setRemoving(false)} /> : null}
      </Td>
    </tr>
  );
}

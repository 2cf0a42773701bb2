'use client';

import { useQuery } from '@tanstack/react-query';
import { clsx } from 'clsx';
import Link from 'next/link';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { TimeText } from '@/components/shared/TimeText';
import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import { counted } from '@/lib/base/numberWords';
import type { ValidationRunSummary } from '@/lib/contracts/validation';
import { lastRunsQuery } from './coverageQueries';

/** The newest validation that ended well, as a scorecard; what fell behind the run before is said first. */
export function LastValidation() {
  const runs = useQuery(lastRunsQuery);
  const items = runs.data?.items ?? [];
  const last = items.find(({ state, numbers }) => state === 'done' && numbers !== null);
  const newest = items[0];
  return (
    <section aria-labelledby="validation-title">
      <h2 id="validation-title" className="num mb-1.5 text-13">
        Last validation
        {last ? (
          <span className="font-normal text-text-2">
            , <TimeText at={last.endedAt ?? last.createdAt} date precision="min" />
            {last.sha256 === null ? '' : ', signed'}
          </span>
        ) : null}
      </h2>
      {runs.error && !runs.data ? (
        <ProblemNote
          compact
          error={runs.error}
          what="The validation runs could not be read"
          onRetry={() => void runs.refetch()}
        />
      ) : !runs.data ? (
        <SkeletonRegion label="Reading the last validation" className="space-y-3 py-1">
          {[70, 80, 60].map((width) => (
            <Skeleton key={width} style={{ width: `${width}%` }} />
          ))}
        </SkeletonRegion>
      ) : last ? (
        <Score run={last} />
      ) : (
        <p className="text-text-2">No run ended yet: whether the detections work is not shown by anything.</p>
      )}
      {newest && newest !== last ? <p className="mt-1 text-12 text-text-3">{newestText(newest)}</p> : null}
      <p className="no-print mt-2">
        <Link className="link" href={last ? `/coverage/validation/${last.id}` : '/coverage/validation'}>
          {last ? 'Every case of it' : 'Validate'}
        </Link>
      </p>
    </section>
  );
}

function Score({ run }: { run: ValidationRunSummary }) {
  const { numbers } = run;
  if (numbers === null) return null;
  const { recall, precision, quiet } = numbers;
  const lines: { number: string; words: string; bad?: boolean }[] = [
    {
      number: `${recall.right} / ${recall.of}`,
      words: 'labelled chains found',
      bad: recall.right < recall.of,
    },
    {
      number: String(precision.of - precision.right),
      words: `false among ${counted(precision.of, 'chain')} raised`,
      bad: precision.right < precision.of,
    },
    {
      number: `${quiet.right} / ${quiet.of}`,
      words: 'quiet recordings stayed quiet',
      bad: quiet.right < quiet.of,
    },
    {
      number: String(numbers.wrong),
      words: `of ${counted(numbers.cases, 'case')} in ${counted(numbers.recordings, 'recording')} not as labelled`,
      bad: numbers.wrong > 0,
    },
  ];
  return (
    <>
      {run.regressed ? (
        <p className="mb-1.5 font-medium text-danger">
          Worse than the run before: something it found is lost.
        </p>
      ) : null}
      <ul className="num space-y-1">
        {lines.map(({ number, words, bad }) => (
          <li key={words} className="grid grid-cols-[64px_minmax(0,1fr)] gap-x-2">
            <span className={clsx('text-right font-mono text-12 font-medium', bad && 'text-warning')}>
              {number}
            </span>{' '}
            <span className="text-text-2">{words}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

/** What became of a newer run. */
function newestText(run: ValidationRunSummary): string {
  if (run.state === 'running') return `A run is at ${run.done} of ${run.total}.`;
  if (run.state === 'queued') return 'A run waits.';
  return run.state === 'failed' ? 'The newest run failed.' : 'The newest run was stopped.';
}

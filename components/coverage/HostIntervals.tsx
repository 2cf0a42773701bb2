'use client';

import { useQuery } from '@tanstack/react-query';
import { HostileText } from '@/components/shared/MonoText';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { TimeText } from '@/components/shared/TimeText';
import { KIND_WORDS } from '@/components/shared/timeline/markShape';
import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import type { CoverageHost, CoverageIntervals, CoverageView } from '@/lib/contracts/coverage';
import { intervalsQuery } from './coverageQueries';
import { IntervalStrip } from './IntervalStrip';

type Interval = CoverageIntervals['items'][number];

/** As many are listed at once; a source that comes and goes has hundreds. */
const LISTED = 6;

/** When a stage could not be seen on a host: a strip over the period, and the same as a list. */
export function HostIntervals(props: { host: CoverageHost; stage: string; view: CoverageView }) {
  const { host, stage, view } = props;
  const { from, to } = view;
  const intervals = useQuery(intervalsQuery({ host: host.hostId, stage, from, to }));
  if (intervals.error)
    return (
      <ProblemNote
        compact
        error={intervals.error}
        what="The intervals could not be read"
        onRetry={() => void intervals.refetch()}
      />
    );
  if (!intervals.data)
    return (
      <SkeletonRegion label="Reading when it was dark" className="space-y-2">
        <Skeleton className="h-6" />
        <Skeleton className="w-2/3" />
      </SkeletonRegion>
    );
  const { items } = intervals.data;
  const [first, rest] = [items.slice(0, LISTED), items.slice(LISTED)];
  return (
    <div className="text-12">
      <IntervalStrip period={view} firstEvent={host.from} intervals={items} />
      {items.length === 0 ? (
        <p className="mt-1 text-text-2">Visible for as long as the host reported in this period.</p>
      ) : (
        <ul className="num mt-1.5 space-y-0.5">
          {first.map((interval) => (
            <Line key={`${interval.from} ${interval.reason}`} interval={interval} />
          ))}
        </ul>
      )}
      {rest.length === 0 ? null : (
        <details>
          <summary className="num flex min-h-6 cursor-pointer items-center text-text-2">
            {LISTED} of {items.length.toLocaleString('en')} intervals; show the others
          </summary>
          <ul className="num space-y-0.5">
            {rest.map((interval) => (
              <Line key={`${interval.from} ${interval.reason}`} interval={interval} />
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function Line({ interval }: { interval: Interval }) {
  return (
    <li>
      <span className={interval.state === 'blind' ? 'text-blind' : 'text-text-1'}>
        {interval.state} <TimeText at={interval.from} date precision="min" /> to{' '}
        <TimeText at={interval.to} date precision="min" />
      </span>
      <span className="text-text-2">
        {': '}
        {interval.kind === null ? null : `${KIND_WORDS[interval.kind]}, `}
        <HostileText text={interval.reason} />
      </span>
    </li>
  );
}

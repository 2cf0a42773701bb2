import { clsx } from 'clsx';
import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import { ROW_BOX } from './QueueRow';
import { COLUMN, DEFAULT_COLUMNS } from './queueColumns';

const BEHIND = DEFAULT_COLUMNS.filter((column) => !COLUMN[column].before);

/** The queue's rows before they are known, in their final places. */
export function QueueSkeleton() {
  return (
    <SkeletonRegion label="Reading the queue" className="@container min-h-0 flex-1 overflow-hidden">
      <div className="h-7 border-b" />
      {Array.from({ length: 14 }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they have nothing else
        <div key={row} className={clsx(ROW_BOX, 'h-10 border-b')}>
          <span className="w-[3px] shrink-0" />
          <span className="w-6 shrink-0" />
          <Skeleton className={clsx('shrink-0', COLUMN.stages.className)} />
          <span className="min-w-0 flex-1 space-y-1.5">
            <Skeleton style={{ width: `${88 - ((row * 17) % 40)}%` }} />
            <Skeleton className="h-2" style={{ width: `${60 - ((row * 11) % 30)}%` }} />
          </span>
          {BEHIND.map((column) => (
            <Skeleton key={column} className={clsx('shrink-0', COLUMN[column].className)} />
          ))}
        </div>
      ))}
    </SkeletonRegion>
  );
}

/** The whole screen before its script has run. */
export function TriageSkeleton() {
  return (
    <div className="flex h-full">
      <div className="w-52 shrink-0 border-r max-xl:hidden" />
      <div className="flex min-w-0 flex-1 flex-col">
        <div className="h-[84px] border-b" />
        <QueueSkeleton />
      </div>
      <div className="w-[420px] shrink-0 border-l bg-surface-1 max-xl:w-[360px] max-[900px]:hidden" />
    </div>
  );
}

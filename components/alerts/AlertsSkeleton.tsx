import { clsx } from 'clsx';
import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import { ALERT_COLUMN, ALERT_ROW } from './AlertRow';

/** The list while it is read, in its final layout. */
export function AlertsSkeleton() {
  return (
    <SkeletonRegion label="Reading the alerts" className="@container min-h-0 flex-1 overflow-hidden">
      <div className="h-7 border-b" />
      {Array.from({ length: 12 }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they have nothing else
        <div key={row} className={clsx(ALERT_ROW, 'h-10 border-b')}>
          <span className="w-[3px] shrink-0" />
          <span className="w-6 shrink-0" />
          <Skeleton className={ALERT_COLUMN.severity} />
          <span className="min-w-0 flex-1 space-y-1.5">
            <Skeleton style={{ width: `${70 - ((row * 17) % 30)}%` }} />
            <Skeleton className="h-2" style={{ width: `${50 - ((row * 11) % 25)}%` }} />
          </span>
          <Skeleton className={ALERT_COLUMN.host} />
          <Skeleton className={ALERT_COLUMN.time} />
          <Skeleton className={ALERT_COLUMN.chain} />
          <Skeleton className={ALERT_COLUMN.person} />
        </div>
      ))}
    </SkeletonRegion>
  );
}

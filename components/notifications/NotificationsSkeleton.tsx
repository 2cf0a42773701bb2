import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';

const ROWS = ['w-2/3', 'w-1/2', 'w-3/4', 'w-3/5', 'w-2/3', 'w-1/2'];

/** Where the notifications will be, while they are read. */
export function NotificationsSkeleton() {
  return (
    <SkeletonRegion label="Reading your notifications" className="rounded-md border">
      {ROWS.map((width, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows that are all alike and never change
        <div key={at} className="space-y-2 border-b px-4 py-3 last:border-b-0">
          <Skeleton className={width} />
          <Skeleton className="w-1/4" />
        </div>
      ))}
    </SkeletonRegion>
  );
}

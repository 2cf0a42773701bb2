import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import { SlowWords } from './SlowWords';

/** The screen while its address is read. */
export function EventsSkeleton() {
  return (
    <SkeletonRegion label="Opening the search" className="space-y-4 px-4 py-4">
      <Skeleton className="h-8" />
      <Skeleton className="h-14" />
      <RowsSkeleton />
    </SkeletonRegion>
  );
}

/** The rows of a search while it runs; after a moment it says so in words. */
export function RowsSkeleton() {
  return (
    <SkeletonRegion label="Searching" className="space-y-4 px-4 py-3">
      <SlowWords />
      {[92, 78, 85, 70, 88, 74, 81, 66].map((width) => (
        <Skeleton key={width} style={{ width: `${width}%` }} />
      ))}
    </SkeletonRegion>
  );
}

import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';

/** The list while it is read, in its final layout. */
export function AlertsSkeleton() {
  return (
    <SkeletonRegion label="Reading the alerts" className="space-y-4 px-4 py-4">
      {[70, 52, 64, 58, 74].map((width) => (
        <Skeleton key={width} className="h-8" style={{ width: `${width}%` }} />
      ))}
    </SkeletonRegion>
  );
}

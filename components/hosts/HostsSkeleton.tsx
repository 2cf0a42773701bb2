import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';

/** The list while it is read, in its final layout. */
export function HostsSkeleton() {
  return (
    <SkeletonRegion label="Reading the hosts" className="space-y-4 px-4 py-4">
      {[62, 48, 70, 55, 66].map((width) => (
        <Skeleton key={width} className="h-8" style={{ width: `${width}%` }} />
      ))}
    </SkeletonRegion>
  );
}

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

/** One host while it is read. */
export function HostScreenSkeleton() {
  return (
    <SkeletonRegion label="Reading the host" className="space-y-3 px-4 py-4">
      <Skeleton className="h-6 w-64" />
      <Skeleton className="w-96 max-w-full" />
      <Skeleton className="w-72" />
      <Skeleton className="mt-6 h-8" />
      {[60, 45, 70].map((width) => (
        <Skeleton key={width} style={{ width: `${width}%` }} />
      ))}
    </SkeletonRegion>
  );
}

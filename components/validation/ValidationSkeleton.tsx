import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';

/** Where runs, or the parts of one, will be while they are read. */
export function ValidationSkeleton() {
  return (
    <SkeletonRegion label="Reading the validation" className="space-y-4 px-4 py-4">
      <Skeleton className="h-4 w-48" />
      {[90, 84, 88, 70].map((width) => (
        <Skeleton key={width} style={{ width: `${width}%` }} />
      ))}
    </SkeletonRegion>
  );
}

import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';

/** Where the schedules will be, while they are read. */
export function ReportsSkeleton() {
  return (
    <SkeletonRegion label="Reading the schedules" className="space-y-4 px-4 py-4">
      {[60, 72, 54].map((width) => (
        <Skeleton key={width} style={{ width: `${width}%` }} />
      ))}
    </SkeletonRegion>
  );
}

import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';

/** The entries while they are read, in their final layout. */
export function AuditSkeleton() {
  return (
    <SkeletonRegion label="Reading the audit" className="space-y-4 px-4 py-4">
      {[82, 74, 66, 78, 70, 62].map((width) => (
        <Skeleton key={width} style={{ width: `${width}%` }} />
      ))}
    </SkeletonRegion>
  );
}

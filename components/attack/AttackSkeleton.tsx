import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';

/** The page while mappings and releases are read. */
export function AttackSkeleton() {
  return (
    <SkeletonRegion label="Reading what ATT&CK says" className="space-y-6 px-4 py-3">
      <Skeleton className="h-5 w-24" />
      {[0, 1, 2].map((row) => (
        <div key={row} className="space-y-2">
          <Skeleton className="h-4 w-72" />
          <Skeleton className="w-96" />
        </div>
      ))}
    </SkeletonRegion>
  );
}

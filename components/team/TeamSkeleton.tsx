import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';

/** The page's shape while its numbers are read. */
export function TeamSkeleton() {
  return (
    <SkeletonRegion label="Measuring what the team did" className="space-y-6 px-4 py-4">
      {['times', 'precision', 'clocks', 'backlog'].map((part) => (
        <div key={part} className="space-y-2">
          <Skeleton className="h-5 w-32" />
          <Skeleton className="h-20 w-full" />
        </div>
      ))}
    </SkeletonRegion>
  );
}

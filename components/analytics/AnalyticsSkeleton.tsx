import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';

/** The list while it is read, in its final layout. */
export function AnalyticsSkeleton() {
  return (
    <SkeletonRegion label="Reading the analytics" className="space-y-5 px-4 py-4">
      {[72, 58, 80].map((width) => (
        <div key={width} className="space-y-2">
          <Skeleton className="h-4" style={{ width: `${width}%` }} />
          <Skeleton style={{ width: `${width - 30}%` }} />
        </div>
      ))}
    </SkeletonRegion>
  );
}

/** A detail while it is read: title, tabs, paragraphs. */
export function DetailSkeleton({ label }: { label: string }) {
  return (
    <SkeletonRegion label={label} className="space-y-4 px-5 py-4">
      <Skeleton className="h-5" style={{ width: '46%' }} />
      <Skeleton className="h-8" />
      {[88, 74, 81, 60, 70].map((width) => (
        <Skeleton key={width} style={{ width: `${width}%` }} />
      ))}
    </SkeletonRegion>
  );
}

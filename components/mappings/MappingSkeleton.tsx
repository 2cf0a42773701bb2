import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';

/** The mapping screen before the first records are known. */
export function MappingSkeleton() {
  return (
    <SkeletonRegion label="Reading the first records" className="flex h-full">
      <div className="w-[540px] shrink-0 space-y-5 border-r px-4 py-6 max-lg:w-full">
        {[60, 75, 50, 80, 65, 70].map((width) => (
          <Skeleton key={width} style={{ width: `${width}%` }} />
        ))}
      </div>
      <div className="flex-1 space-y-5 px-4 py-6 max-lg:hidden">
        {[90, 85, 95, 80].map((width) => (
          <Skeleton key={width} style={{ width: `${width}%` }} />
        ))}
      </div>
    </SkeletonRegion>
  );
}

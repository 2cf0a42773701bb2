import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';

/** The page while it is read, in its final layout: four numbers, the matrix, what is beside it. */
export function CoverageSkeleton() {
  return (
    <SkeletonRegion label="Reading the coverage" className="px-4 py-4">
      <div className="grid grid-cols-2 gap-7 lg:grid-cols-4">
        {['a', 'b', 'c', 'd'].map((number) => (
          <div key={number} className="space-y-2">
            <Skeleton className="h-8 w-24" />
            <Skeleton className="w-full" />
            <Skeleton className="w-2/3" />
          </div>
        ))}
      </div>
      <div className="mt-10 grid gap-11 xl:grid-cols-[minmax(0,1fr)_400px]">
        <div className="space-y-4">
          {[100, 98, 100, 97, 99, 100, 98, 100].map((width, row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: bars without meaning that never move
            <Skeleton key={row} className="h-5" style={{ width: `${width}%` }} />
          ))}
        </div>
        <div className="space-y-4">
          {[90, 80, 86, 70].map((width) => (
            <Skeleton key={width} className="h-8" style={{ width: `${width}%` }} />
          ))}
        </div>
      </div>
    </SkeletonRegion>
  );
}

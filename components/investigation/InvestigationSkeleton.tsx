import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';

/** The investigation's own layout before its data. */
export function InvestigationSkeleton() {
  return (
    <SkeletonRegion label="Reading the finding" className="flex h-full min-h-0 flex-col">
      <div className="space-y-3 border-b px-5 py-4">
        <Skeleton className="h-5 w-[62%]" />
        <Skeleton className="w-[44%]" />
        <Skeleton className="w-[70%]" />
      </div>
      <div className="flex h-16 items-center gap-10 border-b px-5">
        {[1, 2, 3, 4, 5].map((stage) => (
          <div key={stage} className="flex flex-1 items-center gap-3">
            <Skeleton className="size-5 rounded-full" />
            <Skeleton className="w-24" />
          </div>
        ))}
      </div>
      <div className="flex min-h-0 flex-1">
        <div className="flex min-w-0 flex-1 flex-col">
          <div className="flex flex-[55] items-center gap-14 overflow-hidden px-8">
            {[0, 40, -30, 20].map((shift) => (
              <Skeleton
                key={shift}
                className="h-11 w-54 shrink-0 rounded-md"
                style={{ transform: `translateY(${shift}px)` }}
              />
            ))}
          </div>
          <div className="flex-[45] space-y-4 border-t px-5 py-5">
            <Skeleton className="h-6 w-full" />
            {[1, 2, 3, 4].map((lane) => (
              <Skeleton key={lane} className="h-px w-full" />
            ))}
          </div>
        </div>
        <div className="w-[400px] shrink-0 space-y-3 border-l px-4 py-4 max-lg:hidden">
          {[50, 85, 70, 90, 60, 78].map((width) => (
            <Skeleton key={width} style={{ width: `${width}%` }} />
          ))}
        </div>
      </div>
    </SkeletonRegion>
  );
}

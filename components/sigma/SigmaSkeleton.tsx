import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';

/** Where rows will be while they are read; `label` says what is read. */
export function SigmaSkeleton({ label }: { label: string }) {
  return (
    <SkeletonRegion label={label} className="px-4 py-2">
      {[88, 74, 92, 66, 81, 70, 90, 78].map((width) => (
        <div key={width} className="flex h-10 items-center gap-4">
          <Skeleton className="w-14 shrink-0" />
          <div className="min-w-0 flex-1">
            <Skeleton style={{ width: `${width}%` }} />
          </div>
          <Skeleton className="w-20 shrink-0" />
        </div>
      ))}
    </SkeletonRegion>
  );
}

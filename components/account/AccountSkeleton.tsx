import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';

/** The account while it is being read, in its own layout. */
export function AccountSkeleton() {
  return (
    <SkeletonRegion label="Reading the account" className="px-5 py-4">
      <Skeleton className="mb-8 h-5 w-32" />
      {[60, 80, 50].map((width) => (
        <div key={width} className="mb-8 grid gap-10 md:grid-cols-[240px_minmax(0,560px)]">
          <Skeleton className="w-2/3" />
          <Skeleton style={{ width: `${width}%` }} />
        </div>
      ))}
    </SkeletonRegion>
  );
}

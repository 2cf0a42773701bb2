import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import { COLUMNS } from './ImportRow';

/** The list of imports before it is known. */
export function ImportsSkeleton() {
  return (
    <SkeletonRegion label="Reading the imports" className="flex-1">
      {[70, 55, 80, 62].map((width) => (
        <div key={width} className={`${COLUMNS} border-b py-3.5`}>
          <Skeleton style={{ width: `${width}%` }} />
          <Skeleton className="h-1.5" />
          <Skeleton style={{ width: `${width}%` }} />
          <Skeleton />
        </div>
      ))}
    </SkeletonRegion>
  );
}

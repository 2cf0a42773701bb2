import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';

/** Where the webhooks will be, while they are read. */
export function WebhooksSkeleton() {
  return (
    <SkeletonRegion label="Reading the webhooks" className="space-y-4 px-4 py-3">
      {[70, 55, 64].map((width) => (
        <Skeleton key={width} style={{ width: `${width}%` }} />
      ))}
    </SkeletonRegion>
  );
}

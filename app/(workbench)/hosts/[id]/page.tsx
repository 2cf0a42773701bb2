import type { Metadata } from 'next';
import { Suspense } from 'react';
import { HostScreen } from '@/components/hosts/HostScreen';
import { HostScreenSkeleton } from '@/components/hosts/HostsSkeleton';

type Props = { params: Promise<{ id: string }> };

export const metadata: Metadata = { title: 'Host' };

export default async function HostPage({ params }: Props) {
  const id = decodeURIComponent((await params).id);
  return (
    <Suspense fallback={<HostScreenSkeleton />}>
      <HostScreen key={id} id={id} />
    </Suspense>
  );
}

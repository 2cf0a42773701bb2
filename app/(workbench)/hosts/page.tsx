import type { Metadata } from 'next';
import { Suspense } from 'react';
import { HostsScreen } from '@/components/hosts/HostsScreen';
import { HostsSkeleton } from '@/components/hosts/HostsSkeleton';

export const metadata: Metadata = { title: 'Hosts' };

export default function HostsPage() {
  return (
    <Suspense fallback={<HostsSkeleton />}>
      <HostsScreen />
    </Suspense>
  );
}

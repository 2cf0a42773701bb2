import type { Metadata } from 'next';
import { Suspense } from 'react';
import { MappingSkeleton } from '@/components/mappings/MappingSkeleton';
import { MappingsScreen } from '@/components/mappings/MappingsScreen';

export const metadata: Metadata = { title: 'Mappings' };

export default function MappingsPage() {
  return (
    <Suspense fallback={<MappingSkeleton />}>
      <MappingsScreen />
    </Suspense>
  );
}

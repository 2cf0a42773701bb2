import type { Metadata } from 'next';
import { Suspense } from 'react';
import { ImportsScreen } from '@/components/imports/ImportsScreen';
import { ImportsSkeleton } from '@/components/imports/ImportsSkeleton';

export const metadata: Metadata = { title: 'Imports' };

export default function ImportsPage() {
  return (
    <Suspense fallback={<ImportsSkeleton />}>
      <ImportsScreen />
    </Suspense>
  );
}

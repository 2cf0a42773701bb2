import type { Metadata } from 'next';
import { Suspense } from 'react';
import { CoverageScreen } from '@/components/coverage/CoverageScreen';
import { CoverageSkeleton } from '@/components/coverage/CoverageSkeleton';

export const metadata: Metadata = { title: 'Coverage' };

export default function CoveragePage() {
  return (
    <Suspense fallback={<CoverageSkeleton />}>
      <CoverageScreen />
    </Suspense>
  );
}

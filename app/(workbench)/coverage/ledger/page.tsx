import type { Metadata } from 'next';
import { Suspense } from 'react';
import { CoverageSkeleton } from '@/components/coverage/CoverageSkeleton';
import { LedgerScreen } from '@/components/coverage/LedgerScreen';

export const metadata: Metadata = { title: 'Visibility ledger' };

export default function LedgerPage() {
  return (
    <Suspense fallback={<CoverageSkeleton />}>
      <LedgerScreen />
    </Suspense>
  );
}

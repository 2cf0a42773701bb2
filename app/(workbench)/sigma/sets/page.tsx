import type { Metadata } from 'next';
import { Suspense } from 'react';
import { SetsScreen } from '@/components/sigma/SetsScreen';
import { SigmaSkeleton } from '@/components/sigma/SigmaSkeleton';

export const metadata: Metadata = { title: 'Sigma sets' };

export default function SigmaSetsPage() {
  return (
    <Suspense fallback={<SigmaSkeleton label="Reading the sets" />}>
      <SetsScreen />
    </Suspense>
  );
}

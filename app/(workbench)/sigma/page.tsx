import type { Metadata } from 'next';
import { Suspense } from 'react';
import { HitsScreen } from '@/components/sigma/HitsScreen';
import { SigmaSkeleton } from '@/components/sigma/SigmaSkeleton';

export const metadata: Metadata = { title: 'Sigma hits' };

export default function SigmaPage() {
  return (
    <Suspense fallback={<SigmaSkeleton label="Reading the hits" />}>
      <HitsScreen />
    </Suspense>
  );
}

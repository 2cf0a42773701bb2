import type { Metadata } from 'next';
import { Suspense } from 'react';
import { SigmaBaselinesScreen } from '@/components/sigma/SigmaBaselinesScreen';
import { SigmaSkeleton } from '@/components/sigma/SigmaSkeleton';

export const metadata: Metadata = { title: 'Sigma baselines' };

export default function SigmaBaselinesPage() {
  return (
    <Suspense fallback={<SigmaSkeleton label="Reading the baselines" />}>
      <SigmaBaselinesScreen />
    </Suspense>
  );
}

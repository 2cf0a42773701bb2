import type { Metadata } from 'next';
import { Suspense } from 'react';
import { TriageScreen } from '@/components/triage/TriageScreen';
import { TriageSkeleton } from '@/components/triage/TriageSkeleton';

export const metadata: Metadata = { title: 'Triage' };

export default function TriagePage() {
  return (
    <Suspense fallback={<TriageSkeleton />}>
      <TriageScreen />
    </Suspense>
  );
}

import type { Metadata } from 'next';
import { Suspense } from 'react';
import { DetailSkeleton } from '@/components/analytics/AnalyticsSkeleton';
import { BaselinesScreen } from '@/components/analytics/BaselinesScreen';

export const metadata: Metadata = { title: 'Baselines' };

export default function BaselinesPage() {
  return (
    <Suspense fallback={<DetailSkeleton label="Reading the baselines" />}>
      <BaselinesScreen />
    </Suspense>
  );
}

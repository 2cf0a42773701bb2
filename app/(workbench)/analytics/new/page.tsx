import type { Metadata } from 'next';
import { Suspense } from 'react';
import { DetailSkeleton } from '@/components/analytics/AnalyticsSkeleton';
import { NewAnalyticScreen } from '@/components/analytics/NewAnalyticScreen';

export const metadata: Metadata = { title: 'New analytic' };

export default function NewAnalyticPage() {
  return (
    <Suspense fallback={<DetailSkeleton label="Reading the definition" />}>
      <NewAnalyticScreen />
    </Suspense>
  );
}

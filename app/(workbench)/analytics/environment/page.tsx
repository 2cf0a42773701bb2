import type { Metadata } from 'next';
import { Suspense } from 'react';
import { DetailSkeleton } from '@/components/analytics/AnalyticsSkeleton';
import { EnvironmentScreen } from '@/components/analytics/EnvironmentScreen';

export const metadata: Metadata = { title: 'Environment' };

export default function EnvironmentPage() {
  return (
    <Suspense fallback={<DetailSkeleton label="Reading the settings" />}>
      <EnvironmentScreen />
    </Suspense>
  );
}

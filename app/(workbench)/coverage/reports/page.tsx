import type { Metadata } from 'next';
import { Suspense } from 'react';
import { ReportsScreen } from '@/components/reports/ReportsScreen';
import { ReportsSkeleton } from '@/components/reports/ReportsSkeleton';

export const metadata: Metadata = { title: 'Reports' };

export default function ReportsPage() {
  return (
    <Suspense fallback={<ReportsSkeleton />}>
      <ReportsScreen />
    </Suspense>
  );
}

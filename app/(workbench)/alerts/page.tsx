import type { Metadata } from 'next';
import { Suspense } from 'react';
import { AlertsScreen } from '@/components/alerts/AlertsScreen';
import { AlertsSkeleton } from '@/components/alerts/AlertsSkeleton';

export const metadata: Metadata = { title: 'Alerts' };

export default function AlertsPage() {
  return (
    <Suspense fallback={<AlertsSkeleton />}>
      <AlertsScreen />
    </Suspense>
  );
}

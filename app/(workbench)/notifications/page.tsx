import type { Metadata } from 'next';
import { Suspense } from 'react';
import { NotificationsScreen } from '@/components/notifications/NotificationsScreen';
import { NotificationsSkeleton } from '@/components/notifications/NotificationsSkeleton';

export const metadata: Metadata = { title: 'Notifications' };

export default function NotificationsPage() {
  return (
    <Suspense fallback={<NotificationsSkeleton />}>
      <NotificationsScreen />
    </Suspense>
  );
}

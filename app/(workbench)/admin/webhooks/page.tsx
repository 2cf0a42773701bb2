import type { Metadata } from 'next';
import { Suspense } from 'react';
import { WebhooksScreen } from '@/components/notifications/WebhooksScreen';
import { WebhooksSkeleton } from '@/components/notifications/WebhooksSkeleton';

export const metadata: Metadata = { title: 'Webhooks' };

export default function WebhooksPage() {
  return (
    <Suspense fallback={<WebhooksSkeleton />}>
      <WebhooksScreen />
    </Suspense>
  );
}

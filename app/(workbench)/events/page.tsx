import type { Metadata } from 'next';
import { Suspense } from 'react';
import { EventsScreen } from '@/components/events/EventsScreen';
import { EventsSkeleton } from '@/components/events/EventsSkeleton';

export const metadata: Metadata = { title: 'Events' };

export default function EventsPage() {
  return (
    <Suspense fallback={<EventsSkeleton />}>
      <EventsScreen />
    </Suspense>
  );
}

'use client';

import { EventPanel } from '@/components/shared/event/EventPanel';
import type { OpenSearch } from '@/components/shared/event/PivotMenu';
import { Button } from '@/components/ui/Button';

/** The event that is open beside the list. */
export function EventAside(props: { eventId: string; search: OpenSearch; onClose: () => void }) {
  return (
    <aside
      aria-label="Event"
      className="flex w-[420px] shrink-0 flex-col border-l bg-surface-1 max-xl:fixed max-xl:inset-y-(--bar-height) max-xl:right-0 max-xl:bottom-0 max-xl:z-30 max-xl:w-[min(420px,100vw)] max-xl:shadow-popover"
    >
      <div className="flex items-center border-b px-4 py-2">
        <h2 className="flex-1 text-15">Event</h2>
        <Button size="sm" variant="quiet" onClick={props.onClose}>
          Close
        </Button>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <EventPanel eventId={props.eventId} search={props.search} />
      </div>
    </aside>
  );
}

'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { EventTable } from '@/components/shared/query/EventTable';
import { DEFAULT_COLUMNS } from '@/components/shared/query/eventColumns';
import { eventPagesQuery } from '@/components/shared/query/eventQueries';
import { eventsHref, lineageHref } from '@/components/shared/query/eventSearch';
import { useEventKeys } from '@/components/shared/query/useEventKeys';
import { buttonClass } from '@/components/ui/Button';
import { EmptyState } from '@/components/ui/EmptyState';
import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import type { EventView } from '@/lib/contracts/events';
import type { HostView } from '@/lib/contracts/hosts';
import { fieldIs } from '@/lib/query/quote';

const COLUMNS = DEFAULT_COLUMNS.filter((column) => column !== 'host.name');

/** The host's events, the newest first; to search them is the Events screen's. */
export function HostEvents({ host }: { host: HostView }) {
  const q = fieldIs('host.name', host.name);
  const pages = useInfiniteQuery(eventPagesQuery({ q, from: null, to: null }, 'newest'));
  const [active, setActive] = useState<string | null>(null);
  const router = useRouter();
  const grid = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const rows = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const activeId = active ?? rows[0]?.id ?? null;
  const lineage = (event: EventView) => router.push(lineageHref(event.hostId, { eventId: event.id }));
  const open = (event: EventView) => router.push(eventsHref({ q, event: event.id }));
  useEventKeys({
    rows,
    activeId,
    grid,
    scroller,
    onSelect: setActive,
    onLineage: lineage,
    onPanel: open,
    more: [],
  });
  if (pages.error && !pages.data)
    return (
      <div className="p-4">
        <ProblemNote
          error={pages.error}
          what="The events could not be read"
          safe="They are stored with their imports; nothing is lost."
          onRetry={() => void pages.refetch()}
        />
      </div>
    );
  if (!pages.data)
    return (
      <SkeletonRegion label="Reading the events" className="space-y-4 px-4 py-4">
        {[92, 78, 85, 70, 88].map((width) => (
          <Skeleton key={width} style={{ width: `${width}%` }} />
        ))}
      </SkeletonRegion>
    );
  if (rows.length === 0)
    return (
      <EmptyState title="No events of this host">
        <p>The imports that brought them were removed.</p>
      </EmptyState>
    );
  return (
    <div className="flex h-full min-h-96 flex-col">
      <p className="num flex items-center gap-3 border-b px-4 py-1.5 text-text-2">
        <span className="flex-1">
          The newest {rows.length.toLocaleString('en')} of {host.events.toLocaleString('en')}. Enter opens the
          lineage at an event, o the event itself.
        </span>
        <Link className={buttonClass({ size: 'sm' })} href={eventsHref({ q })}>
          Search them
        </Link>
      </p>
      <EventTable
        rows={rows}
        columns={COLUMNS}
        total={host.events}
        activeId={activeId}
        onSelect={setActive}
        onOpen={lineage}
        onNearEnd={() => {
          if (pages.hasNextPage && !pages.isFetchingNextPage) void pages.fetchNextPage();
        }}
        grid={grid}
        scroller={scroller}
        order="newest"
      />
    </div>
  );
}

'use client';

import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useRef, useState } from 'react';
import { focusComment } from '@/components/shared/event/commentFocus';
import { eventQueryOptions } from '@/components/shared/event/eventQuery';
import { useFlagEvent } from '@/components/shared/event/useAnnotations';
import { useMay } from '@/components/shared/me';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { EventTable } from '@/components/shared/query/EventTable';
import { eventPagesQuery, eventSummaryQuery } from '@/components/shared/query/eventQueries';
import { lineageHref } from '@/components/shared/query/eventSearch';
import { useEventKeys } from '@/components/shared/query/useEventKeys';
import { useToast } from '@/components/ui/Toast';
import type { EventView } from '@/lib/contracts/events';
import { parseQuery } from '@/lib/query/parse';
import { EventAside } from './EventAside';
import { EventHistogram } from './EventHistogram';
import { EventsHeader } from './EventsHeader';
import { RowsSkeleton } from './EventsSkeleton';
import { FacetRail } from './FacetRail';
import { NoEvents } from './NoEvents';
import { useEventsView } from './useEventsView';

/** Search over all events: query, time, facets, rows, and each row's lineage one key away. */
export function EventsScreen() {
  const view = useEventsView();
  const { search, columns, facets } = view;
  const [active, setActive] = useState<string | null>(search.event);
  const client = useQueryClient();
  const router = useRouter();
  const toast = useToast();
  const flag = useFlagEvent();
  const mayAnnotate = useMay('events.annotate');
  const grid = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const focuser = useRef<() => void>(() => {});

  const sound = parseQuery(search.q).ok;
  const pages = useInfiniteQuery({ ...eventPagesQuery(search, search.order), enabled: sound });
  const summary = useQuery({
    ...eventSummaryQuery(search, facets),
    enabled: sound,
    placeholderData: keepPreviousData,
  });
  const uncounted = !sound
    ? 'Nothing was counted: the query has a mistake.'
    : summary.isLoadingError
      ? 'The values could not be counted.'
      : null;
  const rows = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const activeId = rows.some((row) => row.id === active) ? active : (rows[0]?.id ?? null);

  const select = (eventId: string) => {
    setActive(eventId);
    if (search.event !== null) view.setEvent(eventId);
  };
  const show = (eventId: string) => {
    setActive(eventId);
    view.setEvent(eventId);
  };
  const lineage = (event: EventView) => router.push(lineageHref(event.hostId, { eventId: event.id }));
  const toggleFlag = async () => {
    if (activeId === null) return;
    try {
      const { annotations } = await client.ensureQueryData(eventQueryOptions(activeId));
      const flagged = annotations.flag === null;
      await flag.mutateAsync({ eventId: activeId, flagged });
      if (search.event === null)
        toast.show({ text: flagged ? 'Flagged.' : 'Flag taken away.', duration: 3000 });
    } catch {
      toast.show({ text: 'The flag was not stored. It is as it was before.', tone: 'danger' });
    }
  };
  const comment = () => {
    if (activeId === null) return;
    show(activeId);
    focusComment(activeId);
  };
  useEventKeys({
    rows,
    activeId,
    grid,
    scroller,
    onSelect: select,
    onLineage: lineage,
    onPanel: (event) => (search.event === event.id ? view.setEvent(null) : show(event.id)),
    more: [
      { keys: '/', label: 'Search', run: () => focuser.current() },
      ...(mayAnnotate
        ? [
            { keys: 'm', label: 'Flag the event, or take the flag away', run: () => void toggleFlag() },
            { keys: 'c', label: 'Comment on the event', run: comment },
          ]
        : []),
      { keys: 'Escape', label: 'Close the event', run: () => view.setEvent(null) },
    ],
  });

  return (
    <div className="flex h-full min-h-0">
      <section aria-label="Search" className="flex min-w-0 flex-1 flex-col">
        <EventsHeader
          view={view}
          summary={summary.data}
          stale={summary.isPlaceholderData || !sound}
          uncounted={uncounted}
          focuser={focuser}
          onLeave={() => grid.current?.focus()}
        />
        {sound && summary.data !== undefined ? (
          <EventHistogram
            summary={summary.data}
            from={search.from}
            to={search.to}
            stale={summary.isPlaceholderData}
            onRange={view.setRange}
          />
        ) : null}
        {summary.error && sound && !pages.error ? (
          <div className="px-4 pt-2">
            <ProblemNote
              compact
              error={summary.error}
              what="The events could not be counted"
              safe="The list below is not affected."
              onRetry={() => void summary.refetch()}
            />
          </div>
        ) : null}
        <div className="mt-1.5 flex min-h-0 flex-1 border-t">
          <FacetRail
            facets={facets}
            summary={summary.data}
            stale={summary.isPlaceholderData}
            uncounted={uncounted}
            onTerm={view.addTerm}
            onChange={view.setFacets}
          />
          <div className="flex min-w-0 flex-1 flex-col">
            {!sound ? (
              <p className="px-4 py-6 text-text-2">
                Nothing was searched: the query has a mistake, marked and told above.
              </p>
            ) : pages.error && !pages.data ? (
              <div className="p-4">
                <ProblemNote
                  error={pages.error}
                  what="The search failed"
                  safe="Events are stored with their imports; nothing is lost."
                  onRetry={() => void pages.refetch()}
                />
              </div>
            ) : !pages.data ? (
              <RowsSkeleton />
            ) : rows.length === 0 ? (
              <div className="min-h-0 flex-1 overflow-auto">
                <NoEvents
                  scope={search}
                  onClear={view.clear}
                  onAllTime={() => view.setRange({ from: null, to: null })}
                />
              </div>
            ) : (
              <EventTable
                rows={rows}
                columns={columns}
                total={summary.isPlaceholderData ? null : (summary.data?.total ?? null)}
                activeId={activeId}
                onSelect={show}
                onOpen={lineage}
                onNearEnd={() => {
                  if (pages.hasNextPage && !pages.isFetchingNextPage) void pages.fetchNextPage();
                }}
                grid={grid}
                scroller={scroller}
                order={search.order}
              />
            )}
            {rows.length > 0 ? (
              <p role="status" className="num border-t px-4 py-1 text-12 text-text-3">
                {rows.length.toLocaleString('en')} loaded
                {summary.data && !summary.isPlaceholderData
                  ? ` of ${summary.data.total.toLocaleString('en')}`
                  : ''}
                {pages.isFetchingNextPage ? ', reading more…' : ''}
                {pages.error ? '; the next ones could not be read' : ''}
              </p>
            ) : null}
          </div>
        </div>
      </section>
      {search.event === null ? null : (
        <EventAside
          eventId={search.event}
          search={{ query: search.q, onQuery: view.setQuery }}
          onClose={() => {
            view.setEvent(null);
            grid.current?.focus();
          }}
        />
      )}
    </div>
  );
}

'use client';

import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { parseAsString, parseAsStringLiteral, throttle, useQueryState, useQueryStates } from 'nuqs';
import { useRef } from 'react';
import { alertPagesQuery } from '@/components/shared/alertQueries';
import { EventPanel } from '@/components/shared/event/EventPanel';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { useShortcuts } from '@/components/shared/shortcuts/useShortcuts';
import { Button, buttonClass } from '@/components/ui/Button';
import { EmptyState } from '@/components/ui/EmptyState';
import { Toggle } from '@/components/ui/Toggle';

import { AlertRow, HEADINGS } from './AlertRow';
import { AlertsSkeleton } from './AlertsSkeleton';

/** Vendor alerts beside the chains: which are part of a story that a finding tells, and which nobody explains. */
export function AlertsScreen() {
  const [filters, setFilters] = useQueryStates(
    {
      show: parseAsStringLiteral(['unexplained', 'all'] as const).withDefault('unexplained'),
      host: parseAsString,
      q: parseAsString,
    },
    { limitUrlUpdates: throttle(200) },
  );
  const [selected, setSelected] = useQueryState('alert', parseAsString);
  const search = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLElement>(null);
  const pages = useInfiniteQuery({
    ...alertPagesQuery({
      ...(filters.show === 'unexplained' ? { explained: 'false' as const } : {}),
      ...(filters.host ? { host: filters.host } : {}),
      ...(filters.q ? { q: filters.q } : {}),
    }),
    placeholderData: keepPreviousData,
  });
  const alerts = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const counts = pages.data?.pages[0]?.counts;
  const at = alerts.findIndex((alert) => alert.eventId === selected);
  const moveTo = (index: number) => {
    const next = alerts[Math.min(alerts.length - 1, Math.max(0, index))];
    if (next) void setSelected(next.eventId);
  };
  useShortcuts({
    title: 'Alerts',
    home: () => list.current,
    shortcuts: [
      { keys: 'j', label: 'Next alert', run: () => moveTo(at + 1) },
      { keys: 'k', label: 'Previous alert', run: () => moveTo(at - 1) },
      { keys: '/', label: 'Search', run: () => search.current?.select() },
      { keys: 'Escape', label: 'Close the alert', run: () => void setSelected(null) },
    ],
  });

  return (
    <div className="flex h-full min-h-0">
      <section
        ref={list}
        tabIndex={-1}
        aria-label="Alerts"
        className="flex min-w-0 flex-1 flex-col outline-none"
      >
        <div className="border-b px-4 pb-2 pt-1.5">
          <h1 className="num flex min-h-7 items-center text-13 tracking-normal">{sentence(counts)}</h1>
          <search className="flex flex-wrap items-center gap-2 pt-1">
            <input
              ref={search}
              type="search"
              aria-label="Search alerts"
              aria-keyshortcuts="/"
              placeholder="Search rule, image, user, alert id   /"
              spellCheck={false}
              value={filters.q ?? ''}
              onChange={(event) => void setFilters({ q: event.target.value || null })}
              className="h-6 min-w-40 flex-1 rounded-md border border-line-strong bg-surface-0 px-2 text-12 placeholder:text-text-3"
            />
            <Toggle
              pressed={filters.show === 'unexplained'}
              onChange={(pressed) => void setFilters({ show: pressed ? 'unexplained' : 'all' })}
            >
              No chain explains it
            </Toggle>
            {filters.host ? (
              <Button size="sm" variant="quiet" onClick={() => void setFilters({ host: null })}>
                All hosts
              </Button>
            ) : null}
          </search>
        </div>
        {pages.error && !pages.data ? (
          <div className="p-4">
            <ProblemNote
              error={pages.error}
              what="The alerts could not be read"
              safe="They are stored with their imports; nothing is lost."
              onRetry={() => void pages.refetch()}
            />
          </div>
        ) : !pages.data ? (
          <AlertsSkeleton />
        ) : alerts.length === 0 ? (
          <NoAlerts
            any={(counts?.total ?? 0) > 0}
            onAll={() => void setFilters({ show: 'all', q: null, host: null })}
          />
        ) : (
          <div className="min-h-0 flex-1 overflow-auto">
            <table className="w-full border-collapse text-left">
              <caption className="sr-only">Vendor alerts, newest first</caption>
              <thead className="sticky top-0 z-10 bg-surface-0">
                <tr>
                  {HEADINGS.map((heading) => (
                    <th key={heading} scope="col" className="label border-b px-2 py-1.5 first:pl-4 last:pr-4">
                      {heading}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {alerts.map((alert) => (
                  <AlertRow
                    key={`${alert.hostId}/${alert.id}`}
                    alert={alert}
                    active={alert.eventId === selected}
                    onSelect={() => void setSelected(alert.eventId)}
                  />
                ))}
              </tbody>
            </table>
            {pages.hasNextPage ? (
              <div className="px-4 py-3">
                <Button
                  size="sm"
                  disabled={pages.isFetchingNextPage}
                  onClick={() => void pages.fetchNextPage()}
                >
                  {pages.isFetchingNextPage ? 'Reading…' : 'Show more'}
                </Button>
              </div>
            ) : null}
          </div>
        )}
      </section>
      {selected === null ? null : <AlertDetail eventId={selected} onClose={() => void setSelected(null)} />}
    </div>
  );
}

function AlertDetail({ eventId, onClose }: { eventId: string; onClose: () => void }) {
  return (
    <aside
      aria-label="Alert"
      className="flex w-[420px] shrink-0 flex-col border-l bg-surface-1 max-xl:fixed max-xl:inset-y-(--bar-height) max-xl:right-0 max-xl:bottom-0 max-xl:z-30 max-xl:w-[min(420px,100vw)] max-xl:shadow-popover"
    >
      <div className="flex items-center border-b px-4 py-2">
        <h2 className="flex-1 text-15">Alert as recorded</h2>
        <Button size="sm" variant="quiet" onClick={onClose}>
          Close
        </Button>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <EventPanel eventId={eventId} />
      </div>
    </aside>
  );
}

function NoAlerts({ any, onAll }: { any: boolean; onAll: () => void }) {
  return any ? (
    <EmptyState title="No such alert" actions={<Button onClick={onAll}>Show all alerts</Button>}>
      <p>
        Every vendor alert that matches is part of a chain that a finding tells, or none matches the search.
      </p>
    </EmptyState>
  ) : (
    <EmptyState
      title="No vendor alerts"
      actions={
        <Link href="/imports" className={buttonClass({ variant: 'primary' })}>
          Import an export
        </Link>
      }
    >
      <p>
        Alerts of Defender, Falcon, SentinelOne, Carbon Black, Elastic and others appear here, each tied to
        its process and to the finding whose chain explains it.
      </p>
    </EmptyState>
  );
}

function sentence(counts: { total: number; unexplained: number } | undefined): string {
  if (counts === undefined) return 'Vendor alerts';
  const total = counts.total.toLocaleString('en');
  if (counts.total === 0) return 'No vendor alerts';
  return `${total} vendor ${counts.total === 1 ? 'alert' : 'alerts'}, ${counts.unexplained.toLocaleString('en')} that no chain explains`;
}

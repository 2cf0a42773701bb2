'use client';

import { type RefObject, useState } from 'react';
import { TimeText } from '@/components/shared/TimeText';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { Segmented } from '@/components/ui/Toggle';
import type { EventSummary } from '@/lib/contracts/events';
import { ColumnsDialog } from './ColumnsDialog';
import { ExportMenu } from './ExportMenu';
import { FacetList } from './FacetRail';
import { QueryBar } from './QueryBar';
import { SavedSearches } from './SavedSearches';
import { TimeRange } from './TimeRange';
import type { EventsView } from './useEventsView';

type EventsHeaderProps = {
  view: EventsView;
  summary: EventSummary | undefined;
  /** The numbers are of the search before. */
  stale: boolean;
  /** Why there are no values of facets; null while there are, or will be. */
  uncounted: string | null;
  focuser: RefObject<() => void>;
  onLeave: () => void;
};

/** What is searched, in words and fields, and what can be done with all of it. */
export function EventsHeader({ view, summary, stale, uncounted, focuser, onLeave }: EventsHeaderProps) {
  const { search, columns, facets } = view;
  const [dialog, setDialog] = useState<'columns' | 'facets' | null>(null);
  return (
    <div className="border-b px-4 pb-2 pt-1.5">
      <h1 className="num flex min-h-7 items-center text-13 tracking-normal">
        <Sentence view={view} summary={stale ? undefined : summary} />
      </h1>
      <QueryBar query={search.q} onRun={view.setQuery} onLeave={onLeave} focuser={focuser} />
      <div className="flex flex-wrap items-start gap-2 pt-2">
        <TimeRange from={search.from} to={search.to} onChange={view.setRange} summary={summary} />
        <span className="flex-1" />
        <Segmented
          label="Order of time"
          value={search.order}
          onChange={view.setOrder}
          options={[
            { value: 'newest', label: 'Newest first' },
            { value: 'oldest', label: 'Oldest first' },
          ]}
        />
        <Button size="sm" className="lg:hidden" onClick={() => setDialog('facets')}>
          Facets
        </Button>
        <Button size="sm" onClick={() => setDialog('columns')}>
          Columns
        </Button>
        <SavedSearches search={{ query: search.q, columns, order: search.order }} onOpen={view.openSaved} />
        <ExportMenu
          scope={search}
          order={search.order}
          columns={columns}
          total={stale ? undefined : summary?.total}
        />
      </div>
      <ColumnsDialog
        open={dialog === 'columns'}
        onOpenChange={(open) => setDialog(open ? 'columns' : null)}
        columns={columns}
        onChange={view.setColumns}
      />
      <Dialog
        open={dialog === 'facets'}
        onOpenChange={(open) => setDialog(open ? 'facets' : null)}
        title="Facets"
        width="sm"
      >
        <FacetList
          facets={facets}
          summary={summary}
          stale={stale}
          uncounted={uncounted}
          onTerm={view.addTerm}
          onChange={view.setFacets}
        />
      </Dialog>
    </div>
  );
}

function Sentence({ view, summary }: { view: EventsView; summary: EventSummary | undefined }) {
  const { q, from, to } = view.search;
  if (summary === undefined) return 'Events';
  const all = q.trim() === '' && from === null && to === null;
  const count = summary.total.toLocaleString('en');
  if (summary.total === 0) return all ? 'No events' : 'No event matches';
  return (
    <span>
      {count} {summary.total === 1 ? 'event' : 'events'}
      {all ? '' : summary.total === 1 ? ' matches' : ' match'}
      {summary.from !== null && summary.to !== null ? (
        <span className="font-normal text-text-3">
          , from <TimeText at={summary.from} date precision="s" /> to{' '}
          <TimeText at={summary.to} date precision="s" zone />
        </span>
      ) : null}
    </span>
  );
}

'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { type MouseEvent, useCallback, useEffect, useRef, useState } from 'react';
import {
  type FindingFilters,
  findingHref,
  NO_FILTERS,
  toFindingQuery,
} from '@/components/shared/findingFilters';
import {
  findingDetailQuery,
  findingHistoryQuery,
  findingLineageQuery,
} from '@/components/shared/findingQueries';
import { useMe } from '@/components/shared/me';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { extended, NO_PICKS, settled, toggled } from '@/components/shared/selection/picks';
import { drawnLater } from '@/components/ui/onDemand';
import { BulkBar } from './BulkBar';
import { Preview } from './Preview';
import { Queue, rowsInSight, scrollRowIntoView } from './Queue';
import { rowAfter } from './queue';
import { shownColumns } from './queueColumns';
import { TriageFrame, type TriageState } from './TriageFrame';
import { QueueSkeleton } from './TriageSkeleton';
import { useDecisions } from './useDecisions';
import { useQueue } from './useQueue';
import { useTriageKeys } from './useTriageKeys';

/** Only a list without rows draws it. */
const EmptyQueue = drawnLater(async () => (await import('./EmptyQueue')).EmptyQueue, QueueSkeleton);

/** The queue by finding: rows, selection of one or several, preview, and what is decided on them. */
export function FindingQueue({ state }: { state: TriageState }) {
  const { filters, layout, selected, onSelected } = state;
  const me = useMe().handle;
  const router = useRouter();
  const client = useQueryClient();
  const grid = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const [picks, setPicks] = useState(NO_PICKS);

  const undecidedOnly = filters.view !== 'closed' && filters.view !== 'suppressed' && !filters.verdict;
  const queue = useQueue(toFindingQuery(filters, me), undecidedOnly);
  const { pages, rows, places, now, total } = queue;

  // A row that left gives its place to the one that comes after it.
  const lastPlace = useRef(0);
  const at = Math.max(
    0,
    (selected === null ? 0 : places.get(selected)) ?? Math.min(lastPlace.current, rows.length - 1),
  );
  const active = rows[at];
  useEffect(() => {
    lastPlace.current = at;
  }, [at]);
  const chosen = picks.ids.size > 0 ? rows.filter((row) => picks.ids.has(row.id)) : active ? [active] : [];

  // What comes next is there when its turn comes.
  const aheadId = rows[at + 1]?.id;
  useEffect(() => {
    if (aheadId === undefined) return;
    void client.prefetchQuery(findingDetailQuery(aheadId));
    void client.prefetchQuery(findingLineageQuery(aheadId));
    void client.prefetchQuery(findingHistoryQuery(aheadId));
  }, [client, aheadId]);

  const hrefOf = (id: string) => findingHref(id, filters, me);
  const open = (id: string) => router.push(hrefOf(id));
  const place = (to: number) => Math.min(rows.length - 1, Math.max(0, to));
  const goTo = (to: number) => {
    const next = rows[place(to)];
    if (!next) return;
    onSelected(next.id);
    scrollRowIntoView(scroller.current, place(to));
  };
  const rangeTo = (to: number) => {
    const next = rows[place(to)];
    if (active && next) setPicks((before) => extended(before, rows, active.id, next.id));
    goTo(to);
  };
  const change = (next: Partial<FindingFilters>) => {
    setPicks(NO_PICKS);
    state.onChange(next);
  };
  const showFresh = () => queue.showFresh(active?.id ?? null);

  const decisions = useDecisions({
    grid,
    inPreview: true,
    onSaved: (ids) => {
      setPicks(NO_PICKS);
      // One that stays in the list is passed over all the same.
      const next = rowAfter(rows, ids);
      if (next === null) return onSelected(null);
      onSelected(next);
      scrollRowIntoView(scroller.current, places.get(next) ?? 0);
    },
    onSelect: (ids) => setPicks({ ids: new Set(ids), range: null }),
  });
  const { may, addToCase, neverAgain } = decisions;
  const caseOf = may && addToCase ? (ids: readonly string[]) => () => addToCase(ids) : null;

  useTriageKeys({
    grid,
    at,
    last: rows.length - 1,
    room: () => rowsInSight(scroller.current),
    onMove: (to) => {
      setPicks(settled);
      goTo(to);
    },
    onOpen: () => active && open(active.id),
    several: may
      ? {
          onPick: () => active && setPicks((before) => toggled(before, active.id)),
          onRange: rangeTo,
          onClear: () => setPicks(NO_PICKS),
        }
      : null,
    onFresh: showFresh,
    onSearch: () => search.current?.select(),
    fold: null,
    decide: may
      ? {
          onVerdict: (value) => decisions.judgeThese(chosen, value),
          onUndo: decisions.undo,
          onTake: () => decisions.take(chosen),
          onGive: () => decisions.askWhom(chosen),
          onCase: caseOf?.(chosen.map(({ id }) => id)) ?? null,
          onBaseline: neverAgain && (() => neverAgain(chosen.map(({ id }) => id))),
        }
      : null,
  });

  // Rows are drawn anew only for what they show, so what a press does is looked up when it happens.
  const latest = useRef({ rows, active, open, onSelected, may });
  useEffect(() => {
    latest.current = { rows, active, open, onSelected, may };
  });
  const onSelect = useCallback((id: string, event: MouseEvent) => {
    const { rows, active, onSelected, may } = latest.current;
    if (may && event.shiftKey && active) setPicks((before) => extended(before, rows, active.id, id));
    else if (may && (event.ctrlKey || event.metaKey)) setPicks((before) => toggled(before, id));
    else setPicks(settled);
    onSelected(id);
  }, []);
  const onPick = useCallback((id: string) => setPicks((before) => toggled(before, id)), []);
  const onOpen = useCallback((id: string) => latest.current.open(id), []);

  const anyFindings = now ? now.counts.open + now.counts.closed + now.counts.suppressed > 0 : false;
  return (
    <TriageFrame
      state={{ ...state, onChange: change }}
      list={now}
      total={pages.data ? total : undefined}
      fresh={queue.fresh}
      onShowFresh={showFresh}
      search={search}
      pulse={queue.pulse}
      preview={
        active ? (
          <Preview
            key={active.id}
            id={active.id}
            finding={active}
            href={hrefOf(active.id)}
            me={me}
            acts={{
              onVerdict: (value) => decisions.judgeThese([active], value),
              onTake: () => decisions.take([active]),
              onGive: () => decisions.askWhom([active]),
              onCase: caseOf?.([active.id]) ?? null,
              onBaseline: neverAgain && (() => neverAgain([active.id])),
            }}
            form={decisions.formOf(active)}
          />
        ) : null
      }
    >
      {pages.error && !pages.data ? (
        <ProblemNote
          error={pages.error}
          what="The queue could not be read"
          safe="Findings and verdicts are stored on the server; nothing is lost."
          onRetry={() => void pages.refetch()}
        />
      ) : !pages.data ? (
        <QueueSkeleton />
      ) : rows.length === 0 && !pages.hasNextPage ? (
        <div className="min-h-0 flex-1 overflow-auto">
          <EmptyQueue
            filters={filters}
            anyFindings={anyFindings}
            onClear={() => change(NO_FILTERS)}
            onOpenView={() => change({ view: 'open' })}
          />
        </div>
      ) : (
        <Queue
          rows={rows}
          total={total}
          columns={shownColumns(layout.columns)}
          sort={filters.sort}
          onSort={(sort) => change({ sort })}
          activeId={active?.id ?? null}
          picked={may ? picks.ids : null}
          hrefOf={hrefOf}
          onSelect={onSelect}
          onPick={onPick}
          onOpen={onOpen}
          onNearEnd={queue.readOn}
          grid={grid}
          scroller={scroller}
        />
      )}
      {pages.hasNextPage ? (
        <ReadSoFar
          loaded={rows.length}
          total={total}
          failed={pages.isFetchNextPageError}
          onMore={() => void pages.fetchNextPage({ cancelRefetch: false })}
        />
      ) : null}
      {picks.ids.size > 0 ? (
        <BulkBar
          count={chosen.length}
          onVerdict={(value) => decisions.judgeThese(chosen, value)}
          onTake={() => decisions.take(chosen)}
          onGive={() => decisions.askWhom(chosen)}
          onCase={caseOf?.(chosen.map(({ id }) => id)) ?? null}
          onClear={() => setPicks(NO_PICKS)}
        />
      ) : null}
      {decisions.dialogs}
    </TriageFrame>
  );
}

/** How much of a long queue is here; the rest comes as one scrolls, and by a press where it failed. */
function ReadSoFar(props: { loaded: number; total: number; failed: boolean; onMore: () => void }) {
  return (
    <p className="num flex min-h-7 items-center gap-3 border-t px-4 text-12 text-text-3">
      {props.loaded.toLocaleString('en')} of {props.total.toLocaleString('en')} read
      {props.failed ? (
        <button type="button" className="link min-h-6" onClick={props.onMore}>
          The next could not be read; try again
        </button>
      ) : null}
    </p>
  );
}

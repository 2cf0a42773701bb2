'use client';

import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { parseAsString, throttle, useQueryState, useQueryStates } from 'nuqs';
import { type MouseEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { alertCountsQuery, alertPagesQuery } from '@/components/shared/alertQueries';
import { useMe, useRefusal } from '@/components/shared/me';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { extended, NO_PICKS, settled, toggled } from '@/components/shared/selection/picks';
import { useShortcuts } from '@/components/shared/shortcuts/useShortcuts';
import { decisionShortcuts } from '@/components/shared/verdict/decisionShortcuts';
import { Button, buttonClass } from '@/components/ui/Button';
import { EmptyState } from '@/components/ui/EmptyState';
import { AlertGrid, scrollAlertIntoView } from './AlertGrid';
import { AlertPreview } from './AlertPreview';
import { AlertsHeader } from './AlertsHeader';
import { AlertsSkeleton } from './AlertsSkeleton';
import {
  type AlertFilters,
  alertParsers,
  isNarrowed,
  NO_ALERT_FILTERS,
  shownVerdict,
  toAlertQuery,
} from './alertFilters';
import { useAlertDecisions } from './useAlertDecisions';

const SLOWLY = { limitUrlUpdates: throttle(200) };

/** Vendor alerts beside the chains: which are part of a story that a finding tells, and which nobody explains. */
export function AlertsScreen() {
  const [filters, setFilters] = useQueryStates(alertParsers, SLOWLY);
  const [selected, setSelected] = useQueryState('alert', parseAsString.withOptions(SLOWLY));
  const [picks, setPicks] = useState(NO_PICKS);
  const me = useMe().handle;
  const refusal = useRefusal('alerts.decide');
  const search = useRef<HTMLInputElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const pages = useInfiniteQuery({
    ...alertPagesQuery(toAlertQuery(filters)),
    placeholderData: keepPreviousData,
  });
  const undecidedOnly = shownVerdict(filters) === 'none';
  const rows = useMemo(
    () =>
      (pages.data?.pages ?? [])
        .flatMap((page) => page.items)
        .filter(({ verdict }) => !undecidedOnly || verdict === null),
    [pages.data, undecidedOnly],
  );
  const counts = useQuery(alertCountsQuery).data;

  // One that was asked for and is not here has no stand-in: what is judged is what was asked for.
  const at = selected === null ? 0 : rows.findIndex(({ key }) => key === selected);
  const active = rows[at];
  const missing = selected !== null && at < 0 && pages.data !== undefined && !pages.isPlaceholderData;
  const chosen = picks.ids.size > 0 ? rows.filter(({ key }) => picks.ids.has(key)) : active ? [active] : [];

  const change = (next: Partial<AlertFilters>) => {
    setPicks(NO_PICKS);
    void setSelected(null);
    void setFilters(next);
  };
  const showAll = () => {
    setPicks(NO_PICKS);
    void setFilters({ ...NO_ALERT_FILTERS, show: 'all' });
  };
  const goTo = (to: number) => {
    const place = Math.min(rows.length - 1, Math.max(0, to));
    const next = rows[place];
    if (!next) return;
    void setSelected(next.key);
    scrollAlertIntoView(scroller.current, place);
  };
  const ids = useMemo(() => rows.map(({ key }) => ({ id: key })), [rows]);
  const rangeTo = (to: number) => {
    const next = rows[Math.min(rows.length - 1, Math.max(0, to))];
    if (active && next) setPicks((before) => extended(before, ids, active.key, next.key));
    goTo(to);
  };
  const decisions = useAlertDecisions({
    grid,
    onSaved: (keys) => {
      setPicks(NO_PICKS);
      const next = rows.slice(Math.max(0, at)).find(({ key }) => !keys.includes(key)) ?? rows[at - 1];
      void setSelected(next?.key ?? null);
    },
  });
  const { may, addToCase } = decisions;

  useShortcuts({
    title: 'Alerts',
    home: () => grid.current,
    shortcuts: [
      { keys: 'j', label: 'Next alert', run: () => step(at + 1) },
      { keys: 'ArrowDown', label: 'Next alert', run: () => step(at + 1) },
      { keys: 'k', label: 'Previous alert', run: () => step(at - 1) },
      { keys: 'ArrowUp', label: 'Previous alert', run: () => step(at - 1) },
      { keys: 'Home', label: 'First alert', run: () => step(0) },
      { keys: 'End', label: 'Last alert loaded', run: () => step(rows.length - 1) },
      { keys: '/', label: 'Search', run: () => search.current?.select() },
      ...(may
        ? [
            {
              keys: 'x',
              label: 'Select for several at once',
              run: () => active && setPicks((before) => toggled(before, active.key)),
            },
            { keys: 'J', label: 'Select down to the next', run: () => rangeTo(at + 1) },
            { keys: 'Shift+ArrowDown', label: 'Select down to the next', run: () => rangeTo(at + 1) },
            { keys: 'K', label: 'Select up to the one before', run: () => rangeTo(at - 1) },
            { keys: 'Shift+ArrowUp', label: 'Select up to the one before', run: () => rangeTo(at - 1) },
            { keys: 'Escape', label: 'Clear selection', run: () => setPicks(NO_PICKS) },
          ]
        : []),
    ],
  });
  function step(to: number) {
    setPicks(settled);
    goTo(to);
  }
  const acts = {
    onVerdict: (value: Parameters<typeof decisions.judgeThese>[1]) => decisions.judgeThese(chosen, value),
    onTake: () => decisions.take(chosen),
    onGive: () => decisions.askWhom(chosen),
    onCase: addToCase ? () => addToCase(chosen.map(({ key }) => key)) : null,
  };
  useShortcuts({
    title: 'Verdict',
    home: () => grid.current,
    shortcuts: decisionShortcuts(may ? { ...acts, onUndo: decisions.undo, onBaseline: null } : null),
  });

  const latest = useRef({ ids, active, may });
  useEffect(() => {
    latest.current = { ids, active, may };
  });
  const onSelect = useCallback(
    (key: string, event: MouseEvent) => {
      const { ids, active, may } = latest.current;
      if (may && event.shiftKey && active) setPicks((before) => extended(before, ids, active.key, key));
      else if (may && (event.ctrlKey || event.metaKey)) setPicks((before) => toggled(before, key));
      else setPicks(settled);
      void setSelected(key);
    },
    [setSelected],
  );
  const onPick = useCallback((key: string) => setPicks((before) => toggled(before, key)), []);

  return (
    <div className="flex h-full min-h-0">
      <section aria-label="Alerts" className="flex min-w-0 flex-1 flex-col">
        <AlertsHeader counts={counts} filters={filters} onChange={change} search={search} />
        {missing ? (
          <MissingAlert
            all={filters.show === 'all' && !isNarrowed(filters)}
            more={pages.hasNextPage}
            reading={pages.isFetching}
            onAll={showAll}
            onMore={() => void pages.fetchNextPage({ cancelRefetch: false })}
          />
        ) : null}
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
        ) : rows.length === 0 && !pages.hasNextPage ? (
          <NoAlerts any={counts?.total !== 0} onAll={showAll} />
        ) : (
          <AlertGrid
            rows={rows}
            rowCount={pages.hasNextPage ? -1 : rows.length}
            activeKey={active?.key ?? null}
            picked={may ? picks.ids : null}
            onSelect={onSelect}
            onPick={onPick}
            onNearEnd={() => {
              if (pages.hasNextPage && !pages.isFetching && !pages.isError)
                void pages.fetchNextPage({ cancelRefetch: false });
            }}
            grid={grid}
            scroller={scroller}
          />
        )}
        {picks.ids.size > 0 ? (
          <SeveralBar count={chosen.length} acts={acts} onClear={() => setPicks(NO_PICKS)} />
        ) : null}
        {refusal === null ? null : (
          <p className="border-t px-4 py-1.5 text-12 text-text-3">{refusal} Keys for it do nothing.</p>
        )}
        {decisions.dialogs}
      </section>
      {active ? (
        <AlertPreview
          key={active.key}
          alert={active}
          me={me}
          acts={{
            onVerdict: (value) => decisions.judgeThese([active], value),
            onTake: () => decisions.take([active]),
            onGive: () => decisions.askWhom([active]),
            onCase: addToCase ? () => addToCase([active.key]) : null,
          }}
          form={decisions.formOf(active)}
          asked={selected !== null}
          onClose={() => void setSelected(null)}
        />
      ) : null}
    </div>
  );
}

/** What can be done with the selected alerts. */
function SeveralBar(props: {
  count: number;
  acts: { onVerdict: (value: 'false_positive') => void; onTake: () => void; onCase: (() => void) | null };
  onClear: () => void;
}) {
  const { count, acts } = props;
  return (
    <section
      aria-label="Selected alerts"
      className="flex flex-wrap items-center gap-2 border-t bg-surface-1 px-4 py-2"
    >
      <span role="status" className="num flex-1 font-medium">
        {count.toLocaleString('en')} selected
      </span>
      <Button size="sm" keys="v" onClick={() => acts.onVerdict('false_positive')}>
        Verdict for all
      </Button>
      <Button size="sm" keys="i" onClick={acts.onTake}>
        Take all
      </Button>
      {acts.onCase ? (
        <Button size="sm" keys="e" onClick={acts.onCase}>
          Add to a case
        </Button>
      ) : null}
      <Button size="sm" variant="quiet" keys="Esc" onClick={props.onClear}>
        Clear selection
      </Button>
    </section>
  );
}

/** The alert of the address is not among the rows: nothing is selected in its place. */
function MissingAlert(props: {
  /** Nothing narrows the list. */
  all: boolean;
  more: boolean;
  reading: boolean;
  onAll: () => void;
  onMore: () => void;
}) {
  const { all, more } = props;
  return (
    <div role="status" className="flex flex-wrap items-center gap-2 border-b bg-surface-1 px-4 py-2">
      <p className="min-w-0 flex-1">
        {all && !more
          ? 'This alert is not in this list: the data it came from may be gone.'
          : all
            ? 'This alert is not in this list as far as it was read.'
            : 'This alert is not in this list.'}
      </p>
      {all ? null : (
        <Button size="sm" onClick={props.onAll}>
          Show all alerts
        </Button>
      )}
      {all && more ? (
        <Button size="sm" disabled={props.reading} onClick={props.onMore}>
          Read on
        </Button>
      ) : null}
    </div>
  );
}

function NoAlerts({ any, onAll }: { any: boolean; onAll: () => void }) {
  return any ? (
    <EmptyState title="No such alert" actions={<Button onClick={onAll}>Show all alerts</Button>}>
      <p>
        Every vendor alert that matches is part of a chain that a finding tells or has a verdict, or none
        matches the search.
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

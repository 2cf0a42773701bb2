'use client';

import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { parseAsString, throttle, useQueryState, useQueryStates } from 'nuqs';
import { useCallback, useRef, useState } from 'react';
import { ApiError } from '@/components/shared/apiClient';
import {
  type FindingFilters,
  filterParsers,
  findingHref,
  NO_FILTERS,
  toFindingQuery,
} from '@/components/shared/findingFilters';
import {
  findingDetailQuery,
  findingLineageQuery,
  findingPagesQuery,
  findingPulseQuery,
  useAssign,
} from '@/components/shared/findingQueries';
import { importsQuery, isPending } from '@/components/shared/importQueries';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { ME } from '@/components/shared/people';
import { useShortcuts } from '@/components/shared/shortcuts/useShortcuts';
import { TimeText } from '@/components/shared/TimeText';
import { useVerdict } from '@/components/shared/verdict/useVerdict';
import { VERDICT_KEY, VERDICT_WORD, VERDICTS } from '@/components/shared/verdict/verdictWords';
import { drawnLater } from '@/components/ui/onDemand';
import { useToast } from '@/components/ui/Toast';
import type { FindingSummary } from '@/lib/contracts/findings';
import type { VerdictValue } from '@/lib/contracts/scalars';
import { BulkBar } from './BulkBar';
import { Preview } from './Preview';
import { Queue, scrollRowIntoView } from './Queue';
import { QueueHeader } from './QueueHeader';
import { queueRows, rowAfter } from './queue';
import { QueueSkeleton } from './TriageSkeleton';
import { ViewRail } from './ViewRail';

/** Only a list without rows draws it. */
const EmptyQueue = drawnLater(async () => (await import('./EmptyQueue')).EmptyQueue, QueueSkeleton);

const CALM_MS = 15_000;
const WORKING_MS = 2_000;

/** The queue: pick a finding, see enough of it, decide, go on. */
export function TriageScreen() {
  const [filters, setFilters] = useQueryStates(filterParsers, { limitUrlUpdates: throttle(200) });
  const [selected, setSelected] = useQueryState(
    'finding',
    parseAsString.withOptions({ limitUrlUpdates: throttle(200) }),
  );
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const client = useQueryClient();
  const router = useRouter();
  const toast = useToast();
  const assign = useAssign();
  const grid = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);

  const working = useQuery({ ...importsQuery, select: (list) => list.items.some(isPending) });
  const query = toFindingQuery(filters);
  const pages = useInfiniteQuery({ ...findingPagesQuery(query), placeholderData: keepPreviousData });
  const pulse = useQuery(findingPulseQuery(query, working.data ? WORKING_MS : CALM_MS));

  const now = pulse.data ?? pages.data?.pages[0];
  const undecidedOnly = filters.view !== 'closed' && filters.view !== 'suppressed' && !filters.verdict;
  const { rows, fresh } = queueRows(pages.data?.pages ?? [], pulse.data, undecidedOnly);
  const at = Math.max(
    0,
    rows.findIndex((row) => row.id === selected),
  );
  const active = rows[at];
  const chosen = picked.size > 0 ? rows.filter((row) => picked.has(row.id)) : active ? [active] : [];
  const total = pages.hasNextPage ? Math.max(rows.length, now?.total ?? 0) : rows.length;

  const hrefOf = (id: string) => findingHref(id, filters);
  const open = (id: string) => router.push(hrefOf(id));
  const select = useCallback((id: string) => void setSelected(id), [setSelected]);
  const pick = useCallback((id: string) => setPicked((before) => toggled(before, id)), []);
  const moveTo = (index: number) => {
    const next = rows[Math.min(rows.length - 1, Math.max(0, index))];
    if (!next) return;
    select(next.id);
    scrollRowIntoView(scroller.current, rows.indexOf(next));
    const ahead = rows[rows.indexOf(next) + 1];
    if (!ahead) return;
    void client.prefetchQuery(findingDetailQuery(ahead.id));
    void client.prefetchQuery(findingLineageQuery(ahead.id));
  };
  const change = (next: Partial<FindingFilters>) => {
    setPicked(new Set());
    void setFilters(next);
  };
  const showFresh = () => void pages.refetch();

  const verdict = useVerdict({
    onSave: (ids) => {
      const next = rowAfter(rows, ids);
      if (undecidedOnly) void setSelected(next);
      setPicked(new Set());
    },
    returnTo: () => grid.current,
  });
  const decide = (value: VerdictValue) => verdict.begin(chosen, value);
  const take = async (findings: readonly FindingSummary[]) => {
    const assignee = findings.every((each) => each.assignee) ? null : ME;
    const results = await Promise.allSettled(
      findings.map(({ id, revision }) => assign.mutateAsync({ id, revision, assignee })),
    );
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) toast.show({ text: assignRefusal(failed.reason), tone: 'danger' });
  };

  const room = () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? 400) / 40) - 2);
  useShortcuts({
    title: 'Queue',
    home: () => grid.current,
    shortcuts: [
      { keys: 'j', label: 'Next finding', run: () => moveTo(at + 1) },
      { keys: 'k', label: 'Previous finding', run: () => moveTo(at - 1) },
      { keys: 'ArrowDown', label: 'Next finding', run: () => moveTo(at + 1) },
      { keys: 'ArrowUp', label: 'Previous finding', run: () => moveTo(at - 1) },
      { keys: 'PageDown', label: 'A screen down', run: () => moveTo(at + room()) },
      { keys: 'PageUp', label: 'A screen up', run: () => moveTo(at - room()) },
      { keys: 'Home', label: 'First finding', run: () => moveTo(0) },
      { keys: 'End', label: 'Last finding', run: () => moveTo(rows.length - 1) },
      { keys: 'Enter', label: 'Open', run: () => active && open(active.id) },
      ...VERDICTS.map((value) => ({
        keys: `v ${VERDICT_KEY[value]}`,
        label: `${VERDICT_WORD[value]}, with reason`,
        run: () => decide(value),
      })),
      { keys: 'z', label: 'Undo the verdict, within ten seconds', run: verdict.undo },
      { keys: 'i', label: 'Take, or release', run: () => void take(chosen) },
      { keys: 'x', label: 'Select for several at once', run: () => active && pick(active.id) },
      { keys: 'Escape', label: 'Clear selection', run: () => setPicked(new Set()) },
      { keys: 'n', label: 'Show what is new', run: showFresh },
      { keys: '/', label: 'Search', run: () => search.current?.select() },
    ],
  });

  const anyFindings = now ? now.counts.open + now.counts.closed + now.counts.suppressed > 0 : false;
  return (
    <div className="flex h-full">
      <ViewRail filters={filters} counts={now?.counts} />
      <section aria-label="Queue" className="flex min-w-0 flex-1 flex-col">
        <QueueHeader
          filters={filters}
          onChange={change}
          list={now}
          total={pages.data ? total : undefined}
          fresh={fresh}
          onShowFresh={showFresh}
          search={search}
        />
        {pages.error && !pages.data ? (
          <ProblemNote
            error={pages.error}
            what="The queue could not be read"
            safe="Findings and verdicts are stored on the server; nothing is lost."
            onRetry={() => void pages.refetch()}
          />
        ) : !pages.data ? (
          <QueueSkeleton />
        ) : rows.length === 0 ? (
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
            activeId={active?.id ?? null}
            picked={picked}
            hrefOf={hrefOf}
            onSelect={select}
            onPick={pick}
            onOpen={open}
            onNearEnd={() => {
              if (pages.hasNextPage && !pages.isFetchingNextPage) void pages.fetchNextPage();
            }}
            grid={grid}
            scroller={scroller}
          />
        )}
        {picked.size > 0 ? (
          <BulkBar
            count={picked.size}
            onVerdict={decide}
            onTake={() => void take(chosen)}
            onClear={() => setPicked(new Set())}
          />
        ) : null}
        {pulse.error && pages.data ? (
          <p role="status" className="border-t px-4 py-1.5 text-warning">
            Not refreshed since{' '}
            <TimeText
              at={new Date(pulse.dataUpdatedAt || pages.dataUpdatedAt).toISOString()}
              precision="s"
              zone
            />
            : the server does not answer. What is shown may be old.
          </p>
        ) : null}
      </section>
      {active ? (
        <Preview
          key={active.id}
          finding={active}
          href={hrefOf(active.id)}
          onVerdict={(value) => verdict.begin([active], value)}
          onAssign={() => void take([active])}
        />
      ) : null}
      {verdict.dialog}
    </div>
  );
}

function toggled(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(id)) next.add(id);
  return next;
}

function assignRefusal(error: unknown): string {
  if (error instanceof ApiError && error.status === 409)
    return `Not taken. ${error.message} The newer state is shown.`;
  return 'Not taken: the server did not accept it. Nothing was changed; try again.';
}

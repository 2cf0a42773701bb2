'use client';

import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useMemo, useRef, useState } from 'react';
import { findingHref, NO_FILTERS, toFindingQuery, triageHref } from '@/components/shared/findingFilters';
import {
  findingDetailQuery,
  findingGroupsQuery,
  findingPulseQuery,
  newFindingsQuery,
  readFindings,
} from '@/components/shared/findingQueries';
import { useMe } from '@/components/shared/me';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { drawnLater } from '@/components/ui/onDemand';
import { useToast } from '@/components/ui/Toast';
import type { FindingGroup, FindingSummary } from '@/lib/contracts/findings';
import type { VerdictValue } from '@/lib/contracts/scalars';
import { GroupList } from './GroupList';
import { type GroupLine, groupKey, groupLines, outliersById } from './groupLines';
import { Preview } from './Preview';
import { rowsInSight, scrollRowIntoView } from './Queue';
import { summaryOf } from './summaryOf';
import { TriageFrame, type TriageState } from './TriageFrame';
import { QueueSkeleton } from './TriageSkeleton';
import { useDecisions } from './useDecisions';
import { useTriageKeys } from './useTriageKeys';

const EmptyQueue = drawnLater(async () => (await import('./EmptyQueue')).EmptyQueue, QueueSkeleton);

const CALM_MS = 30_000;
/** Findings of one shape that one verdict can be given to. */
const MOST = 10_000;

/** The queue by the shape of the chain: one row for all that did the same, one verdict for them less those that differ. */
export function GroupQueue({ state }: { state: TriageState }) {
  const { filters, selected, onSelected } = state;
  const me = useMe().handle;
  const router = useRouter();
  const client = useQueryClient();
  const toast = useToast();
  const grid = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const [unfolded, setUnfolded] = useState<ReadonlySet<string>>(new Set());
  const [key, setKey] = useState<string | null>(null);
  const [reading, setReading] = useState(false);

  const query = toFindingQuery(filters, me);
  const pages = useInfiniteQuery({ ...findingGroupsQuery(query), placeholderData: keepPreviousData });
  const pulse = useQuery(findingPulseQuery(query, CALM_MS));
  const asOf = useAsOf(pages.dataUpdatedAt, pulse.data?.asOf);
  const fresh = useQuery(newFindingsQuery(query, asOf));
  const groups = useMemo(() => pages.data?.pages.flatMap((page) => page.items) ?? [], [pages.data]);
  const lines = useMemo(() => groupLines(groups, unfolded), [groups, unfolded]);
  const found = lines.findIndex((line) => (key === null ? idOf(line) === selected : line.key === key));
  const at = Math.max(0, found);
  const line = lines[at];
  const activeId = line ? idOf(line) : null;

  const goTo = (to: number) => {
    const place = Math.min(lines.length - 1, Math.max(0, to));
    const next = lines[place];
    if (!next) return;
    setKey(next.key);
    onSelected(idOf(next));
    scrollRowIntoView(scroller.current, place);
  };
  const fold = (which: string, open?: boolean) =>
    setUnfolded((before) => {
      const next = new Set(before);
      if (open ?? !next.has(which)) next.add(which);
      else next.delete(which);
      return next;
    });
  const hrefOf = (of: GroupLine) =>
    of.kind === 'all'
      ? triageHref({ ...filters, analytic: of.group.analytic, shape: of.group.shape })
      : findingHref(idOf(of), filters, me);
  const showFresh = () => {
    void pages.refetch();
    void pulse.refetch();
  };

  const decisions = useDecisions({
    grid,
    inPreview: false,
    onSaved: () => goTo(line?.kind === 'group' ? at + 1 : at),
  });
  const { may, addToCase, neverAgain } = decisions;

  /** Findings a line stands for: one that differs, or all of its group that are open. */
  const findingsOf = async (of: GroupLine): Promise<readonly FindingSummary[]> => {
    if (of.kind === 'outlier') return [summaryOf(await client.fetchQuery(findingDetailQuery(of.outlier.id)))];
    const { analytic, shape } = of.group;
    return readFindings({ ...query, analytic, shape, verdict: 'none' }, MOST);
  };
  const withFindings = async (of: GroupLine | undefined, run: (all: readonly FindingSummary[]) => void) => {
    if (of === undefined || reading) return;
    setReading(true);
    try {
      const all = await findingsOf(of);
      if (all.length > 0) run(all);
      else toast.show({ text: 'Nothing of this group is open.', duration: 4000 });
    } catch (error) {
      toast.show({
        text: `The findings of this group could not be read. ${error instanceof Error ? error.message : ''}`,
        tone: 'danger',
      });
    } finally {
      setReading(false);
    }
  };
  const judge = (value: VerdictValue) =>
    void withFindings(line, (all) =>
      line?.kind === 'outlier'
        ? decisions.judgeThese(all, value)
        : decisions.judgeThese(all, value, line && apartOf(line.group, all), line && unnamedOf(line.group)),
    );
  const acts = {
    onVerdict: judge,
    onTake: () => void withFindings(line, decisions.take),
    onGive: () => void withFindings(line, decisions.askWhom),
    onCase:
      may && addToCase ? () => void withFindings(line, (all) => addToCase(all.map(({ id }) => id))) : null,
    onBaseline:
      may && neverAgain ? () => void withFindings(line, (all) => neverAgain(all.map(({ id }) => id))) : null,
  };

  useTriageKeys({
    grid,
    at,
    last: lines.length - 1,
    room: () => rowsInSight(scroller.current),
    onMove: goTo,
    onOpen: () => line && router.push(hrefOf(line)),
    several: null,
    onFresh: showFresh,
    onSearch: () => search.current?.select(),
    fold: {
      onOpen: () => line && fold(groupKey(line.group), true),
      onClose: () => {
        if (!line) return;
        fold(groupKey(line.group), false);
        setKey(groupKey(line.group));
      },
    },
    decide: may ? { ...acts, onUndo: decisions.undo } : null,
  });

  const first = line && line.kind !== 'outlier' ? line.group.first : undefined;
  return (
    <TriageFrame
      state={state}
      list={pulse.data}
      total={pages.data?.pages[0]?.total}
      fresh={fresh.data?.count ?? 0}
      onShowFresh={showFresh}
      search={search}
      pulse={pulse}
      preview={
        activeId ? (
          <Preview
            key={activeId}
            id={activeId}
            finding={first}
            href={findingHref(activeId, filters, me)}
            me={me}
            acts={acts}
            form={null}
          />
        ) : null
      }
    >
      {pages.error && !pages.data ? (
        <ProblemNote
          error={pages.error}
          what="The groups could not be read"
          safe="Findings and verdicts are stored on the server; nothing is lost."
          onRetry={() => void pages.refetch()}
        />
      ) : !pages.data ? (
        <QueueSkeleton />
      ) : lines.length === 0 ? (
        <div className="min-h-0 flex-1 overflow-auto">
          <EmptyQueue
            filters={filters}
            anyFindings={(pulse.data?.counts.open ?? 0) + (pulse.data?.counts.closed ?? 0) > 0}
            onClear={() => state.onChange(NO_FILTERS)}
            onOpenView={() => state.onChange({ view: 'open' })}
          />
        </div>
      ) : (
        <GroupList
          lines={lines}
          activeKey={line?.key ?? null}
          hrefOf={hrefOf}
          onSelect={(chosen) => {
            setKey(chosen);
            const next = lines.find((each) => each.key === chosen);
            if (next) onSelected(idOf(next));
          }}
          onFold={fold}
          onNearEnd={() => {
            if (pages.hasNextPage && !pages.isFetching && !pages.isError)
              void pages.fetchNextPage({ cancelRefetch: false });
          }}
          grid={grid}
          scroller={scroller}
        />
      )}
      {reading ? (
        <p role="status" className="border-t px-4 py-1.5 text-12 text-text-3">
          Reading the findings of this group…
        </p>
      ) : null}
      {decisions.dialogs}
    </TriageFrame>
  );
}

/** The server's time when the groups were read: groups carry none, and the queue's first page is read beside them. */
function useAsOf(readAt: number, now: string | undefined): string | undefined {
  const [kept, setKept] = useState<{ readAt: number; asOf: string } | null>(null);
  if (readAt > 0 && now !== undefined && kept?.readAt !== readAt) setKept({ readAt, asOf: now });
  return kept?.asOf;
}

/** The finding a line is previewed by. */
function idOf(line: GroupLine): string {
  return line.kind === 'outlier' ? line.outlier.id : line.group.first.id;
}

/** How many more differ than the group names, which may be among those that get the verdict. */
function unnamedOf({ outliers, outliersTotal }: FindingGroup): number {
  return Math.max(0, outliersTotal - outliers.length);
}

/** Of these findings, those that differ, each with what sets it apart: they are left out of a verdict at first. */
function apartOf(group: FindingGroup, all: readonly FindingSummary[]): ReadonlyMap<string, string> {
  const ids = new Set(all.map(({ id }) => id));
  return new Map([...outliersById(group.outliers)].filter(([id]) => ids.has(id) && ids.size > 1));
}

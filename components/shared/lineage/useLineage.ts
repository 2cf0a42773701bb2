import { queryOptions, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { apiGet } from '@/components/shared/apiClient';
import { type LineageChildren, type LineageView, lineageView } from '@/lib/contracts/lineage';
import { type OpenMode, parseOpened } from './foldState';
import { type KeptLineage, keptAfter } from './keptLineage';
import { type LineageSource, pagesWanted } from './lineagePages';
import { mergeLineage } from './mergeLineage';

export type { LineageSource } from './lineagePages';

/** How reading the children of one process stands, where it has not simply succeeded. */
export type BranchState = { state: 'reading' } | { state: 'failed'; error: Error; retry: () => void };

export type Lineage = {
  /** Undefined until the first answer. */
  view: LineageView | undefined;
  isPending: boolean;
  /** Why there is nothing to show. */
  error: Error | null;
  /** Why what was asked for beyond what is shown did not come. */
  problem: { error: Error; retry: () => void } | null;
  refetch: () => void;
  /** More is being read than is drawn. */
  isReading: boolean;
  branches: ReadonlyMap<string, BranchState>;
  /** Processes that were asked for by name and stand apart from stacks of equal siblings. */
  revealed: ReadonlySet<string>;
  /** Makes the server send these processes with all that leads to them. */
  reveal: (entityIds: readonly string[]) => void;
};

/** Processes of the whole forest that one answer holds, and the most that may be asked for. */
export const FOREST_PAGE = 10_000;
export const FOREST_MOST = 20_000;
/** What may be revealed fits an address: the latest ones. */
const REVEALED = 40;

/**
 * A lineage for the screen: the base view and one query per page of an opened process, merged. A page that fails
 * leaves everything else as it is and can be tried again by itself; so does a base view that was to show more.
 */
export function useLineage(props: {
  source: LineageSource;
  open: OpenMode;
  /** Entries of foldState.ts. */
  expand: readonly string[];
  /** Processes of the forest that may be sent when all is open, or roots of a host. */
  most: number;
}): Lineage {
  const { source, open, most } = props;
  const client = useQueryClient();
  const [revealed, setRevealed] = useState<readonly string[]>([]);
  const base = useQuery(lineageQueryOptions(source, { open, most, reveal: revealed }));
  const sourceKey = JSON.stringify([source.hostId, source.findingId]);
  const [kept, setKept] = useState<KeptLineage | null>(null);
  const next = keptAfter(kept, {
    sourceKey,
    view: base.isPlaceholderData ? undefined : base.data,
    error: base.error,
    revealed,
  });
  if (next !== kept) setKept(next);
  // What could not be revealed is no longer asked for, or it would fail with every later read.
  if (next?.failed != null && next.failed.revealed === revealed && next.revealed !== revealed)
    setRevealed(next.revealed);
  const opened = useMemo(() => parseOpened(props.expand), [props.expand]);
  const shown = base.data ?? next?.view;
  // Looked at anew with every render: a page that came lets the next one be asked for.
  const wanted = shown === undefined ? [] : pagesWanted(client, source, shown, opened.pages);
  const pages = useQueries({ queries: wanted.map(({ options }) => options) });

  const branches = new Map<string, BranchState>();
  for (const [index, page] of pages.entries()) {
    const parentId = wanted[index]?.parentId ?? '';
    if (page.error !== null)
      branches.set(parentId, { state: 'failed', error: page.error, retry: () => void page.refetch() });
    else if (page.isPending) branches.set(parentId, { state: 'reading' });
  }
  const came = pages.flatMap((page) => page.data ?? []);
  const view = useStable(shown, came);
  const failed = next?.failed ?? null;
  const reveal = useCallback(
    (ids: readonly string[]) =>
      setRevealed((before) => {
        const now = [...new Set([...before, ...ids])].slice(-REVEALED);
        return now.length === before.length && now.every((id, i) => id === before[i]) ? before : now;
      }),
    [],
  );
  return {
    view,
    isPending: base.isPending && shown === undefined,
    error: base.isError && shown === undefined ? base.error : null,
    problem:
      failed === null || shown === undefined
        ? null
        : {
            error: failed.error,
            retry: () => {
              if (next !== null) setKept({ ...next, failed: null });
              if (failed.revealed === revealed || base.isError) void base.refetch();
              else setRevealed(failed.revealed);
            },
          },
    refetch: () => void base.refetch(),
    isReading: base.isPlaceholderData || pages.some((page) => page.isPending && page.error === null),
    branches,
    revealed: useMemo(() => new Set(revealed), [revealed]),
    reveal,
  };
}

/** The base view. Nothing opened beside the path is what a preview of the queue read already. */
export function lineageQueryOptions(
  source: LineageSource,
  { open, most, reveal }: { open: OpenMode; most: number; reveal: readonly string[] },
) {
  const { hostId, findingId } = source;
  const root = findingId === null ? ['hosts', hostId, 'lineage'] : ['findings', findingId, 'lineage'];
  const path =
    findingId === null
      ? `/hosts/${encodeURIComponent(hostId)}/lineage`
      : `/findings/${encodeURIComponent(findingId)}/lineage`;
  // A comma parts the ids of a query; an id that holds one cannot be asked for.
  const ids = reveal.filter((id) => !id.includes(',')).toSorted();
  const bounded = open === 'all' || findingId === null;
  const plain = open === 'path' && ids.length === 0 && findingId !== null;
  return queryOptions({
    queryKey: [...root, ...(plain ? ['path'] : [open, bounded ? most : null, ids])],
    queryFn: ({ signal }) =>
      apiGet(path, lineageView, {
        params: {
          ...(open === 'all' ? { all: 'true' } : {}),
          ...(bounded ? { limit: most } : {}),
          ...(ids.length > 0 ? { reveal: ids.join(',') } : {}),
        },
        signal,
      }),
    // While more is read, the drawing stays; another finding's never stands in.
    placeholderData: (previous, query) => (query?.queryKey[1] === root[1] ? previous : undefined),
    staleTime: 60_000,
    // Comparing ten thousand processes with what was there before costs more than drawing them anew.
    structuralSharing: open !== 'all',
  });
}

/** The merged view, the same object as long as what it was merged from is the same. */
function useStable(
  base: LineageView | undefined,
  pages: readonly LineageChildren[],
): LineageView | undefined {
  const [kept, setKept] = useState<{ from: readonly unknown[]; view: LineageView | undefined }>({
    from: [],
    view: undefined,
  });
  const from = [base, ...pages];
  if (kept.from.length === from.length && from.every((part, i) => part === kept.from[i])) return kept.view;
  const view = base === undefined ? undefined : mergeLineage(base, pages);
  setKept({ from, view });
  return view;
}

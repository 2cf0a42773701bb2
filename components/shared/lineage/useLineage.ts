import { type QueryClient, queryOptions, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { apiGet } from '@/components/shared/apiClient';
import {
  type LineageChildren,
  type LineageView,
  lineageChildren,
  lineageView,
} from '@/lib/contracts/lineage';
import { type OpenMode, PAGE, parseOpened } from './foldState';
import { mergeLineage } from './mergeLineage';

/** Whose lineage: a finding's on its host, or all of a host. */
export type LineageSource = { hostId: string; findingId: string | null };

/** How reading the children of one process stands, where it has not simply succeeded. */
export type BranchState = { state: 'reading' } | { state: 'failed'; error: Error; retry: () => void };

export type Lineage = {
  /** Undefined until the first answer. */
  view: LineageView | undefined;
  isPending: boolean;
  error: Error | null;
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
 * leaves everything else as it is and can be tried again by itself.
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
  const opened = useMemo(() => parseOpened(props.expand), [props.expand]);
  const shown = base.data;
  // Looked at anew with every render: a page that came lets the next one be asked for.
  const wanted = shown === undefined ? [] : pagesWanted(client, source, opened.pages);
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
  const reveal = useCallback(
    (ids: readonly string[]) =>
      setRevealed((before) => {
        const next = [...new Set([...before, ...ids])].slice(-REVEALED);
        return next.length === before.length && next.every((id, i) => id === before[i]) ? before : next;
      }),
    [],
  );
  return {
    view,
    isPending: base.isPending,
    error: base.isError && shown === undefined ? base.error : null,
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

function childrenQueryOptions(source: LineageSource, parentId: string, cursor: string | null) {
  return queryOptions({
    queryKey: ['hosts', source.hostId, 'lineage', 'children', parentId, source.findingId, cursor],
    queryFn: ({ signal }) =>
      apiGet(`/hosts/${encodeURIComponent(source.hostId)}/lineage/children`, lineageChildren, {
        params: { parent: parentId, finding: source.findingId, cursor, limit: PAGE },
        signal,
      }),
    staleTime: 60_000,
  });
}

type Wanted = { parentId: string; options: ReturnType<typeof childrenQueryOptions> };

/** Pages to be read now: the next of a process is known only once the one before it came. */
function pagesWanted(
  client: QueryClient,
  source: LineageSource,
  pages: ReadonlyMap<string, number>,
): readonly Wanted[] {
  return [...pages].flatMap(([parentId, count]) => {
    const wanted: Wanted[] = [];
    for (let cursor: string | null = null, page = 0; page < count; page++) {
      const options: Wanted['options'] = childrenQueryOptions(source, parentId, cursor);
      wanted.push({ parentId, options });
      const came: LineageChildren | undefined = client.getQueryData(options.queryKey);
      if (came === undefined || came.nextCursor === null) break;
      cursor = came.nextCursor;
    }
    return wanted;
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

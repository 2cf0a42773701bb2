'use client';

import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import {
  type FindingGroups,
  type FindingList,
  type FindingQuery,
  type FindingSummary,
  findingDetail,
  findingGroups,
  findingHistory,
  findingList,
  newFindings,
} from '@/lib/contracts/findings';
import { lineageView } from '@/lib/contracts/lineage';
import { apiGet } from './apiClient';
import { type FindingPages, GROUPS, LISTS, PULSES } from './findingCache';

const PAGE = 200;

const readPage = (query: FindingQuery, cursor: string | null, signal: AbortSignal) =>
  apiGet('/findings', findingList, { params: { ...query, limit: PAGE, cursor }, signal });

/** The queue as it was when it was last asked for: pages that only change when the analyst says so. */
export const findingPagesQuery = (query: FindingQuery) =>
  infiniteQueryOptions({
    queryKey: [...LISTS, query],
    queryFn: ({ pageParam, signal }) => readPage(query, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last: FindingList) => last.nextCursor,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });

/**
 * The queue's first page as it is now, asked for again every `everyMs`: what is new, and the counts. A queue that was
 * empty takes it over at once, since no row can move.
 */
export const findingPulseQuery = (query: FindingQuery, everyMs: number) =>
  queryOptions({
    queryKey: [...PULSES, query],
    queryFn: async ({ signal, client }) => {
      const page = await readPage(query, null, signal);
      client.setQueryData<FindingPages>([...LISTS, query], (shown) =>
        shown?.pages.every((each) => each.items.length === 0) ? { pages: [page], pageParams: [null] } : shown,
      );
      return page;
    },
    refetchInterval: everyMs,
  });

export const findingDetailQuery = (id: string) =>
  queryOptions({
    queryKey: ['findings', id],
    queryFn: ({ signal }) => apiGet(`/findings/${encodeURIComponent(id)}`, findingDetail, { signal }),
    staleTime: 30_000,
  });

/** The cause→effect path and its near relatives, with nothing unfolded. */
export const findingLineageQuery = (id: string) =>
  queryOptions({
    queryKey: ['findings', id, 'lineage', 'path'],
    queryFn: ({ signal }) => apiGet(`/findings/${encodeURIComponent(id)}/lineage`, lineageView, { signal }),
    staleTime: 60_000,
  });

/** Every verdict it ever had, and every change by later data. */
export const findingHistoryQuery = (id: string) =>
  queryOptions({
    queryKey: ['findings', id, 'history'],
    queryFn: ({ signal }) =>
      apiGet(`/findings/${encodeURIComponent(id)}/history`, findingHistory, { signal }),
    staleTime: 30_000,
  });

/** How many findings match and were found after `since`; asked again every 15 seconds while the page is looked at. */
export const newFindingsQuery = (query: FindingQuery, since: string | undefined) =>
  queryOptions({
    queryKey: ['findings', 'new', query, since],
    queryFn: ({ signal }) => apiGet('/findings/new', newFindings, { params: { ...query, since }, signal }),
    enabled: since !== undefined,
    refetchInterval: 15_000,
    staleTime: 10_000,
  });

/** Findings of one shape over hosts as one row each. */
export const findingGroupsQuery = (query: FindingQuery) =>
  infiniteQueryOptions({
    queryKey: [...GROUPS, query],
    queryFn: ({ pageParam, signal }) =>
      apiGet('/findings/groups', findingGroups, {
        params: { ...query, limit: 100, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last: FindingGroups) => last.nextCursor,
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  });

/** Findings that match, up to `most`, whatever their pages; for what is decided on many of them at once. */
export async function readFindings(query: FindingQuery, most: number, signal?: AbortSignal) {
  const items: FindingSummary[] = [];
  let cursor: string | null = null;
  do {
    const page: FindingList = await apiGet('/findings', findingList, {
      params: { ...query, limit: 500, cursor },
      ...(signal ? { signal } : {}),
    });
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null && items.length < most);
  return items.slice(0, most);
}

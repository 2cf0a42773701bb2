'use client';

import {
  infiniteQueryOptions,
  type QueryClient,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import {
  type AlertList,
  type AlertQuery,
  type AlertView,
  alertList,
  alertView,
} from '@/lib/contracts/alerts';
import type { VerdictValue } from '@/lib/contracts/scalars';
import { ApiError, apiGet, apiPost } from './apiClient';
import { PULSES } from './findingCache';

const LISTS = ['alerts', 'list'] as const;
const COUNTS = ['alerts', 'counts'] as const;
export type AlertFilter = Omit<AlertQuery, 'cursor' | 'limit'>;
type AlertPages = { pages: AlertList[]; pageParams: unknown[] };

/** Vendor alerts that match, newest first, page by page; only changed when the analyst says so. */
export function alertPagesQuery(filter: AlertFilter) {
  return infiniteQueryOptions({
    queryKey: [...LISTS, filter],
    queryFn: ({ pageParam, signal }) =>
      apiGet('/alerts', alertList, { params: { ...filter, cursor: pageParam, limit: 200 }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last: AlertList) => last.nextCursor,
    staleTime: 60_000,
    refetchOnWindowFocus: false,
  });
}

/** How many vendor alerts there are, how many no chain explains, and how many chains explain others. */
export const alertCountsQuery = queryOptions({
  queryKey: COUNTS,
  queryFn: ({ signal }) => apiGet('/alerts', alertList, { params: { limit: 1 }, signal }),
  select: (list: AlertList) => list.counts,
  staleTime: 15_000,
  refetchInterval: 60_000,
});

/** Writes are sent one after the other, so that two quick ones on one alert do not conflict with each other. */
const ONE_AT_A_TIME = { id: 'alerts' };

/** Revision our own last write gave an alert; what others wrote since still conflicts. */
const ownRevisions = new Map<string, number>();

export type AlertVerdictInput = {
  key: string;
  revision: number;
  verdict: VerdictValue | null;
  reason: string;
};

/** Gives or takes back a verdict on an alert. */
export function useGiveAlertVerdict() {
  const client = useQueryClient();
  return useMutation({
    scope: ONE_AT_A_TIME,
    mutationFn: (input: AlertVerdictInput) => write('verdict', input),
    onSuccess: (alert) => keepAlert(client, alert),
    onError: (error) => noteBehind(client, error),
    onSettled: () => recount(client),
  });
}

export type AlertAssignInput = { key: string; revision: number; assignee: string | null };

/** Assigns an alert, or releases it. */
export function useAssignAlert() {
  const client = useQueryClient();
  return useMutation({
    scope: ONE_AT_A_TIME,
    mutationFn: (input: AlertAssignInput) => write('assign', input),
    onSuccess: (alert) => keepAlert(client, alert),
    onError: (error) => noteBehind(client, error),
    onSettled: () => recount(client),
  });
}

async function write(what: 'verdict' | 'assign', input: AlertVerdictInput | AlertAssignInput) {
  const { key, ...body } = input;
  const revision = Math.max(body.revision, ownRevisions.get(key) ?? 0);
  const alert = await apiPost(`/alerts/${encodeURIComponent(key)}/${what}`, { ...body, revision }, alertView);
  ownRevisions.set(key, alert.revision);
  return alert;
}

/** Takes an alert over into every list that has it. */
function keepAlert(client: QueryClient, alert: AlertView): void {
  const inPage = (page: AlertList): AlertList =>
    page.items.some(({ key }) => key === alert.key)
      ? { ...page, items: page.items.map((item) => (item.key === alert.key ? alert : item)) }
      : page;
  client.setQueriesData<AlertPages>(
    { queryKey: LISTS },
    (data) => data && { ...data, pages: data.pages.map(inPage) },
  );
}

/** After a conflict the lists are old; they are read again when nothing is being judged any more. */
function noteBehind(client: QueryClient, error: Error): void {
  if (error instanceof ApiError && error.status === 409)
    void client.invalidateQueries({ queryKey: LISTS, refetchType: 'none' });
}

/** Counts, and cases, which show what was decided on what is in them. */
function recount(client: QueryClient): void {
  for (const queryKey of [COUNTS, PULSES, ['cases']]) void client.invalidateQueries({ queryKey });
}

/**
 * Reads again the lists that a refusal showed to be behind. Not to be called while something of them is being judged:
 * rows move.
 */
export function readAlertsBehind(client: QueryClient): void {
  void client.refetchQueries({
    queryKey: LISTS,
    type: 'active',
    predicate: ({ state }) => state.isInvalidated,
  });
}

/** Notes which case alerts are in, in every list that has them: rows stay where they are. */
export function putAlertsInCase(
  client: QueryClient,
  keys: readonly string[],
  kept: NonNullable<AlertView['case']>,
): void {
  const put = new Set(keys);
  client.setQueriesData<AlertPages>(
    { queryKey: LISTS },
    (data) =>
      data && {
        ...data,
        pages: data.pages.map((page) => ({
          ...page,
          items: page.items.map((item) => (put.has(item.key) ? { ...item, case: kept } : item)),
        })),
      },
  );
  recount(client);
}

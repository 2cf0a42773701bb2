'use client';

import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import type { z } from 'zod';
import { apiGet, apiPost, apiPut } from '@/components/shared/apiClient';
import { done } from '@/components/shared/done';
import { rerunAnswer, rerunProgress } from '@/lib/contracts/analytics';
import {
  type CoverageQuery,
  coverageFixes,
  coverageHostList,
  type coverageHostsQuery,
  coverageIntervals,
  coverageView,
  fleetGroups,
  type fleetGroupsBody,
  fleetLedger,
  hostRetirements,
} from '@/lib/contracts/coverage';
import { hostList } from '@/lib/contracts/hosts';
import { metricsView } from '@/lib/contracts/metrics';
import { validationRunList } from '@/lib/contracts/validation';

/** Under which all that this page reads is kept. */
export const COVERAGE = 'coverage';
const STALE_MS = 30_000;

/** The matrix and the numbers of the page's head. */
export const coverageViewQuery = (query: CoverageQuery) =>
  queryOptions({
    queryKey: [COVERAGE, 'view', query],
    queryFn: ({ signal }) => apiGet('/coverage', coverageView, { params: query, signal }),
    staleTime: STALE_MS,
    placeholderData: keepPreviousData,
  });

/** What would make stages visible, the most worthwhile first. */
export const fixesQuery = (query: CoverageQuery) =>
  queryOptions({
    queryKey: [COVERAGE, 'fixes', query],
    queryFn: ({ signal }) => apiGet('/coverage/fixes', coverageFixes, { params: query, signal }),
    staleTime: STALE_MS,
    placeholderData: keepPreviousData,
  });

export type HostsBehind = Omit<z.infer<typeof coverageHostsQuery>, 'cursor' | 'limit'>;

/** The hosts behind a number, the darkest first, page by page. */
export const hostsBehindQuery = (query: HostsBehind) =>
  infiniteQueryOptions({
    queryKey: [COVERAGE, 'hosts', query],
    queryFn: ({ pageParam, signal }) =>
      apiGet('/coverage/hosts', coverageHostList, {
        params: { ...query, cursor: pageParam, limit: 50 },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last: { nextCursor: string | null }) => last.nextCursor,
    staleTime: STALE_MS,
    placeholderData: keepPreviousData,
  });

/** When a stage could not be seen on a host. */
export const intervalsQuery = (query: { host: string; stage: string; from: string; to: string }) =>
  queryOptions({
    queryKey: [COVERAGE, 'intervals', query],
    queryFn: ({ signal }) => apiGet('/coverage/intervals', coverageIntervals, { params: query, signal }),
    staleTime: STALE_MS,
  });

/** What every host delivered, by source; without days the 30 up to the newest event. */
export const fleetLedgerQuery = (days: { from?: string; to?: string }) =>
  queryOptions({
    queryKey: [COVERAGE, 'ledger', days],
    queryFn: ({ signal }) => apiGet('/coverage/ledger', fleetLedger, { params: days, signal }),
    staleTime: STALE_MS,
    placeholderData: keepPreviousData,
  });

/** Hosts that were said to report no more, with who said so and why. */
export const retirementsQuery = queryOptions({
  queryKey: [COVERAGE, 'retirements'],
  queryFn: ({ signal }) => apiGet('/host-retirements', hostRetirements, { signal }),
});

/** Groups of hosts, in order. */
export const groupsQuery = queryOptions({
  queryKey: [COVERAGE, 'groups'],
  queryFn: ({ signal }) => apiGet('/host-groups', fleetGroups, { signal }),
});

/** What the team's work came to over the same days. */
export const headMetricsQuery = (query: Pick<CoverageQuery, 'from' | 'to' | 'analytic'>) =>
  queryOptions({
    queryKey: ['metrics', 'view', query],
    queryFn: ({ signal }) => apiGet('/metrics', metricsView, { params: query, signal }),
    staleTime: STALE_MS,
    placeholderData: keepPreviousData,
  });

/** The newest validation runs; the first that is done is the last validation. */
export const lastRunsQuery = queryOptions({
  queryKey: ['validation', 'runs', 'newest'],
  queryFn: ({ signal }) => apiGet('/validation/runs', validationRunList, { params: { limit: 10 }, signal }),
  staleTime: STALE_MS,
});

/** As many host names as a dialog looks through; the API gives 500 at a time. */
export const MOST_NAMES = 2000;

/** Names of hosts, to show while groups are typed whom a pattern takes in; `more`: there are others. */
export const hostNamesQuery = queryOptions({
  queryKey: ['hosts', 'names'],
  queryFn: async ({ signal }) => {
    const names: string[] = [];
    let cursor: string | null = null;
    do {
      const page: z.infer<typeof hostList> = await apiGet('/hosts', hostList, {
        params: { cursor, limit: 500 },
        signal,
      });
      names.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor;
    } while (cursor !== null && names.length < MOST_NAMES);
    return { names, more: cursor !== null };
  },
  staleTime: 60_000,
});

/** Replaces the groups; throws a 409 when somebody else did since. */
export function useSetGroups() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.infer<typeof fleetGroupsBody>) => apiPut('/host-groups', body, fleetGroups),
    onSuccess: () => client.invalidateQueries({ queryKey: [COVERAGE] }),
  });
}

/** Says that a host is no longer expected to report, or is again; every number follows. */
export function useRetire() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ host, retired, reason }: { host: string; retired: boolean; reason: string }) =>
      apiPut(`/hosts/${encodeURIComponent(host)}/retirement`, { retired, reason }, done),
    // Not waited for: it is done, whenever the numbers follow.
    onSuccess: () => void client.invalidateQueries({ queryKey: [COVERAGE] }),
  });
}

/** How far that is: hosts that wait. The key is not that of the analytics' page, which looks at its own pace. */
export const rerunQuery = queryOptions({
  queryKey: ['analytics', 'rerun', COVERAGE],
  queryFn: ({ signal }) => apiGet('/analytics/rerun', rerunProgress, { signal }),
  staleTime: 0,
});

/** Has all analytics run again, which looks at the hosts that coverage does not know yet. */
export function useRunAgain() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => apiPost('/analytics/rerun', {}, rerunAnswer),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: [COVERAGE] });
      void client.invalidateQueries({ queryKey: ['analytics', 'rerun'] });
    },
  });
}

'use client';

import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { apiGet, apiPost } from '@/components/shared/apiClient';
import { hostList, hostView } from '@/lib/contracts/hosts';
import { importList } from '@/lib/contracts/imports';
import { sigmaBacktest } from '@/lib/contracts/sigmaBacktests';
import {
  type previewSigmaBaselineBody,
  sigmaBaselineList,
  sigmaBaselinePreview,
} from '@/lib/contracts/sigmaBaselines';
import {
  sigmaCorrelatedList,
  sigmaGroupList,
  type sigmaGroupQuery,
  sigmaHit,
  sigmaHitList,
  type sigmaHitQuery,
} from '@/lib/contracts/sigmaHits';
import { type SigmaProgress, sigmaProgress } from '@/lib/contracts/sigmaProgress';
import { sigmaRuleDetail, sigmaRuleList, type sigmaRuleQuery } from '@/lib/contracts/sigmaRules';
import { type checkSigmaBody, sigmaCheck, sigmaSetDetail, sigmaSetList } from '@/lib/contracts/sigmaSets';
import { isWorking } from './sigmaWords';

/** What every answer about Sigma is kept under: a change of rules changes nearly all of them. */
export const SIGMA = 'sigma';
/** Rooms whose answers follow from hits: scores, what stands in cases, what can be decided. */
const FOLLOWING: readonly unknown[] = ['findings', 'cases', 'coverage'];
const PAGE = 100;
const STALE_MS = 15_000;
const WORKING_MS = 2_000;

/** Whether an answer that is kept under this key tells of hits without being Sigma's. */
export function tellsOfSigma(queryKey: readonly unknown[]): boolean {
  return FOLLOWING.includes(queryKey[0]);
}

type Paged = { nextCursor: string | null };
const nextPage = (last: Paged) => last.nextCursor;

export type HitFilter = Omit<z.input<typeof sigmaHitQuery>, 'cursor' | 'limit'>;
export type GroupBy = z.infer<typeof sigmaGroupQuery>['by'];
export type RuleFilter = Omit<z.input<typeof sigmaRuleQuery>, 'cursor' | 'limit'>;
export type BaselinePattern = z.infer<typeof previewSigmaBaselineBody>;

/** No process is asked for by an empty word, which a parameter without a value is not sent as. */
function withProcess(path: string, { process }: HitFilter): string {
  return process === '' ? `${path}?process=` : path;
}

/** Hits one by one, newest first, page by page. */
export const hitPagesQuery = (filter: HitFilter) =>
  infiniteQueryOptions({
    queryKey: [SIGMA, 'hits', filter],
    queryFn: ({ pageParam, signal }) =>
      apiGet(withProcess('/sigma/hits', filter), sigmaHitList, {
        params: { ...filter, cursor: pageParam, limit: PAGE },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: nextPage,
    staleTime: STALE_MS,
  });

/** Hits by rule or by process, worst first, page by page. */
export const hitGroupsQuery = (by: GroupBy, filter: HitFilter) =>
  infiniteQueryOptions({
    queryKey: [SIGMA, 'groups', by, filter],
    queryFn: ({ pageParam, signal }) =>
      apiGet(withProcess('/sigma/hit-groups', filter), sigmaGroupList, {
        params: { ...filter, by, cursor: pageParam, limit: PAGE },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: nextPage,
    staleTime: STALE_MS,
  });

/** One hit by its ref. */
export const hitQuery = (ref: string) =>
  queryOptions({
    queryKey: [SIGMA, 'hit', ref],
    queryFn: ({ signal }) => apiGet(`/sigma/hits/${encodeURIComponent(ref)}`, sigmaHit, { signal }),
    staleTime: STALE_MS,
  });

/** What correlation rules found; `enabled` where it is looked at. */
export const correlatedQuery = queryOptions({
  queryKey: [SIGMA, 'correlated'],
  queryFn: ({ signal }) => apiGet('/sigma/correlated', sigmaCorrelatedList, { signal }),
  staleTime: STALE_MS,
});

/** Rules of all sets, page by page. */
export const rulePagesQuery = (filter: RuleFilter) =>
  infiniteQueryOptions({
    queryKey: [SIGMA, 'rules', filter],
    queryFn: ({ pageParam, signal }) =>
      apiGet('/sigma/rules', sigmaRuleList, {
        params: { ...filter, cursor: pageParam, limit: PAGE },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: nextPage,
    staleTime: STALE_MS,
    placeholderData: keepPreviousData,
  });

/** One rule with its text and where it can be decided. */
export const ruleQuery = (id: string) =>
  queryOptions({
    queryKey: [SIGMA, 'rule', id],
    queryFn: ({ signal }) => apiGet(`/sigma/rules/${encodeURIComponent(id)}`, sigmaRuleDetail, { signal }),
    staleTime: STALE_MS,
  });

/** All sets. */
export const setsQuery = queryOptions({
  queryKey: [SIGMA, 'sets'],
  queryFn: ({ signal }) => apiGet('/sigma/sets', sigmaSetList, { signal }),
  staleTime: STALE_MS,
});

/** One set with its versions, refusals and what there is to choose among. */
export const setQuery = (id: string) =>
  queryOptions({
    queryKey: [SIGMA, 'set', id],
    queryFn: ({ signal }) => apiGet(`/sigma/sets/${encodeURIComponent(id)}`, sigmaSetDetail, { signal }),
    staleTime: 60_000,
  });

/** How far the rules have come; asked for again while they are at work. */
export const progressQuery = queryOptions({
  queryKey: [SIGMA, 'progress'],
  queryFn: ({ signal }) => apiGet('/sigma/runs', sigmaProgress, { signal }),
  refetchInterval: ({ state }: { state: { data: SigmaProgress | undefined } }) =>
    state.data && isWorking(state.data) ? WORKING_MS : false,
});

/** A host by its id or any name of it; fails with 404 where there is none. Kept as the page of hosts keeps it. */
export const hostOfQuery = (idOrName: string) =>
  queryOptions({
    queryKey: ['hosts', 'one', idOrName],
    queryFn: ({ signal }) => apiGet(`/hosts/${encodeURIComponent(idOrName)}`, hostView, { signal }),
    staleTime: 60_000,
    retry: false,
  });

/** Names of hosts to offer, as far as one page tells. */
export const hostNamesQuery = queryOptions({
  queryKey: ['hosts', 'names for sigma'],
  queryFn: ({ signal }) => apiGet('/hosts', hostList, { params: { limit: 500 }, signal }),
  select: ({ items }) => items.map(({ name }) => name),
  staleTime: 60_000,
});

/** Imports there are, as far as one page tells, to say what a switch sets going. */
export const importCountQuery = queryOptions({
  queryKey: ['imports', 'count for sigma'],
  queryFn: ({ signal }) => apiGet('/imports', importList, { params: { limit: 100 }, signal }),
  select: ({ items, nextCursor }) => ({ count: items.length, more: nextCursor !== null }),
  staleTime: 60_000,
});

/** What a pasted text comes to; nothing is kept. */
export const checkQuery = (body: z.input<typeof checkSigmaBody>) =>
  queryOptions({
    queryKey: [SIGMA, 'check', body],
    queryFn: () => apiPost('/sigma/check', body, sigmaCheck),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    retry: false,
  });

/** A back-test; asked for again until it has ended. */
export const sigmaBacktestQuery = (id: string) =>
  queryOptions({
    queryKey: ['sigma backtests', id],
    queryFn: ({ signal }) => apiGet(`/sigma/backtests/${encodeURIComponent(id)}`, sigmaBacktest, { signal }),
    refetchInterval: ({ state }) =>
      state.data?.state === 'waiting' || state.data?.state === 'running' ? 1_000 : false,
    retry: false,
  });

/** What people said is normal of hits. */
export const sigmaBaselinesQuery = queryOptions({
  queryKey: [SIGMA, 'baselines'],
  queryFn: ({ signal }) => apiGet('/sigma/baselines', sigmaBaselineList, { signal }),
  staleTime: STALE_MS,
});

/** What a baseline would cover now. */
export const baselinePreviewQuery = (pattern: BaselinePattern) =>
  queryOptions({
    queryKey: [SIGMA, 'baseline preview', pattern],
    queryFn: () => apiPost('/sigma/baselines/preview', pattern, sigmaBaselinePreview),
    staleTime: STALE_MS,
    retry: false,
    placeholderData: keepPreviousData,
  });

'use client';

import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { apiGet, apiPost } from '@/components/shared/apiClient';
import { analyticList } from '@/lib/contracts/analytics';
import { hostLedger } from '@/lib/contracts/coverage';
import { findingList } from '@/lib/contracts/findings';
import {
  type HostClockBody,
  type HostIdentityBody,
  type HostView,
  hostHealth,
  hostList,
  hostUsers,
  hostView,
} from '@/lib/contracts/hosts';

type HostPage = { nextCursor: string | null };

/** Hosts in order of name, page by page. */
export const hostsQuery = infiniteQueryOptions({
  queryKey: ['hosts', 'list'],
  queryFn: ({ pageParam, signal }) =>
    apiGet('/hosts', hostList, { params: { cursor: pageParam, limit: 100 }, signal }),
  initialPageParam: null as string | null,
  getNextPageParam: (last: HostPage) => last.nextCursor,
});

/** One host by id or name. */
export const hostQuery = (id: string) =>
  queryOptions({
    queryKey: ['hosts', 'one', id],
    queryFn: ({ signal }) => apiGet(`/hosts/${encodeURIComponent(id)}`, hostView, { signal }),
  });

/** What its telemetry was, kind by kind over time. */
export const hostHealthQuery = (id: string) =>
  queryOptions({
    queryKey: ['hosts', 'one', id, 'health'],
    queryFn: ({ signal }) => apiGet(`/hosts/${encodeURIComponent(id)}/health`, hostHealth, { signal }),
    staleTime: 30_000,
  });

/** What it delivered, and what is missing of it. */
export const hostLedgerQuery = (id: string) =>
  queryOptions({
    queryKey: ['hosts', 'one', id, 'ledger'],
    queryFn: ({ signal }) => apiGet(`/hosts/${encodeURIComponent(id)}/ledger`, hostLedger, { signal }),
    staleTime: 30_000,
  });

/** Accounts seen on it. */
export const hostUsersQuery = (id: string) =>
  queryOptions({
    queryKey: ['hosts', 'one', id, 'users'],
    queryFn: ({ signal }) => apiGet(`/hosts/${encodeURIComponent(id)}/users`, hostUsers, { signal }),
    staleTime: 30_000,
  });

/** Its findings, decided and suppressed ones too, the newest first. */
export const hostFindingsQuery = (name: string) =>
  infiniteQueryOptions({
    queryKey: ['hosts', 'findings', name],
    queryFn: ({ pageParam, signal }) =>
      apiGet('/findings', findingList, {
        params: {
          host: name,
          suppressed: 'any',
          sort: 'newest',
          cursor: pageParam,
          limit: 100,
        },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last: HostPage) => last.nextCursor,
    staleTime: 15_000,
  });

/** Title of each stage by `ANALYTIC/stage`, in the order of the stories. */
export const stageTitlesQuery = queryOptions({
  queryKey: ['analytics', 'list'],
  queryFn: ({ signal }) => apiGet('/analytics', analyticList, { signal }),
  staleTime: 15_000,
  select: ({ items }) =>
    new Map<string, string>(
      items.flatMap(({ id, stages }) =>
        stages.map(({ id: stage, title }) => [`${id}/${stage}`, title] as const),
      ),
    ),
});

/** Says what a name is; the hosts, and in a moment their findings, follow. */
export function useDecideIdentity(id: string) {
  return useHostDecision<HostIdentityBody>(id, 'identity');
}

/** Says whether a product's clock is moved on this host. */
export function useDecideClock(id: string) {
  return useHostDecision<HostClockBody>(id, 'clock');
}

function useHostDecision<Body>(id: string, what: 'identity' | 'clock') {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Body) => apiPost(`/hosts/${encodeURIComponent(id)}/${what}`, body, hostView),
    onSuccess: (host: HostView) => {
      client.setQueryData(hostQuery(host.id).queryKey, host);
      void client.invalidateQueries({ queryKey: ['hosts'] });
    },
  });
}

'use client';

import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { apiGet, apiPost } from '@/components/shared/apiClient';
import {
  type HostClockBody,
  type HostIdentityBody,
  type HostView,
  hostList,
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

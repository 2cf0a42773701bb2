'use client';

import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import {
  type BaselineState,
  baselineList,
  baselineOutlook,
  baselineProposal,
  baselineView,
} from '@/lib/contracts/baselines';
import { apiGet, apiPost } from '../apiClient';
import { LISTS } from '../findingCache';

/** How many baselines are asked for at once; the screen says when there may be more. */
export const MOST_BASELINES = 200;

/** Baselines of one analytic or (null) of all, of one state or (null) of any. */
export const baselinesQuery = (analytic: string | null, state: BaselineState | null) =>
  queryOptions({
    queryKey: ['baselines', 'list', analytic, state],
    queryFn: ({ signal }) =>
      apiGet('/baselines', baselineList, { params: { analytic, state, limit: MOST_BASELINES }, signal }),
  });

/** Patterns for a finding and others with it, each with what it would hide; the stored findings may change meanwhile. */
export const baselineProposalQuery = (finding: string, others: readonly string[]) =>
  queryOptions({
    queryKey: ['baselines', 'proposal', finding, others],
    queryFn: ({ signal }) =>
      apiGet(`/findings/${encodeURIComponent(finding)}/baseline-proposal`, baselineProposal, {
        params: { others: others.join(',') },
        signal,
      }),
    staleTime: 0,
    refetchOnWindowFocus: false,
    retry: false,
  });

/** What would come back without a baseline, and what happened to it. */
export const baselineOutlookQuery = (id: string) =>
  queryOptions({
    queryKey: ['baselines', 'outlook', id],
    queryFn: ({ signal }) =>
      apiGet(`/baselines/${encodeURIComponent(id)}/outlook`, baselineOutlook, { signal }),
  });

/** Saves a tried baseline: in force at once, or waiting for a second person. */
export function useSaveBaseline() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { backtest: string; note: string; acceptLoss?: boolean }) =>
      apiPost('/baselines', body, baselineView),
    // Nearly everything may have changed; the queue's rows stay until they are asked for again.
    onSuccess: () =>
      client.invalidateQueries({
        predicate: ({ queryKey: [what, part] }) => what !== LISTS[0] || part !== LISTS[1],
      }),
  });
}

/** Puts a waiting baseline in force, as a second person. */
export function useApproveBaseline() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, note }: { id: string; note: string }) =>
      apiPost(`/baselines/${encodeURIComponent(id)}/approve`, { note }, baselineView),
    onSettled: () => client.invalidateQueries(),
  });
}

/** Ends a baseline: what it hid comes back. */
export function useRevokeBaseline() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, reason }: { id: string; reason: string }) =>
      apiPost(`/baselines/${encodeURIComponent(id)}/revoke`, { reason }, baselineView),
    onSuccess: () => client.invalidateQueries(),
  });
}

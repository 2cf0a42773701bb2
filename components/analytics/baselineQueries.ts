'use client';

import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { apiGet, apiPost } from '@/components/shared/apiClient';
import { baselineList, baselineView } from '@/lib/contracts/analytics';

type BaselineState = 'active' | 'expired' | 'revoked';

/** How many baselines are asked for at once; the screen says when there may be more. */
export const MOST_BASELINES = 200;

/** Baselines of one analytic or (null) of all, of one state or (null) of any. */
export const baselinesQuery = (analytic: string | null, state: BaselineState | null) =>
  queryOptions({
    queryKey: ['baselines', 'list', analytic, state],
    queryFn: ({ signal }) =>
      apiGet('/baselines', baselineList, { params: { analytic, state, limit: MOST_BASELINES }, signal }),
  });

/** Puts a tried baseline in force. */
export function useSaveBaseline() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { backtest: string; note: string }) => apiPost('/baselines', body, baselineView),
    onSuccess: () => client.invalidateQueries(),
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

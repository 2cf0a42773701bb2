'use client';

import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { type AnalyticChange, type BacktestView, backtestView } from '@/lib/contracts/analytics';
import { apiDelete, apiGet, apiPost } from '../apiClient';
import { isTrying } from './backtestWords';

const RUNNING_MS = 700;

/** One back-test; asked for again while it runs. */
export const backtestQuery = (id: string) =>
  queryOptions({
    queryKey: ['backtests', id],
    queryFn: ({ signal }) => apiGet(`/backtests/${encodeURIComponent(id)}`, backtestView, { signal }),
    refetchInterval: (query) => (query.state.data && isTrying(query.state.data) ? RUNNING_MS : false),
    retry: false,
  });

/** Tries a change on stored events: on all, or only on those of `imports`. */
export function useStartBacktest(subject: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { change: AnalyticChange; imports: readonly string[] }) =>
      apiPost(`/analytics/${encodeURIComponent(subject)}/backtest`, body, backtestView),
    onSuccess: (view: BacktestView) => client.setQueryData(backtestQuery(view.id).queryKey, view),
  });
}

export function useCancelBacktest() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => apiDelete(`/backtests/${encodeURIComponent(id)}`, z.unknown()),
    onSettled: (_answer, _error, id) => client.invalidateQueries({ queryKey: backtestQuery(id).queryKey }),
  });
}

'use client';

import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { apiGet, apiPost, apiPut } from '@/components/shared/apiClient';
import {
  analyticList,
  analyticView,
  environmentView,
  rerunProgress,
  settingVersions,
  validateAnswer,
  vocabularyView,
} from '@/lib/contracts/analytics';

const HISTORY_MS = 1500;

/** Address of an analytic, or of `environment`, in the API. */
export function subjectPath(subject: string): string {
  return `/analytics/${encodeURIComponent(subject)}`;
}

/** Every analytic, disabled ones too. */
export const analyticsQuery = queryOptions({
  queryKey: ['analytics', 'list'],
  queryFn: ({ signal }) => apiGet('/analytics', analyticList, { signal }),
  staleTime: 15_000,
});

export const analyticQuery = (id: string) =>
  queryOptions({
    queryKey: ['analytics', 'one', id],
    queryFn: ({ signal }) => apiGet(subjectPath(id), analyticView, { signal }),
  });

/** Saved changes of an analytic, or of `environment`, newest first. */
export const versionsQuery = (subject: string) =>
  queryOptions({
    queryKey: ['analytics', 'versions', subject],
    queryFn: ({ signal }) => apiGet(`${subjectPath(subject)}/versions`, settingVersions, { signal }),
  });

export const environmentQuery = queryOptions({
  queryKey: ['analytics', 'environment'],
  queryFn: ({ signal }) => apiGet(subjectPath('environment'), environmentView, { signal }),
});

/** What the editor completes with; changes only with the product and the shared lists. */
export const vocabularyQuery = queryOptions({
  queryKey: ['analytics', 'vocabulary'],
  queryFn: ({ signal }) => apiGet('/analytics/vocabulary', vocabularyView, { signal }),
  staleTime: 5 * 60_000,
});

/** What is wrong with a definition, by place; the answer belongs to exactly this text. */
export const validationQuery = (yaml: string) =>
  queryOptions({
    queryKey: ['analytics', 'validation', yaml],
    queryFn: () => apiPost('/analytics/validate', { yaml }, validateAnswer),
    staleTime: 60_000,
    gcTime: 30_000,
    retry: false,
  });

/** Hosts whose findings are still being brought up to date; asked for again while there are any. */
export const rerunQuery = queryOptions({
  queryKey: ['analytics', 'rerun'],
  queryFn: ({ signal }) => apiGet('/analytics/rerun', rerunProgress, { signal }),
  refetchInterval: (query) => ((query.state.data?.waiting ?? 0) > 0 ? HISTORY_MS : false),
  retry: false,
});

/** Puts a tried change of an analytic or of the environment in force. Throws a 409 when something changed since. */
export function useSaveChange(subject: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { backtest: string; note: string }) => apiPut(subjectPath(subject), body, z.unknown()),
    // Findings, counts and coverage follow.
    onSuccess: () => client.invalidateQueries(),
  });
}

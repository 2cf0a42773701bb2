'use client';

import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { apiDelete, apiGet, apiPost, apiPut } from '@/components/shared/apiClient';
import { type SavedView, savedView, savedViewList, type saveViewBody } from '@/lib/contracts/triage';

const VIEWS_KEY = ['views'];

/** Saved views, shared ones and one's own, with how many findings each shows now. */
export const savedViewsQuery = queryOptions({
  queryKey: VIEWS_KEY,
  queryFn: ({ signal }) => apiGet('/views', savedViewList, { signal }),
  refetchInterval: 60_000,
  staleTime: 15_000,
});

export type ViewInput = z.infer<typeof saveViewBody> & { id?: number };

/** Keeps a view under a name; with an id, changes that one. */
export function useSaveView() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: ViewInput): Promise<SavedView> =>
      id === undefined ? apiPost('/views', body, savedView) : apiPut(`/views/${id}`, body, savedView),
    onSuccess: () => client.invalidateQueries({ queryKey: VIEWS_KEY }),
  });
}

/** Deletes a view of one's own. */
export function useDeleteView() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => apiDelete(`/views/${id}`, savedViewList),
    onSuccess: (list) => client.setQueryData(VIEWS_KEY, list),
  });
}

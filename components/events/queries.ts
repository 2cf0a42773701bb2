'use client';

import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { apiDelete, apiGet, apiPost } from '@/components/shared/apiClient';
import {
  type EventValues,
  eventList,
  eventValues,
  savedSearch,
  type savedSearchBody,
  savedSearchList,
} from '@/lib/contracts/events';

/** Values of a field that begin with a text; for completion while typing. */
export function readValues(field: string, prefix: string, signal: AbortSignal): Promise<EventValues> {
  return apiGet('/events/values', eventValues, { params: { field, prefix, limit: 20 }, signal });
}

/** Whether anything at all matches, in a time range; asked for one part of a search that found nothing. */
export function anyMatchQuery(q: string, from: string | null, to: string | null) {
  return queryOptions({
    queryKey: ['events', 'any', q, from, to],
    queryFn: async ({ signal }) => {
      const page = await apiGet('/events', eventList, { params: { q, from, to, limit: 1 }, signal });
      return page.items.length > 0;
    },
    staleTime: 60_000,
    retry: false,
  });
}

/** Saved searches: one's own and those that are shared. */
export const savedSearchesQuery = queryOptions({
  queryKey: ['searches'],
  queryFn: ({ signal }) => apiGet('/searches', savedSearchList, { signal }),
  staleTime: 60_000,
});

export type SavedSearchBody = z.input<typeof savedSearchBody>;

export function useSaveSearch() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: SavedSearchBody) => apiPost('/searches', body, savedSearch),
    onSuccess: () => client.invalidateQueries({ queryKey: ['searches'] }),
  });
}

export function useDeleteSearch() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => apiDelete(`/searches/${id}`, z.object({})),
    onSuccess: () => client.invalidateQueries({ queryKey: ['searches'] }),
  });
}

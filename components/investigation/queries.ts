import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { apiGet } from '@/components/shared/apiClient';
import { findingList } from '@/lib/contracts/findings';
import { lineageView } from '@/lib/contracts/lineage';
import { timelineView } from '@/lib/contracts/timeline';
import { queueParams } from './nextFinding';

const path = (id: string, rest = '') => `/findings/${encodeURIComponent(id)}${rest}`;

/** Processes the server sends unless asked for more. */
export const FIRST_PROCESSES = 500;

/** `limit` grows when a fold that was opened still holds more. With nothing opened it is what the queue's preview read. */
export function lineageQueryOptions(id: string, expand: readonly string[], limit: number) {
  const plain = expand.length === 0 && limit === FIRST_PROCESSES;
  const sorted = [...expand].sort();
  return queryOptions({
    queryKey: ['findings', id, 'lineage', ...(plain ? ['path'] : [sorted, limit])],
    queryFn: ({ signal }) =>
      apiGet(path(id, '/lineage'), lineageView, {
        params: plain ? {} : { expand: sorted.join(','), limit },
        signal,
      }),
    // While folds open, the drawing stays; another finding's never stands in.
    placeholderData: (previous, query) => (query?.queryKey[1] === id ? previous : undefined),
    staleTime: 60_000,
  });
}

export function timelineQueryOptions(id: string) {
  return infiniteQueryOptions({
    queryKey: ['findings', id, 'timeline'],
    queryFn: ({ signal, pageParam }) =>
      apiGet(path(id, '/timeline'), timelineView, { params: { limit: 2000, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    staleTime: 60_000,
  });
}

/** The first of the queue this finding was opened from, in its own order. */
export function queueQueryOptions(queue: string) {
  return queryOptions({
    queryKey: ['findings', 'queue', queue],
    queryFn: ({ signal }) =>
      apiGet('/findings', findingList, { params: { ...queueParams(queue), limit: 200 }, signal }),
    staleTime: 30_000,
  });
}

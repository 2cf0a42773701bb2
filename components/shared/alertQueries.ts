import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { type AlertList, type AlertQuery, alertList } from '@/lib/contracts/alerts';
import { apiGet } from './apiClient';

/** Vendor alerts that match, newest first, page by page. */
export function alertPagesQuery(filter: Omit<AlertQuery, 'cursor' | 'limit'>) {
  return infiniteQueryOptions({
    queryKey: ['alerts', 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      apiGet('/alerts', alertList, { params: { ...filter, cursor: pageParam, limit: 100 }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last: AlertList) => last.nextCursor,
  });
}

/** How many vendor alerts there are, and how many no chain explains. */
export const alertCountsQuery = queryOptions({
  queryKey: ['alerts', 'counts'],
  queryFn: ({ signal }) => apiGet('/alerts', alertList, { params: { limit: 1 }, signal }),
  select: (list: AlertList) => list.counts,
  staleTime: 15_000,
});

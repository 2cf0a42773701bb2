import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { type EventList, eventList, eventSummary } from '@/lib/contracts/events';
import { apiGet } from '../apiClient';
import { type EventOrder, type EventScope, scopeParams } from './eventSearch';

const PAGE = 200;

/** Events that match, page by page. A broken query is never to be given. */
export function eventPagesQuery(scope: EventScope, order: EventOrder, host?: string) {
  const params = { ...scopeParams(scope), ...(host === undefined ? {} : { host }), order };
  return infiniteQueryOptions({
    queryKey: ['events', 'list', params],
    queryFn: ({ pageParam, signal }) =>
      apiGet('/events', eventList, { params: { ...params, cursor: pageParam, limit: PAGE }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last: EventList) => last.nextCursor,
    staleTime: 30_000,
    refetchOnWindowFocus: false,
  });
}

/** How many events match, when, with which values of the facets, and what could not have been recorded. */
export function eventSummaryQuery(scope: EventScope, facets: readonly string[]) {
  const params = {
    ...scopeParams(scope),
    ...(facets.length === 0 ? {} : { facets: facets.join(',') }),
  };
  return queryOptions({
    queryKey: ['events', 'summary', params],
    queryFn: ({ signal }) => apiGet('/events/summary', eventSummary, { params, signal }),
    staleTime: 30_000,
    refetchOnWindowFocus: false,
  });
}

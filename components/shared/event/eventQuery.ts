import { queryOptions } from '@tanstack/react-query';
import { eventDetail } from '@/lib/contracts/events';
import { apiGet } from '../apiClient';

/** A stored event never changes. */
export function eventQueryOptions(id: string) {
  return queryOptions({
    queryKey: ['events', id],
    queryFn: ({ signal }) => apiGet(`/events/${encodeURIComponent(id)}`, eventDetail, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

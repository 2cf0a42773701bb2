import { queryOptions } from '@tanstack/react-query';
import { apiGet } from '@/components/shared/apiClient';
import type { DensityKey } from '@/components/shared/timeline/timelineData';
import type { TimeWindow } from '@/components/shared/timeline/timeScale';
import { formatMicros, micros } from '@/lib/base/time';
import { timelineView } from '@/lib/contracts/timeline';

const path = (id: string, rest = '') => `/findings/${encodeURIComponent(id)}${rest}`;

/** What the overview's density is counted by; the API's own default. */
export const OVERVIEW_BY: DensityKey = 'kind';

/** The whole span: all its events when they are few, else those that must be drawn, and the density of all. */
export function timelineQueryOptions(id: string) {
  return queryOptions({
    queryKey: ['findings', id, 'timeline', 'overview'],
    queryFn: ({ signal }) => apiGet(path(id, '/timeline'), timelineView, { signal }),
    staleTime: 60_000,
  });
}

/** One window of it, in microseconds, for when the whole span is too much to be sent. */
export function timelineWindowQueryOptions(id: string, window: TimeWindow, by: DensityKey) {
  return queryOptions({
    queryKey: ['findings', id, 'timeline', by, window.from, window.to],
    queryFn: ({ signal }) =>
      apiGet(path(id, '/timeline'), timelineView, {
        params: { from: formatMicros(micros(window.from)), to: formatMicros(micros(window.to)), by },
        signal,
      }),
    // The window before stays until the next is there, unless it is counted by something else or of another finding.
    placeholderData: (previous, query) =>
      query?.queryKey[1] === id && query.queryKey[3] === by ? previous : undefined,
    staleTime: 60_000,
  });
}

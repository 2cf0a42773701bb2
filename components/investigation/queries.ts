import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { apiGet, apiPost } from '@/components/shared/apiClient';
import { eventDetail } from '@/lib/contracts/events';
import { findingDetail, findingList } from '@/lib/contracts/findings';
import { lineageView } from '@/lib/contracts/lineage';
import type { VerdictValue } from '@/lib/contracts/scalars';
import { timelineView } from '@/lib/contracts/timeline';
import { queueParams } from './nextFinding';

const path = (id: string, rest = '') => `/findings/${encodeURIComponent(id)}${rest}`;

export function findingQueryOptions(id: string) {
  return queryOptions({
    queryKey: ['findings', id],
    queryFn: ({ signal }) => apiGet(path(id), findingDetail, { signal }),
  });
}

/** `limit` grows when a fold that was opened still holds more. */
export function lineageQueryOptions(id: string, expand: readonly string[], limit: number) {
  const sorted = [...expand].sort();
  return queryOptions({
    queryKey: ['findings', id, 'lineage', sorted, limit],
    queryFn: ({ signal }) =>
      apiGet(path(id, '/lineage'), lineageView, { params: { expand: sorted.join(','), limit }, signal }),
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

/** A stored event never changes. */
export function eventQueryOptions(id: string) {
  return queryOptions({
    queryKey: ['events', id],
    queryFn: ({ signal }) => apiGet(`/events/${encodeURIComponent(id)}`, eventDetail, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
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

export type VerdictInput = { id: string; verdict: VerdictValue | null; reason: string; revision?: number };

export function giveVerdict({ id, ...body }: VerdictInput): Promise<unknown> {
  return apiPost(path(id, '/verdict'), body, z.unknown());
}

export function assignFinding({
  id,
  ...body
}: {
  id: string;
  assignee: string | null;
  revision?: number;
}): Promise<unknown> {
  return apiPost(path(id, '/assign'), body, z.unknown());
}

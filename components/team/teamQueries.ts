'use client';

import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { apiGet } from '@/components/shared/apiClient';
import {
  type MetricItems,
  type MetricListQuery,
  type MetricsQuery,
  metricItems,
  metricsView,
} from '@/lib/contracts/metrics';

const STALE_MS = 30_000;

/** All numbers of the page. */
export const teamQuery = (query: MetricsQuery) =>
  queryOptions({
    queryKey: ['metrics', 'view', query],
    queryFn: ({ signal }) => apiGet('/metrics', metricsView, { params: query, signal }),
    staleTime: STALE_MS,
    placeholderData: keepPreviousData,
  });

/** What a number is made of, page by page. */
export const itemsQuery = (query: MetricListQuery) =>
  infiniteQueryOptions({
    queryKey: ['metrics', 'items', query],
    queryFn: ({ pageParam, signal }) =>
      apiGet('/metrics/items', metricItems, { params: { ...query, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last: MetricItems) => last.nextCursor,
    staleTime: STALE_MS,
  });

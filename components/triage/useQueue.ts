'use client';

import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { FindingPages } from '@/components/shared/findingCache';
import { findingPagesQuery, findingPulseQuery, newFindingsQuery } from '@/components/shared/findingQueries';
import { importsQuery, isPending } from '@/components/shared/importQueries';
import type { FindingQuery } from '@/lib/contracts/findings';
import { pagesUpTo, queueRows } from './queue';

const CALM_MS = 30_000;
const WORKING_MS = 2_000;
/** Fewer rows than this, and more of the queue is read unasked: what is decided leaves, and must be followed by others. */
const FEW_ROWS = 60;

/**
 * The queue as it was asked for, what is known of it now, and how many findings have come since. The list itself only
 * changes by what is decided here, by reading on, and by `showFresh`.
 */
export function useQueue(query: FindingQuery, undecidedOnly: boolean) {
  const client = useQueryClient();
  const working = useQuery({ ...importsQuery, select: (list) => list.items.some(isPending) });
  const pages = useInfiniteQuery({ ...findingPagesQuery(query), placeholderData: keepPreviousData });
  const pulse = useQuery(findingPulseQuery(query, working.data ? WORKING_MS : CALM_MS));
  const asOf = pages.isPlaceholderData ? undefined : pages.data?.pages[0]?.asOf;
  const fresh = useQuery(newFindingsQuery(query, asOf));

  const now = pulse.data ?? pages.data?.pages[0];
  const rows = useMemo(
    () => queueRows(pages.data?.pages ?? [], pulse.data, undecidedOnly),
    [pages.data, pulse.data, undecidedOnly],
  );
  const places = useMemo(() => new Map(rows.map(({ id }, place) => [id, place])), [rows]);

  const { hasNextPage, isFetching, isError, fetchNextPage } = pages;
  const readOn = () => {
    if (hasNextPage && !isFetching && !isError) void fetchNextPage({ cancelRefetch: false });
  };
  const tooFew = rows.length < FEW_ROWS && hasNextPage && !isFetching && !isError;
  useEffect(() => {
    if (tooFew) void fetchNextPage({ cancelRefetch: false });
  }, [tooFew, fetchNextPage]);

  /** Reads the list anew, as far as the selected row was: that row stays in hand. */
  const showFresh = (selected: string | null) => {
    const { queryKey } = findingPagesQuery(query);
    const keep = pagesUpTo(pages.data?.pages ?? [], selected);
    client.setQueryData<FindingPages>(
      queryKey,
      (data) => data && { pages: data.pages.slice(0, keep), pageParams: data.pageParams.slice(0, keep) },
    );
    void pages.refetch();
    void pulse.refetch();
  };

  return {
    pages,
    pulse,
    now,
    rows,
    /** Where a row is, by id. */
    places,
    total: hasNextPage ? Math.max(rows.length, now?.total ?? 0) : rows.length,
    fresh: fresh.data?.count ?? 0,
    readOn,
    showFresh,
  };
}

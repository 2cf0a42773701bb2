'use client';

import { infiniteQueryOptions } from '@tanstack/react-query';
import { apiGet, apiPath } from '@/components/shared/apiClient';
import { type QuarantineList, quarantineList } from '@/lib/contracts/imports';

/** Refused records of one import, in the order they stand in the file. */
export const quarantineQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['imports', 'quarantine', id],
    queryFn: ({ pageParam, signal }) =>
      apiGet(`/imports/${encodeURIComponent(id)}/quarantine`, quarantineList, {
        params: { cursor: pageParam, limit: 50 },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last: QuarantineList) => last.nextCursor,
  });

/** Address of the bytes as they were uploaded. */
export function originalHref(id: string): string {
  return apiPath(`/imports/${encodeURIComponent(id)}/original`);
}

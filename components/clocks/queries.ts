'use client';

import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { apiGet, apiPut } from '@/components/shared/apiClient';
import { readAllButRows } from '@/components/shared/findingCache';
import type { Severity } from '@/lib/contracts/scalars';
import { serviceClocks } from '@/lib/contracts/triage';

const CLOCKS = ['service-clocks'];

/** How long findings of each severity may wait. */
export const clocksQuery = queryOptions({
  queryKey: CLOCKS,
  queryFn: ({ signal }) => apiGet('/service-clocks', serviceClocks, { signal }),
});

/** Sets them all at once; every due time in the queue follows. */
export function useSetClocks() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (items: { severity: Severity; minutes: number }[]) =>
      apiPut('/service-clocks', { items }, serviceClocks),
    onSuccess: (clocks) => {
      client.setQueryData(CLOCKS, clocks);
      void readAllButRows(client);
    },
  });
}

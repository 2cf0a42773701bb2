'use client';

import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { apiGet, apiPath } from '@/components/shared/apiClient';
import { type AuditList, auditList } from '@/lib/contracts/audit';
import { formatList } from '@/lib/contracts/formats';
import {
  type ImportView,
  type QuarantineList,
  quarantineGroups,
  quarantineList,
} from '@/lib/contracts/imports';

/** Part of a key that changes when the quarantine does, so that what is shown is read again. */
type Held = Pick<ImportView, 'id' | 'records' | 'clearing'>;

function quarantineKey({ id, records, clearing }: Held): readonly unknown[] {
  return ['imports', 'quarantine', id, records.quarantined, clearing];
}

/** Why records of one import are in quarantine, each reason once. */
export const quarantineGroupsQuery = (thisImport: Held) =>
  queryOptions({
    queryKey: [...quarantineKey(thisImport), 'groups'],
    queryFn: ({ signal }) =>
      apiGet(`/imports/${encodeURIComponent(thisImport.id)}/quarantine/groups`, quarantineGroups, { signal }),
  });

/** Refused records of one import and one reason, in the order they stand in the file. */
export const quarantineQuery = (thisImport: Held, group: string) =>
  infiniteQueryOptions({
    queryKey: [...quarantineKey(thisImport), group],
    queryFn: ({ pageParam, signal }) =>
      apiGet(`/imports/${encodeURIComponent(thisImport.id)}/quarantine`, quarantineList, {
        params: { cursor: pageParam, limit: 50, reason: group },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last: QuarantineList) => last.nextCursor,
  });

/** What was done to one import, newest first. */
export const activityQuery = ({ id, state, clearing }: Pick<ImportView, 'id' | 'state' | 'clearing'>) =>
  infiniteQueryOptions({
    queryKey: ['imports', 'activity', id, state, clearing],
    queryFn: ({ pageParam, signal }) =>
      apiGet('/audit', auditList, {
        params: { subject: `import:${id}`, cursor: pageParam, limit: 50 },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last: AuditList) => last.nextCursor,
  });

/** The formats that can be chosen; they change only with the product. */
export const formatsQuery = queryOptions({
  queryKey: ['formats'],
  queryFn: ({ signal }) => apiGet('/formats', formatList, { signal }),
  staleTime: Number.POSITIVE_INFINITY,
});

/** Address of the bytes as they were uploaded. */
export function originalHref(id: string): string {
  return apiPath(`/imports/${encodeURIComponent(id)}/original`);
}

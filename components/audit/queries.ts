'use client';

import { infiniteQueryOptions } from '@tanstack/react-query';
import { apiGet, apiPath } from '@/components/shared/apiClient';
import { type AuditList, type AuditVerification, auditList, auditVerification } from '@/lib/contracts/audit';
import { type AuditFilters, auditParams } from './auditFilters';

/** Entries that match, newest first. */
export const auditQuery = (filters: AuditFilters) =>
  infiniteQueryOptions({
    queryKey: ['audit', filters],
    queryFn: ({ pageParam, signal }) =>
      apiGet('/audit', auditList, {
        params: { ...auditParams(filters), cursor: pageParam, limit: 100 },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last: AuditList) => last.nextCursor,
  });

/** Has the server read the whole trail and compute every hash anew; `head` is one that was kept. */
export function verifyAudit(head: string): Promise<AuditVerification> {
  return apiGet('/audit/verification', auditVerification, { params: { head } });
}

/** Address of the entries that match as a file. */
export function auditExportHref(filters: AuditFilters, format: 'ndjson' | 'csv'): string {
  return apiPath('/audit/export', { ...auditParams(filters), format });
}

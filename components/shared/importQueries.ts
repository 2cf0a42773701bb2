'use client';

import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { type ImportView, importList, importView } from '@/lib/contracts/imports';
import { apiGet, apiPost } from './apiClient';

const WORKING_MS = 1000;

/** Whether the server is still busy with it. */
export function isPending(thisImport: Pick<ImportView, 'state'>): boolean {
  return thisImport.state !== 'done' && thisImport.state !== 'failed';
}

/** The newest imports; asked for again each second while one is pending, and not otherwise. */
export const importsQuery = queryOptions({
  queryKey: ['imports', 'list'],
  queryFn: ({ signal }) => apiGet('/imports', importList, { params: { limit: 100 }, signal }),
  refetchInterval: (query) => (query.state.data?.items.some(isPending) ? WORKING_MS : false),
});

/** Stores the invented recording that ships with the product, and starts working on it. */
export function useImportSample() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => apiPost('/imports/sample', {}, importView),
    onSuccess: () => client.invalidateQueries({ queryKey: ['imports'] }),
  });
}

'use client';

import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { apiDelete, apiGet, apiPath, apiPost, apiPut } from '@/components/shared/apiClient';
import { importView } from '@/lib/contracts/imports';
import {
  type Mapping,
  mappingDeletion,
  mappingList,
  mappingPreview,
  mappingView,
} from '@/lib/contracts/mappings';

/** Saved mappings, in order of name. */
export const mappingsQuery = queryOptions({
  queryKey: ['mappings', 'list'],
  queryFn: ({ signal }) => apiGet('/mappings', mappingList, { signal }),
});

/** What is previewed: a file of an import, with a mapping or with a guess (null). */
export type PreviewOf = { importId: string; member: string | null; mapping: Mapping | null };

/** The first records of a file as a mapping reads them; the last answer stays while the next one is made. */
export const previewQuery = ({ importId, member, mapping }: PreviewOf) =>
  queryOptions({
    queryKey: ['mappings', 'preview', importId, member, mapping],
    queryFn: () =>
      apiPost(
        '/mappings/preview',
        { importId, ...(member === null ? {} : { member }), ...(mapping === null ? {} : { mapping }) },
        mappingPreview,
      ),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    retry: false,
  });

/** Address of a mapping as a file. */
export function exportHref(id: string): string {
  return apiPath(`/mappings/${encodeURIComponent(id)}/export`);
}

/** Saves a new mapping, or the next version of the one with this id. */
export function useSaveMapping(existing: string | null) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (mapping: Mapping) => {
      const { id, version, ...body } = mapping;
      return existing === null
        ? apiPost('/mappings', body, mappingView)
        : apiPut(`/mappings/${encodeURIComponent(existing)}`, { ...body, id, version }, mappingView);
    },
    // The list of formats has it too.
    onSuccess: () => client.invalidateQueries(),
  });
}

/** Takes a mapping that another Sequela exported. */
export function useTakeMapping() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (file: unknown) => apiPost('/mappings', file, mappingView),
    onSuccess: () => client.invalidateQueries(),
  });
}

export function useDeleteMapping() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => apiDelete(`/mappings/${encodeURIComponent(id)}`, mappingDeletion),
    onSuccess: () => client.invalidateQueries(),
  });
}

/** Has an import read again with a mapping: all of it, or one file of its archive. */
export function useReadAgain(importId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ format, member }: { format: string; member: string | null }) =>
      apiPost(
        `/imports/${encodeURIComponent(importId)}/reparse`,
        member === null ? { format } : { memberFormats: { [member]: format } },
        importView,
      ),
    onSuccess: () => client.invalidateQueries(),
  });
}

'use client';

import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query';
import { apiDelete, apiPost } from '@/components/shared/apiClient';
import { deletionView, type ImportView, importView, type ReparseBody } from '@/lib/contracts/imports';

/** Has an import read again from its stored bytes; the list then shows it being read. */
export function useReparse(id: string): UseMutationResult<ImportView, Error, ReparseBody> {
  return useChange((body: ReparseBody) =>
    apiPost(`/imports/${encodeURIComponent(id)}/reparse`, body, importView),
  );
}

/** Stops an import that is being read. */
export function useCancelImport(id: string): UseMutationResult<ImportView, Error, void> {
  return useChange(() => apiPost(`/imports/${encodeURIComponent(id)}/cancel`, {}, importView));
}

/** Deletes an import. `onDeleted` is called even where the list has dropped the import, and this screen of it, already. */
export function useDeleteImport(
  id: string,
  onDeleted: () => void,
): UseMutationResult<{ id: string }, Error, void> {
  return useChange(() => apiDelete(`/imports/${encodeURIComponent(id)}`, deletionView), onDeleted);
}

function useChange<Given, Answer>(
  change: (given: Given) => Promise<Answer>,
  onDone?: () => void,
): UseMutationResult<Answer, Error, Given> {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => {
      onDone?.();
      // Everything on screen may rest on the records of an import: events, hosts, findings.
      return client.invalidateQueries();
    },
  });
}

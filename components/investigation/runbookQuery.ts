import { queryOptions } from '@tanstack/react-query';
import { apiGet } from '@/components/shared/apiClient';
import { runbookView } from '@/lib/contracts/findings';

/** The runbook with its answers: asked for when somebody opens it, since each answer is a search. */
export const runbookQueryOptions = (id: string) =>
  queryOptions({
    queryKey: ['findings', id, 'runbook'],
    queryFn: ({ signal }) => apiGet(`/findings/${encodeURIComponent(id)}/runbook`, runbookView, { signal }),
    staleTime: 120_000,
  });

import { queryOptions } from '@tanstack/react-query';
import { caseDetail } from '@/lib/contracts/cases';
import { apiGet } from '../apiClient';

/** Everything about one case; queries about a part of it begin with its key. */
export const caseQuery = (id: number) =>
  queryOptions({
    queryKey: ['cases', 'one', id],
    queryFn: ({ signal }) => apiGet(`/cases/${id}`, caseDetail, { signal }),
    staleTime: 10_000,
    refetchInterval: 30_000,
  });

'use client';

import { queryOptions } from '@tanstack/react-query';
import { apiGet } from '@/components/shared/apiClient';
import { sigmaCoverage } from '@/lib/contracts/sigmaCoverage';

/** Which of the Sigma rules that run can be decided where; read again with coverage, of which it is part. */
export const sigmaCoverageQuery = queryOptions({
  queryKey: ['coverage', 'sigma'],
  queryFn: ({ signal }) => apiGet('/sigma/coverage', sigmaCoverage, { signal }),
  staleTime: 60_000,
});

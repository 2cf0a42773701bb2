'use client';

import { queryOptions, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { apiGet } from '@/components/shared/apiClient';
import { sigmaMarks as sigmaMarksAnswer } from '@/lib/contracts/sigmaHits';
import { NO_MARKS, type SigmaMarks, sigmaMarks } from './sigmaMarks';

/** Whose hits are marked. */
export type MarksOf = { type: 'finding' | 'host'; id: string };

/** Hits on a finding's chain or on a host, read once; a change of rules makes it be read again. */
export function sigmaMarksQuery({ type, id }: MarksOf) {
  return queryOptions({
    queryKey: ['sigma', 'marks', type, id],
    queryFn: ({ signal }) =>
      apiGet(`/${type}s/${encodeURIComponent(id)}/sigma`, sigmaMarksAnswer, { signal }),
    staleTime: 60_000,
  });
}

/** Hits by what they stand on. None while they are read and where they could not be, which `failed` tells. */
export function useSigmaMarks(of: MarksOf): { marks: SigmaMarks; failed: boolean; retry: () => void } {
  const { data, isError, refetch } = useQuery(sigmaMarksQuery(of));
  const marks = useMemo(() => (data === undefined ? NO_MARKS : sigmaMarks(data.items, data.total)), [data]);
  return { marks, failed: isError && data === undefined, retry: () => void refetch() };
}

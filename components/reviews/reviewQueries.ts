'use client';

import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { apiGet, apiPost } from '@/components/shared/apiClient';
import { caseQuery } from '@/components/shared/cases/caseQuery';
import { type CaseDetail, caseDetail } from '@/lib/contracts/cases';
import { leadHome, reviewDetail, reviewList, sampleItem, sampleList } from '@/lib/contracts/reviews';
import type { VerdictValue } from '@/lib/contracts/scalars';

/** All rounds of review of a case. */
export const reviewsQuery = (caseId: number) =>
  queryOptions({
    queryKey: [...caseQuery(caseId).queryKey, 'reviews'],
    queryFn: ({ signal }) => apiGet(`/cases/${caseId}/reviews`, reviewList, { signal }),
  });

/** One review with what the analyst saw. */
export const reviewQuery = (id: number) =>
  queryOptions({
    queryKey: ['cases', 'review', id],
    queryFn: ({ signal }) => apiGet(`/reviews/${id}`, reviewDetail, { signal }),
  });

/** The lead's home. */
export const leadHomeQuery = queryOptions({
  queryKey: ['cases', 'lead'],
  queryFn: ({ signal }) => apiGet('/lead', leadHome, { signal }),
  refetchInterval: 60_000,
});

/** Findings drawn for a second verdict. */
export const sampleQuery = queryOptions({
  queryKey: ['cases', 'sample'],
  queryFn: ({ signal }) => apiGet('/second-verdicts', sampleList, { signal }),
});

/** Submits a case, or takes it back. */
export function useSubmitCase(caseId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (act: { act: 'submit'; revision: number; message: string } | { act: 'withdraw' }) =>
      act.act === 'submit'
        ? apiPost(`/cases/${caseId}/submit`, { revision: act.revision, message: act.message }, caseDetail)
        : apiPost(`/cases/${caseId}/submit/withdraw`, {}, caseDetail),
    onSuccess: (changed: CaseDetail) => {
      client.setQueryData(caseQuery(caseId).queryKey, changed);
      void client.invalidateQueries({ queryKey: ['cases'] });
    },
  });
}

export type Remark = {
  text: string;
  pin: { findingId: string | null; eventId: string | null; field: string | null } | null;
};

/** Approves, or sends back with remarks. */
export function useDecideReview(id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: {
      decision: 'approved' | 'sent_back';
      text: string;
      comments: readonly Remark[];
      outcome: VerdictValue | null;
    }) => apiPost(`/reviews/${id}`, body, reviewDetail),
    onSuccess: () => client.invalidateQueries({ queryKey: ['cases'] }),
  });
}

/** Draws closed false positives at random. */
export function useDrawSample() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (size: number) => apiPost('/second-verdicts', { size }, sampleList),
    onSuccess: () => client.invalidateQueries({ queryKey: ['cases'] }),
  });
}

/** Judges a drawn finding. */
export function useGiveSecond() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...body }: { id: number; verdict: VerdictValue; reason: string }) =>
      apiPost(`/second-verdicts/${id}`, body, sampleItem),
    onSuccess: () => client.invalidateQueries({ queryKey: ['cases'] }),
  });
}

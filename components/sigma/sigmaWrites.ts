'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { z } from 'zod';
import { apiDelete, apiPath, apiPost, apiPut } from '@/components/shared/apiClient';
import { done } from '@/components/shared/done';
import { type Sending, sendBytes } from '@/components/shared/uploads/sendFile';
import {
  type SigmaBacktestView,
  sigmaBacktest,
  type sigmaBacktestBody,
} from '@/lib/contracts/sigmaBacktests';
import { type saveSigmaBaselineBody, sigmaBaseline } from '@/lib/contracts/sigmaBaselines';
import { sigmaProgress } from '@/lib/contracts/sigmaProgress';
import {
  type changeSigmaSetBody,
  type SigmaSetDetail,
  sigmaSet,
  sigmaSetDetail,
} from '@/lib/contracts/sigmaSets';
import { progressQuery, SIGMA, setQuery, sigmaBacktestQuery, tellsOfSigma } from './sigmaQueries';

export type RuleFile = { readonly path: string; readonly text: string };

/** Where what was taken in goes: a new set of that name, or a new version of a set. */
export type TakeInto = { readonly set: string | null; readonly name: string; readonly note: string };

/** Everything of Sigma is read again, and what tells of it. Not waited for. */
function useReadAgain() {
  const client = useQueryClient();
  return () => {
    void client.invalidateQueries({ queryKey: [SIGMA] });
    void client.invalidateQueries({ predicate: ({ queryKey }) => tellsOfSigma(queryKey) });
  };
}

/** Renames a set, switches it, or chooses among its rules; a 409 says that somebody else did since. */
export function useChangeSet() {
  const readAgain = useReadAgain();
  return useMutation({
    mutationFn: ({ id, ...body }: { id: string } & z.input<typeof changeSigmaSetBody>) =>
      apiPut(`/sigma/sets/${encodeURIComponent(id)}`, body, sigmaSet),
    onSuccess: readAgain,
  });
}

/** Removes a set with its hits. */
export function useRemoveSet() {
  const readAgain = useReadAgain();
  return useMutation({
    mutationFn: (id: string) => apiDelete(`/sigma/sets/${encodeURIComponent(id)}`, done),
    onSuccess: readAgain,
  });
}

/** Takes in rules: files of text as they are, a ZIP (or one large file) as its bytes; `sent` counts those. */
export function useTakeIn() {
  const client = useQueryClient();
  const readAgain = useReadAgain();
  const sending = useRef<Sending<SigmaSetDetail> | null>(null);
  const [sent, setSent] = useState(0);
  const take = useMutation({
    mutationFn: ({ into, what }: { into: TakeInto; what: File | readonly RuleFile[] }) => {
      setSent(0);
      const { set, name, note } = into;
      if (what instanceof File) {
        sending.current = sendBytes(
          apiPath('/sigma/uploads', { name, set, note }),
          what,
          sigmaSetDetail,
          setSent,
        );
        return sending.current.done;
      }
      return set === null
        ? apiPost('/sigma/sets', { name, note, files: what }, sigmaSetDetail)
        : apiPost(`/sigma/sets/${encodeURIComponent(set)}/versions`, { note, files: what }, sigmaSetDetail);
    },
    onSuccess: (kept) => {
      readAgain();
      client.setQueryData(setQuery(kept.id).queryKey, kept);
    },
    onSettled: () => {
      sending.current = null;
    },
  });
  return { take, sent, cancel: () => sending.current?.cancel() };
}

/** Runs the rules over everything stored again. */
export function useRerun() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => apiPost('/sigma/runs', {}, sigmaProgress),
    onSuccess: (progress) => client.setQueryData(progressQuery.queryKey, progress),
  });
}

/** Tries rules on what is stored. */
export function useAskBacktest() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: z.input<typeof sigmaBacktestBody>) => apiPost('/sigma/backtests', body, sigmaBacktest),
    onSuccess: (view: SigmaBacktestView) => client.setQueryData(sigmaBacktestQuery(view.id).queryKey, view),
  });
}

/** Stops a back-test. */
export function useCancelSigmaBacktest() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => apiDelete(`/sigma/backtests/${encodeURIComponent(id)}`, sigmaBacktest),
    onSettled: (_answer, _error, id) =>
      client.invalidateQueries({ queryKey: sigmaBacktestQuery(id).queryKey }),
  });
}

/** Says that hits of a rule are normal where fields have these values. */
export function useSaveSigmaBaseline() {
  const readAgain = useReadAgain();
  return useMutation({
    mutationFn: (body: z.input<typeof saveSigmaBaselineBody>) =>
      apiPost('/sigma/baselines', body, sigmaBaseline),
    onSuccess: readAgain,
  });
}

/** Takes a baseline back: its hits are open again. */
export function useRevokeSigmaBaseline() {
  const readAgain = useReadAgain();
  return useMutation({
    mutationFn: ({ id, reason }: { id: string; reason: string }) =>
      apiPost(`/sigma/baselines/${encodeURIComponent(id)}/revoke`, { reason }, sigmaBaseline),
    onSuccess: readAgain,
  });
}

'use client';

import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { apiDelete, apiGet, apiPath, apiPost } from '@/components/shared/apiClient';
import { done } from '@/components/shared/done';
import { type Sending, sendBytes } from '@/components/shared/uploads/sendFile';
import {
  type ValidationRecording,
  type ValidationRunSummary,
  validationRecording,
  validationRecordingList,
  validationRunList,
  validationRunSummary,
  validationRunView,
} from '@/lib/contracts/validation';
import { isOpen } from './validationWords';

const KEY = ['validation'] as const;
const RUNNING_MS = 2_000;
const PAGE = 25;

/** Runs, newest first, page by page; asked for again while one has not ended. */
export const runsQuery = infiniteQueryOptions({
  queryKey: [...KEY, 'runs'],
  queryFn: ({ pageParam, signal }) =>
    apiGet('/validation/runs', validationRunList, { params: { cursor: pageParam, limit: PAGE }, signal }),
  initialPageParam: null as string | null,
  getNextPageParam: (page: { nextCursor: string | null }) => page.nextCursor,
  refetchInterval: ({ state }) =>
    state.data?.pages.some(({ items }) => items.some(isOpen)) ? RUNNING_MS : false,
});

/** One run whole; asked for again until it has ended. */
export const runQuery = (id: string) =>
  queryOptions({
    queryKey: [...KEY, 'run', id],
    queryFn: ({ signal }) => apiGet(`/validation/runs/${id}`, validationRunView, { signal }),
    refetchInterval: ({ state }) => (state.data && isOpen(state.data) ? RUNNING_MS : false),
  });

/** Uploaded recordings with what their labels expect. */
export const recordingsQuery = queryOptions({
  queryKey: [...KEY, 'recordings'],
  queryFn: ({ signal }) => apiGet('/validation/recordings', validationRecordingList, { signal }),
});

function useLookAgain() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: KEY });
}

/** Starts a run; one that waits or runs already is the answer instead. */
export function useStartRun() {
  const lookAgain = useLookAgain();
  return useMutation({
    mutationFn: (body: { ablation: boolean; shipped: boolean }): Promise<ValidationRunSummary> =>
      apiPost('/validation/runs', body, validationRunSummary),
    onSuccess: lookAgain,
  });
}

/** Stops a run that has not ended. */
export function useCancelRun() {
  const lookAgain = useLookAgain();
  return useMutation({
    mutationFn: (id: string) => apiDelete(`/validation/runs/${id}`, validationRunSummary),
    onSettled: lookAgain,
  });
}

/** Sends a recording with its label; `sent` counts the bytes the network took. */
export function useAddRecording() {
  const lookAgain = useLookAgain();
  const sending = useRef<Sending<ValidationRecording> | null>(null);
  const [sent, setSent] = useState(0);
  const add = useMutation({
    mutationFn: ({ file, labels }: { file: File; labels: string }) => {
      setSent(0);
      const path = apiPath('/validation/recordings', { name: file.name, labels });
      sending.current = sendBytes(path, file, validationRecording, setSent);
      return sending.current.done;
    },
    onSuccess: lookAgain,
    onSettled: () => {
      sending.current = null;
    },
  });
  return { add, sent, cancel: () => sending.current?.cancel() };
}

/** Takes a recording out of later runs. */
export function useRemoveRecording() {
  const lookAgain = useLookAgain();
  return useMutation({
    mutationFn: (id: string) => apiDelete(`/validation/recordings/${id}`, done),
    onSuccess: lookAgain,
  });
}

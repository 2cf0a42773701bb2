'use client';

import {
  infiniteQueryOptions,
  type QueryClient,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { z } from 'zod';
import { apiDelete, apiGet, apiPost, apiPostQuietly, apiPut } from '@/components/shared/apiClient';
import { caseQuery } from '@/components/shared/cases/caseQuery';
import {
  type CaseDetail,
  type CaseList,
  type CaseQuery,
  caseComment,
  caseDetail,
  caseIndicator,
  caseList,
  caseNote,
  caseNoteVersions,
  caseTask,
  caseTimeline,
  custodyList,
  indicatorProposals,
} from '@/lib/contracts/cases';

/** Every query about cases begins with it, so that a change can ask for all of them again. */
const CASES = ['cases'] as const;
const PAGE = 50;

/** Cases page by page, under a filter. */
export const casePagesQuery = (query: CaseQuery) =>
  infiniteQueryOptions({
    queryKey: [...CASES, 'list', query],
    queryFn: ({ pageParam, signal }) =>
      apiGet('/cases', caseList, { params: { ...query, limit: PAGE, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last: CaseList) => last.nextCursor,
    staleTime: 10_000,
  });

/** Its events on one axis. */
export const caseTimelineQuery = (id: number) =>
  queryOptions({
    queryKey: [...caseQuery(id).queryKey, 'timeline'],
    queryFn: ({ signal }) => apiGet(`/cases/${id}/timeline`, caseTimeline, { signal }),
    staleTime: 30_000,
  });

/** Every text a note ever had. */
export const noteVersionsQuery = (id: number, note: number) =>
  queryOptions({
    queryKey: [...caseQuery(id).queryKey, 'notes', note],
    queryFn: ({ signal }) => apiGet(`/cases/${id}/notes/${note}/versions`, caseNoteVersions, { signal }),
  });

/** Who had a file in hand. */
export const custodyQuery = (id: number, attachment: number) =>
  queryOptions({
    queryKey: [...caseQuery(id).queryKey, 'custody', attachment],
    queryFn: ({ signal }) =>
      apiGet(`/cases/${id}/attachments/${attachment}/custody`, custodyList, { signal }),
  });

/** Addresses, names and hashes of its findings that are not yet indicators. */
export const indicatorProposalsQuery = (id: number) =>
  queryOptions({
    queryKey: [...caseQuery(id).queryKey, 'proposals'],
    queryFn: ({ signal }) => apiGet(`/cases/${id}/indicators/proposals`, indicatorProposals, { signal }),
  });

const done = z.object({ done: z.literal(true) });

/** Opens a case; answers with it. */
export function useCreateCase() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: { title?: string; findings?: string[]; alerts?: string[]; hits?: string[] }) =>
      apiPost('/cases', body, caseDetail),
    onSuccess: (made) => keepCase(client, made),
  });
}

/** What changes the case itself and answers with all of it. */
export type CaseChange =
  | { act: 'change'; body: Record<string, unknown> & { revision: number } }
  | { act: 'add'; findings?: string[]; alerts?: string[]; hits?: string[]; move?: boolean }
  | { act: 'remove'; findings?: string[]; alerts?: string[]; hits?: string[] }
  | { act: 'merge'; into: number; revision: number }
  /** Takes `source`, merged into this one, out again. */
  | { act: 'unmerge'; source: number };

/** Changes the case; what it answers is shown at once. */
export function useChangeCase(id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: CaseChange): Promise<CaseDetail> => {
      const at = `/cases/${id}`;
      switch (change.act) {
        case 'change':
          return apiPut(at, change.body, caseDetail);
        case 'add':
          return apiPost(`${at}/items`, withoutAct(change), caseDetail);
        case 'remove':
          return apiPost(`${at}/items/remove`, withoutAct(change), caseDetail);
        case 'merge':
          return apiPost(`${at}/merge`, withoutAct(change), caseDetail);
        case 'unmerge':
          return apiPost(`/cases/${change.source}/unmerge`, {}, caseDetail);
      }
    },
    onSuccess: (changed) => keepCase(client, changed),
  });
}

function withoutAct({ act: _act, ...body }: CaseChange): Record<string, unknown> {
  return body;
}

/** What changes something that stands in a case; the case is read again afterwards. */
export type CasePartChange =
  | { part: 'note.add'; title: string; body: string }
  | { part: 'note.withdraw'; id: number }
  | { part: 'task.add'; text: string; assignee: string | null; dueAt: string | null }
  | { part: 'task.runbook'; findingId: string }
  | { part: 'task.change'; id: number; body: Record<string, unknown> & { revision: number } }
  | { part: 'comment.add'; text: string }
  | { part: 'comment.resolve'; id: number; resolved: boolean }
  | { part: 'comment.withdraw'; id: number }
  | { part: 'attachment.withdraw'; id: number }
  | { part: 'indicator.add'; type: string; value: string; note: string }
  | { part: 'indicator.withdraw'; id: number };

/** Changes a part of a case and asks for the case again. */
export function useChangeCasePart(caseId: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: CasePartChange): Promise<unknown> => {
      const at = `/cases/${caseId}`;
      switch (change.part) {
        case 'note.add':
          return apiPost(`${at}/notes`, { title: change.title, body: change.body }, caseNote);
        case 'note.withdraw':
          return apiDelete(`${at}/notes/${change.id}`, done);
        case 'task.add':
          return apiPost(
            `${at}/tasks`,
            { text: change.text, assignee: change.assignee, dueAt: change.dueAt },
            caseTask,
          );
        case 'task.runbook':
          return apiPost(
            `${at}/tasks/runbook`,
            { findingId: change.findingId },
            z.object({ items: z.array(caseTask) }),
          );
        case 'task.change':
          return apiPut(`${at}/tasks/${change.id}`, change.body, caseTask);
        case 'comment.add':
          return apiPost(`${at}/comments`, { text: change.text }, caseComment);
        case 'comment.resolve':
          return apiPost(`${at}/comments/${change.id}/resolve`, { resolved: change.resolved }, caseComment);
        case 'comment.withdraw':
          return apiDelete(`${at}/comments/${change.id}`, caseComment);
        case 'attachment.withdraw':
          return apiDelete(`${at}/attachments/${change.id}`, done);
        case 'indicator.add':
          return apiPost(
            `${at}/indicators`,
            { type: change.type, value: change.value, note: change.note },
            caseIndicator,
          );
        case 'indicator.withdraw':
          return apiDelete(`${at}/indicators/${change.id}`, done);
      }
    },
    onSettled: () => client.invalidateQueries({ queryKey: caseQuery(caseId).queryKey }),
  });
}

/** One autosave of a note. Throws `ApiError` 409 with `theirs` when somebody saved meanwhile. */
export function saveNote(
  caseId: number,
  note: number,
  body: { title: string; body: string; version: number },
) {
  return apiPut(`/cases/${caseId}/notes/${note}`, body, caseNote);
}

/** Tells the server that the case was worked on for some seconds. */
export function addWork(caseId: number, seconds: number) {
  return apiPostQuietly(`/cases/${caseId}/work`, { seconds }, done);
}

function keepCase(client: QueryClient, changed: CaseDetail): void {
  client.setQueryData(caseQuery(changed.id).queryKey, changed);
  void client.invalidateQueries({ queryKey: CASES });
  // Findings, alerts and hits tell which case they are in.
  void client.invalidateQueries({ queryKey: ['findings'] });
  void client.invalidateQueries({ queryKey: ['alerts'] });
  void client.invalidateQueries({ queryKey: ['sigma'] });
}

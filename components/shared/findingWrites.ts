'use client';

import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import {
  type BulkAnswer,
  bulkAnswer,
  type FindingSummary,
  findingSummary,
  type UndoAnswer,
  undoAnswer,
} from '@/lib/contracts/findings';
import type { VerdictValue } from '@/lib/contracts/scalars';
import { apiPost } from './apiClient';
import { afterDecision, type FindingPatch, patchFinding, writePatches } from './findingCache';

/** What every answer to a write has: enough to go on from. */
const changed = findingSummary.pick({
  id: true,
  revision: true,
  verdict: true,
  assignee: true,
  case: true,
  clock: true,
  reopened: true,
});

/** Writes are sent one after the other, so that two quick ones on one finding do not conflict with each other. */
const ONE_AT_A_TIME = { id: 'findings' };

/** Revision our own last write gave a finding; what others wrote since still conflicts. */
const ownRevisions = new Map<string, number>();

const asSeen = ({ id, revision }: { id: string; revision: number }) => ({
  id,
  revision: Math.max(revision, ownRevisions.get(id) ?? 0),
});

async function writeAssignee(input: AssignInput) {
  const { id, ...body } = input;
  const { revision } = asSeen(input);
  const answer = await apiPost(`/findings/${encodeURIComponent(id)}/assign`, { ...body, revision }, changed);
  ownRevisions.set(id, answer.revision);
  return answer;
}

export type AssignInput = { id: string; revision: number; assignee: string | null };

/** Assigns or releases; caches change at once and change back when the server refuses. */
export function useAssign() {
  const client = useQueryClient();
  return useMutation({
    scope: ONE_AT_A_TIME,
    mutationFn: (input: AssignInput) => writeAssignee(input),
    onMutate: (input) => patchFinding(client, input.id, { assignee: input.assignee }),
    onError: (_error, _input, patched) => patched?.undo(),
    onSuccess: (answer) => keepAnswers(client, [answer]),
    onSettled: (_answer, _error, _input, patched) => void patched?.settle(),
  });
}

/** As many as the API takes at once. */
const AT_ONCE = 1000;

export type ManyInput = { items: readonly { id: string; revision: number }[] };
export type VerdictsInput = ManyInput & {
  verdict: VerdictValue | null;
  reason: string;
  blindAcknowledged: boolean;
};
/** What came of them; `bulkIds` undo it, the last first. */
export type ManyAnswer = { bulkIds: number[] } & Pick<BulkAnswer, 'done' | 'refused'>;

/**
 * One verdict with one reason for one or many, in as few requests as the API allows. Caches change when the server has
 * answered: until then it can refuse, and what is judged must not go away under the one who judges.
 */
export function useGiveVerdicts() {
  const client = useQueryClient();
  return useMutation({
    scope: ONE_AT_A_TIME,
    mutationFn: ({ items, ...body }: VerdictsInput) => inChunks(client, '/findings/verdicts', items, body),
    // Reads under way are stopped: they would bring the state before it back.
    onMutate: ({ items: [first] }) => (first ? patchFinding(client, first.id, {}) : undefined),
    onSettled: (_answer, _error, { items }, patched) => {
      void patched?.settle();
      if (items.length > 1) void afterDecision(client, idsOf(items));
    },
  });
}

/** Assigns many, or releases them. */
export function useAssignMany() {
  const client = useQueryClient();
  return useMutation({
    scope: ONE_AT_A_TIME,
    mutationFn: ({ items, assignee }: ManyInput & { assignee: string | null }) =>
      inChunks(client, '/findings/assignments', items, { assignee }),
    onSettled: (_answer, _error, { items }) => void afterDecision(client, idsOf(items)),
  });
}

/** Puts back what stood before one or more acts on many. */
export function useUndoMany() {
  const client = useQueryClient();
  return useMutation({
    scope: ONE_AT_A_TIME,
    mutationFn: async (bulkIds: readonly number[]): Promise<UndoAnswer> => {
      const all: UndoAnswer = { undone: [], kept: [] };
      for (const id of bulkIds.toReversed()) {
        const answer = await apiPost(`/findings/verdicts/${id}/undo`, {}, undoAnswer);
        keepAnswers(client, answer.undone);
        all.undone.push(...answer.undone);
        all.kept.push(...answer.kept);
      }
      return all;
    },
    onSettled: (answer) => void afterDecision(client, idsOf(answer?.undone ?? [])),
  });
}

async function inChunks(
  client: QueryClient,
  path: string,
  items: ManyInput['items'],
  body: object,
): Promise<ManyAnswer> {
  const all: ManyAnswer = { bulkIds: [], done: [], refused: [] };
  for (let from = 0; from < items.length; from += AT_ONCE) {
    const chunk = items.slice(from, from + AT_ONCE).map(asSeen);
    const answer = await apiPost(path, { ...body, items: chunk }, bulkAnswer);
    keepAnswers(client, answer.done);
    if (answer.bulkId !== null) all.bulkIds.push(answer.bulkId);
    all.done.push(...answer.done);
    all.refused.push(...answer.refused);
  }
  return all;
}

/** A few findings are read again one by one; of many, what the answer said of them is enough. */
const FEW = 20;
const idsOf = (items: readonly { id: string }[]) => (items.length > FEW ? [] : items.map(({ id }) => id));

type Answer = Pick<FindingSummary, 'id' | 'revision'> & FindingPatch;

function keepAnswers(client: QueryClient, answers: readonly Answer[]): void {
  const patches = new Map<string, FindingPatch>();
  for (const { id, revision, verdict, assignee, case: inCase, clock, reopened } of answers) {
    ownRevisions.set(id, revision);
    patches.set(id, {
      revision,
      ...(verdict === undefined ? {} : { verdict }),
      ...(assignee === undefined ? {} : { assignee }),
      ...(inCase === undefined ? {} : { case: inCase }),
      ...(clock === undefined ? {} : { clock }),
      ...(reopened === undefined ? {} : { reopened }),
    });
  }
  writePatches(client, patches);
}

'use client';

import { useQueryClient } from '@tanstack/react-query';
import type { BulkAnswer, FindingSummary, VerdictView } from '@/lib/contracts/findings';
import type { VerdictValue } from '@/lib/contracts/scalars';
import { ApiError } from '../apiClient';
import { findingDetailQuery } from '../findingQueries';
import { useGiveVerdicts, useUndoMany } from '../findingWrites';

/** What a verdict is given on, as it was seen; an alert has no stages. */
export type VerdictSubject = Pick<FindingSummary, 'id' | 'headline' | 'revision'> & {
  verdict: Pick<VerdictView, 'value' | 'reason'> | null;
  host: string;
  stages: readonly Pick<
    FindingSummary['stages'][number],
    'id' | 'title' | 'required' | 'group' | 'state' | 'stateReason'
  >[];
};

export type Decision = { value: VerdictValue; reason: string; blindAcknowledged: boolean };

export type Refused = { id: string; detail: string };
export type Outcome = {
  /** Ids that have the verdict now. */
  done: readonly string[];
  /** Those left as they were, with the reason. */
  refused: readonly Refused[];
  /** Puts back what stood before, and says in a sentence what came of it; null when nothing was done. */
  undo: (() => Promise<string>) | null;
};

/** What stands now, for whoever was not the first. */
export type Newest = {
  revision: number;
  /** Undefined when it is not known. */
  verdict: Pick<VerdictView, 'value' | 'reason' | 'by' | 'at'> | null | undefined;
  assignee: string | null;
};

export type Judge = {
  /** Gives a verdict. Throws `ApiError` when one alone was refused; of several, the refused ones are in the outcome. */
  give: (subjects: readonly VerdictSubject[], decision: Decision) => Promise<Outcome>;
  /** What stands now; null when it cannot be read, and the refusal is all that is known. */
  newest: (id: string) => Promise<Newest | null>;
};

/** What one alone would have been answered with. */
const STATUS_OF_REFUSAL: Record<BulkAnswer['refused'][number]['code'], number> = {
  conflict: 409,
  not_found: 404,
  blind_unacknowledged: 422,
};

/** One of several that was refused, with the problem that one alone is answered with. */
function asRefusedAlone({ id: _id, ...refused }: BulkAnswer['refused'][number]): ApiError {
  const { code, detail } = refused;
  const status = STATUS_OF_REFUSAL[code];
  const title = 'The decision was refused';
  return new ApiError(status, code, detail, {
    type: `urn:sequela:problem:${code}`,
    title,
    status,
    ...refused,
  });
}

/** Verdicts on findings, each an act that can be undone. */
export function useFindingJudge(): Judge {
  const client = useQueryClient();
  const many = useGiveVerdicts();
  const undoMany = useUndoMany();

  /** By the same way as several: only there what stood before is put back whole, with its author and its time. */
  const giveOne = async (subject: VerdictSubject, { value, ...rest }: Decision): Promise<Outcome> => {
    const { id, revision } = subject;
    const answer = await many.mutateAsync({ items: [{ id, revision }], verdict: value, ...rest });
    const [refused] = answer.refused;
    if (refused !== undefined) throw asRefusedAlone(refused);
    const undo = async () => {
      const { kept } = await undoMany.mutateAsync(answer.bulkIds);
      const [changed] = kept;
      if (changed !== undefined) throw asRefusedAlone({ code: 'conflict', ...changed });
      return 'Verdict taken back.';
    };
    return { done: [id], refused: [], undo: answer.bulkIds.length > 0 ? undo : null };
  };

  const giveMany = async (subjects: readonly VerdictSubject[], { value, ...rest }: Decision) => {
    const answer = await many.mutateAsync({
      items: subjects.map(({ id, revision }) => ({ id, revision })),
      verdict: value,
      ...rest,
    });
    const undo = async () => {
      const { undone, kept } = await undoMany.mutateAsync(answer.bulkIds);
      return kept.length === 0
        ? `Taken back for ${undone.length.toLocaleString('en')}.`
        : `Taken back for ${undone.length.toLocaleString('en')}; ${kept.length} were changed since and stay as they are.`;
    };
    return {
      done: answer.done.map(({ id }) => id),
      refused: answer.refused,
      undo: answer.bulkIds.length > 0 ? undo : null,
    };
  };

  return {
    give: (subjects, decision) => {
      const [only] = subjects;
      return only !== undefined && subjects.length === 1
        ? giveOne(only, decision)
        : giveMany(subjects, decision);
    },
    newest: async (id) => {
      // Asked after a refusal, which is told in any case; a second problem would only hide it.
      const detail = await client.fetchQuery({ ...findingDetailQuery(id), staleTime: 0 }).catch(() => null);
      if (detail === null) return null;
      return { revision: detail.revision, verdict: detail.verdict, assignee: detail.assignee };
    },
  };
}

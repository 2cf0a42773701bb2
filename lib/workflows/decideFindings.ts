import type { Actor } from '../access/can';
import { AppError } from '../base/appError';
import type { BulkAnswer, UndoAnswer } from '../contracts/findings';
import { UNDO_MINUTES } from '../storage/bulkActs';
import { type Decision, decideFindings, type Seen } from '../storage/decisions';
import { loadRows } from '../storage/findingRows';
import { undoDecisions } from '../storage/undoDecisions';
import { assigneeDecision, type GivenVerdict, verdictDecision } from './decideFinding';
import { changeSentence, factsOf, sentenceOf } from './decisionRefusals';
import { toFindingSummary } from './findingView';

type Items = { readonly items: readonly Seen[] };

/**
 * One verdict with one reason for many findings. Each that changed since it was seen, is gone, or rests on a blind stage
 * without that being acknowledged is left as it is and named. Throws `bad_request` for a verdict without a reason.
 */
export async function giveVerdicts(body: Items & GivenVerdict, actor: Actor): Promise<BulkAnswer> {
  return decideMany(body.items, verdictDecision(body, actor));
}

/** Assigns many findings; as giveVerdicts otherwise. Throws `bad_request` for one who cannot be given findings. */
export async function assignFindings(
  body: Items & { readonly assignee: string | null },
  actor: Actor,
): Promise<BulkAnswer> {
  return decideMany(body.items, await assigneeDecision(body.assignee, actor));
}

async function decideMany(items: readonly Seen[], decision: Decision): Promise<BulkAnswer> {
  const { bulkId, done, refused } = await decideFindings(items, decision, true);
  return {
    bulkId,
    done: (await loadRows(done)).map(toFindingSummary),
    refused: refused.map((one) => ({
      id: one.id,
      code: one.code,
      detail: sentenceOf(one),
      ...factsOf(one),
    })),
  };
}

/**
 * Puts back what stood before an act about many findings, where nothing changed since. Throws `not_found`, `forbidden`
 * for another person's act, `conflict` when it was undone before or is older than ten minutes.
 */
export async function undoVerdicts(bulkId: number, actor: Actor): Promise<UndoAnswer> {
  const outcome = await undoDecisions(bulkId, actor.name);
  switch (outcome) {
    case 'not_found':
      throw new AppError('not_found', 'There is no decision about many findings with this number.');
    case 'of_another':
      throw new AppError('forbidden', 'Only the one who decided can undo it.');
    case 'undone_before':
      throw new AppError('conflict', 'This was undone before.');
    case 'too_late':
      throw new AppError(
        'conflict',
        `A decision about many findings can be undone for ${UNDO_MINUTES} minutes. Decide again about each instead.`,
      );
  }
  return {
    undone: (await loadRows(outcome.undone)).map(toFindingSummary),
    kept: outcome.kept.map(({ id, latest }) => ({
      id,
      detail:
        latest === undefined
          ? 'It is there no more: its data is gone.'
          : changeSentence(latest, 'you decided'),
    })),
  };
}

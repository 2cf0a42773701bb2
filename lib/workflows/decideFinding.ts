import { AppError } from '../base/appError';
import type { FindingSummary } from '../contracts/findings';
import type { VerdictValue } from '../contracts/scalars';
import { type DecisionChange, decide } from '../storage/decisions';
import { toFindingSummary } from './findingView';
import { findingOrRefuse } from './readFinding';

const WORDS: Record<VerdictValue, string> = {
  true_positive: 'true positive',
  benign_true_positive: 'benign true positive',
  false_positive: 'false positive',
  undetermined: 'undetermined',
};

type Seen = { readonly revision?: number | undefined };

/**
 * Records an analyst's verdict, or takes it back with `null`. Throws `conflict` when the finding changed
 * since the revision the analyst saw, `not_found` for none.
 */
export async function giveVerdict(
  id: string,
  body: Seen & { readonly verdict: VerdictValue | null; readonly reason: string },
  by: string,
): Promise<FindingSummary> {
  const { verdict, reason } = body;
  const text =
    verdict === null
      ? 'took the verdict back'
      : `gave the verdict ${WORDS[verdict]}${reason === '' ? '' : `: ${reason}`}`;
  return change(id, { verdict: verdict === null ? null : { value: verdict, reason } }, by, text, body);
}

/** Assigns a finding to a person, or to nobody with `null`. Throws as giveVerdict does. */
export async function assignFinding(
  id: string,
  body: Seen & { readonly assignee: string | null },
  by: string,
): Promise<FindingSummary> {
  const assignee = body.assignee?.trim() || null;
  return change(
    id,
    { assignee },
    by,
    assignee === null ? 'took the assignment back' : `assigned it to ${assignee}`,
    body,
  );
}

async function change(
  id: string,
  what: DecisionChange,
  by: string,
  text: string,
  { revision }: Seen,
): Promise<FindingSummary> {
  const outcome = await decide(id, what, by, text, revision);
  if (typeof outcome === 'object') {
    throw new AppError(
      'conflict',
      'The finding has changed since you opened it. Look at what changed, then decide again.',
      {
        revision: outcome.conflict,
      },
    );
  }
  const { row } = await findingOrRefuse(id);
  return toFindingSummary(row);
}

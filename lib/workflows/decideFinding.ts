import type { Actor } from '../access/can';
import { AppError } from '../base/appError';
import type { FindingSummary } from '../contracts/findings';
import { VERDICT_WORD, type VerdictValue } from '../contracts/scalars';
import { type Decision, decideFindings } from '../storage/decisions';
import { refuseUnfit } from '../storage/refuseUnfit';
import { isStorable } from '../storage/storableText';
import { refusalOf } from './decisionRefusals';
import { toFindingSummary } from './findingView';
import { findingOrRefuse } from './readFinding';

/** A verdict as a request gives it. */
export type GivenVerdict = {
  /** Null takes it back. */
  readonly verdict: VerdictValue | null;
  readonly reason: string;
  readonly blindAcknowledged?: boolean;
};

type Seen = { readonly revision?: number | undefined };

/**
 * Records an analyst's verdict, or takes it back with `null`. Throws `conflict` when the finding changed since the
 * revision the analyst saw, `blind_unacknowledged` for a false positive that rests on a stage that could not be seen
 * without the analyst saying to know it, `bad_request` for a verdict without a reason, `not_found` for none.
 */
export async function giveVerdict(
  id: string,
  body: Seen & GivenVerdict,
  actor: Actor,
): Promise<FindingSummary> {
  return decideOne(id, verdictDecision(body, actor), body);
}

/**
 * Assigns a finding to a person, or to nobody with `null`. Throws `bad_request` for one who is nobody's handle or may
 * not decide on findings; otherwise as giveVerdict does.
 */
export async function assignFinding(
  id: string,
  body: Seen & { readonly assignee: string | null },
  actor: Actor,
): Promise<FindingSummary> {
  return decideOne(id, await assigneeDecision(body.assignee, actor), body);
}

/** What a verdict of a request is to storage. Throws `bad_request` for one without a reason. */
export function verdictDecision(given: GivenVerdict, actor: Actor): Decision {
  const { verdict: value, blindAcknowledged = false } = given;
  const reason = given.reason.trim();
  if (value !== null) refuseUnreasoned(reason);
  const text =
    value === null
      ? `took the verdict back${reason === '' ? '' : `: ${reason}`}`
      : `gave the verdict ${VERDICT_WORD[value].toLowerCase()}${blindAcknowledged ? ', knowing what could not be seen' : ''}: ${reason}`;
  return { what: 'verdict', value, reason, blindAcknowledged, by: actor.name, text };
}

/** Refuses a verdict without a reason: whoever reads it later has nothing else to go by. Throws `bad_request`. */
export function refuseUnreasoned(reason: string): void {
  if (reason.trim() !== '') return;
  throw new AppError(
    'bad_request',
    'A verdict needs a reason: whoever reads it later has nothing else to go by.',
    {
      errors: [{ path: 'reason', message: 'is empty' }],
    },
  );
}

/** What an assignment is to storage. Throws `bad_request` for one who cannot be given a finding. */
export async function assigneeDecision(given: string | null, actor: Actor): Promise<Decision> {
  const assignee = given?.trim() || null;
  // Oneself came through the door.
  if (assignee !== null && assignee !== actor.name)
    await refuseUnfit(assignee, 'findings.decide', 'assignee');
  const text = assignee === null ? 'took the assignment back' : `assigned it to ${assignee}`;
  return { what: 'assignee', assignee, by: actor.name, text };
}

async function decideOne(id: string, decision: Decision, { revision }: Seen): Promise<FindingSummary> {
  if (isStorable(id)) {
    const { refused } = await decideFindings([{ id, revision }], decision, false);
    const [why] = refused;
    if (why !== undefined && why.code !== 'not_found') throw refusalOf(why);
  }
  const { row } = await findingOrRefuse(id);
  return toFindingSummary(row);
}

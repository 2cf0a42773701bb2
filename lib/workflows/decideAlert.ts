import type { Actor } from '../access/can';
import { AppError } from '../base/appError';
import type { AlertView } from '../contracts/alerts';
import type { VerdictValue } from '../contracts/scalars';
import { type AlertChange, decideAlert } from '../storage/alertDecisions';
import { alertSubject, toAlertKey } from '../storage/alertKey';
import { refuseUnfit } from '../storage/refuseUnfit';
import { refuseUnreasoned } from './decideFinding';
import { alertOrRefuse, toAlertView } from './readAlerts';

type Seen = { readonly revision: number };

/**
 * Records a verdict on a vendor's alert, or takes it back with `null`. Throws `conflict` when somebody decided since
 * the revision the person saw, `bad_request` for a verdict without a reason, `not_found` for none.
 */
export async function giveAlertVerdict(
  key: string,
  {
    verdict: value,
    reason,
    revision,
  }: Seen & { readonly verdict: VerdictValue | null; readonly reason: string },
  actor: Actor,
): Promise<AlertView> {
  if (value !== null) refuseUnreasoned(reason);
  return change(key, revision, actor, { what: 'verdict', value, reason: reason.trim() });
}

/** Assigns an alert to a person, or to nobody with `null`. Throws as giveAlertVerdict does, and `bad_request` for one who cannot be given alerts. */
export async function assignAlert(
  key: string,
  body: Seen & { readonly assignee: string | null },
  actor: Actor,
): Promise<AlertView> {
  const assignee = body.assignee?.trim() || null;
  // Oneself came through the door.
  if (assignee !== null && assignee !== actor.name) await refuseUnfit(assignee, 'alerts.decide', 'assignee');
  return change(key, body.revision, actor, { what: 'assignee', assignee });
}

type What =
  | Pick<Extract<AlertChange, { what: 'verdict' }>, 'what' | 'value' | 'reason'>
  | Pick<Extract<AlertChange, { what: 'assignee' }>, 'what' | 'assignee'>;

async function change(key: string, revision: number, actor: Actor, what: What): Promise<AlertView> {
  const alert = await alertOrRefuse(key);
  const outcome = await decideAlert(alert.hostId, alert.alert, {
    by: actor.name,
    revision,
    subject: alertSubject(alert.hostId, alert.alert),
    link: `/alerts?show=all&alert=${toAlertKey(alert.hostId, alert.alert)}`,
    ...what,
  });
  if (typeof outcome === 'object') {
    const { by, at, ...facts } = outcome.conflict;
    throw new AppError(
      'conflict',
      `${by ?? 'Somebody'} decided on this alert since you opened it. Look at what was decided, then decide again.`,
      { ...facts, by, at: at?.toISOString() ?? null },
    );
  }
  return toAlertView(await alertOrRefuse(key));
}

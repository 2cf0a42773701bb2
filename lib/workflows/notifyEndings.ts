import { ROLES, rolesWith } from '../access/can';
import { addAudit, baselineSubject } from '../storage/audit';
import { type Connection, transaction } from '../storage/client';
import { type EndingBaseline, endingBaselines, takeEndedBaseline } from '../storage/notificationCauses';
import { handlesOfRoles, type Note, notify } from '../storage/notifications';

/** Who does what nobody asked for, in history. */
const SYSTEM = 'sequela';

/** Tells owners of baselines that end within seven days, and writes into history that others have ended, each once. */
export async function notifyEndings(): Promise<{ readonly ending: number; readonly ended: number }> {
  const ending = await endingBaselines();
  if (ending.length > 0) {
    await transaction(async (connection) => notify(connection, await notesOf(connection, ending)));
  }
  let ended = 0;
  while (await noteOneEnd()) ended++;
  return { ending: ending.length, ended };
}

/** To the owner; to all who keep baselines where the owner is not a person of this server (any more). */
async function notesOf(connection: Connection, ending: readonly EndingBaseline[]): Promise<readonly Note[]> {
  const active = new Set(await handlesOfRoles(connection, ROLES));
  const stewards = await handlesOfRoles(connection, rolesWith('baselines.write'));
  return ending.flatMap((baseline) =>
    (active.has(baseline.owner) || stewards.length === 0 ? [baseline.owner] : stewards).map((person) => ({
      person,
      kind: 'baseline.ending' as const,
      subject: baselineSubject(baseline.id),
      by: null,
      text: `The baseline "${baseline.title}" ends on ${baseline.expiresAt.toISOString().slice(0, 10)}.`,
      link: '/analytics/baselines',
    })),
  );
}

/** One transaction per baseline: the chain of the audit trail is held as shortly as can be. */
async function noteOneEnd(): Promise<boolean> {
  return transaction(async (connection) => {
    const ended = await takeEndedBaseline(connection);
    if (ended === undefined) return false;
    await addAudit(connection, {
      by: SYSTEM,
      action: 'baseline.expired',
      subject: baselineSubject(ended.id),
      details: { title: ended.title, owner: ended.owner, expired: ended.expiresAt.toISOString() },
    });
    return true;
  });
}

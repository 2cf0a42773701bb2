import { loadAlert, NEWEST, type StoredAlert } from './alerts';
import { addAudit } from './audit';
import { type Connection, transaction } from './client';
import type { VerdictValue } from './findingRows';
import { notify } from './notifications';

/** What a person decides about an alert. `revision` is the one they saw: 0 while nobody had decided anything. */
export type AlertChange = {
  readonly by: string;
  readonly revision: number;
  /** What the audit trail calls the alert. */
  readonly subject: string;
  /** Where the alert can be looked at. */
  readonly link: string;
} & (
  | { readonly what: 'verdict'; readonly value: VerdictValue | null; readonly reason: string }
  | { readonly what: 'assignee'; readonly assignee: string | null }
);

export type AlertOutcome =
  | 'done'
  | 'not_found'
  | {
      readonly conflict: {
        readonly revision: number;
        readonly verdict: VerdictValue | null;
        readonly assignee: string | null;
        /** Who decided last and when; null when that is not known. */
        readonly by: string | null;
        readonly at: Date | null;
      };
    };

/** Records a decision about an alert with its audit entry, and tells who is concerned. */
export async function decideAlert(hostId: number, alert: string, change: AlertChange): Promise<AlertOutcome> {
  return transaction(async (connection) => {
    const known = await loadAlert(hostId, alert, connection);
    if (known === undefined) return 'not_found';
    const place = await holdDecision(connection, known);
    // Read again: what was decided while this waited counts.
    const held = await loadAlert(hostId, alert, connection);
    if (held === undefined) return 'not_found';
    if (held.revision !== change.revision) return conflictOf(connection, held, change.subject);
    await write(connection, place, held.alert, change);
    await tell(connection, held, change);
    const details =
      change.what === 'verdict'
        ? { verdict: change.value, before: held.verdict, reason: change.reason, revision: held.revision }
        : { assignee: change.assignee, before: held.assignee, revision: held.revision };
    const action = change.what === 'verdict' ? 'alert.verdict' : 'alert.assigned';
    await addAudit(connection, { by: change.by, action, subject: change.subject, details });
    return 'done';
  });
}

/**
 * Holds the decision that stands about an alert, making it if there is none, and gives the host it is kept under: the
 * name its evidence was recorded under, so that it stays with the alert when hosts are joined and parted.
 */
async function holdDecision(connection: Connection, known: StoredAlert): Promise<number> {
  const first = await holdNewest(connection, known);
  if (first !== undefined) return first;
  const { rows } = await connection.query<{ id: number }>(
    'SELECT g.id FROM hosts g JOIN events e ON e.host_id = g.id AND e.id = $2::uuid WHERE g.canonical_id = $1 ORDER BY g.id LIMIT 1',
    [known.hostId, known.eventId],
  );
  await connection.query(
    'INSERT INTO alert_decisions (host_id, alert, revision) VALUES ($1, $2, 0) ON CONFLICT DO NOTHING',
    [rows[0]?.id ?? known.hostId, known.alert],
  );
  return (await holdNewest(connection, known)) ?? known.hostId;
}

async function holdNewest(
  connection: Connection,
  { hostId, alert }: StoredAlert,
): Promise<number | undefined> {
  const { rows } = await connection.query<{ host_id: number }>(
    `SELECT x.host_id FROM hosts g JOIN alert_decisions x ON x.host_id = g.id AND x.alert = $2
     WHERE g.canonical_id = $1 ORDER BY ${NEWEST} FOR UPDATE OF x`,
    [hostId, alert],
  );
  return rows[0]?.host_id;
}

async function conflictOf(
  connection: Connection,
  { revision, verdict, assignee }: StoredAlert,
  subject: string,
): Promise<AlertOutcome> {
  const { rows } = await connection.query<{ by: string; at: Date }>(
    'SELECT by, at FROM audit WHERE subject = $1 ORDER BY id DESC LIMIT 1',
    [subject],
  );
  return { conflict: { revision, verdict, assignee, by: rows[0]?.by ?? null, at: rows[0]?.at ?? null } };
}

async function write(
  connection: Connection,
  hostId: number,
  alert: string,
  change: AlertChange,
): Promise<void> {
  if (change.what === 'assignee') {
    await connection.query(
      'UPDATE alert_decisions SET assignee = $3, revision = revision + 1 WHERE host_id = $1 AND alert = $2',
      [hostId, alert, change.assignee],
    );
    return;
  }
  await connection.query(
    `UPDATE alert_decisions SET verdict = $3::text, verdict_reason = $4, verdict_by = CASE WHEN $3::text IS NOT NULL THEN $5 END,
       verdict_at = CASE WHEN $3::text IS NOT NULL THEN now() END, revision = revision + 1 WHERE host_id = $1 AND alert = $2`,
    [hostId, alert, change.value, change.value === null ? '' : change.reason, change.by],
  );
}

/** Tells who is given an alert, and of a verdict whom the alert is given to. */
async function tell(connection: Connection, held: StoredAlert, change: AlertChange): Promise<void> {
  const person = change.what === 'assignee' ? change.assignee : held.assignee;
  if (person === null) return;
  const { subject, by, link } = change;
  const alert = `${held.rule} on ${held.host}`;
  await notify(connection, [
    change.what === 'assignee'
      ? {
          person,
          kind: 'alert.assigned',
          subject,
          by,
          link,
          text: `${by} assigned an alert to you: ${alert}`,
        }
      : { person, kind: 'alert.changed', subject, by, link, text: `${by} ${saidOf(change.value)}: ${alert}` },
  ]);
}

function saidOf(verdict: VerdictValue | null): string {
  return verdict === null
    ? 'took back the verdict on an alert of yours'
    : `gave a verdict on an alert of yours, ${verdict.replaceAll('_', ' ')}`;
}

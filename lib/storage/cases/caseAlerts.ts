import { alertSubject, toAlertKey } from '../alertKey';
import { NEWEST } from '../alerts';
import { type Connection, pool } from '../client';
import type { VerdictValue } from '../findingRows';

/** An alert that stands in a case, with what stands of decisions about it. */
export type CaseAlert = {
  /** What it stands in the case as: stays the same when hosts are joined and parted. */
  readonly ref: string;
  /** The same as a key. */
  readonly key: string;
  /** Canonical id of its host now. */
  readonly hostId: number;
  readonly host: string;
  /** The vendor's id, and what it says; the id again and nothing for one that the data no longer gives. */
  readonly alert: string;
  readonly rule: string;
  readonly product: string;
  /** Whether the data still gives it: one that is gone can be given no verdict any more. */
  readonly present: boolean;
  readonly verdict: VerdictValue | null;
  readonly verdictReason: string;
  readonly verdictBy: string | null;
  readonly verdictAt: Date | null;
  readonly assignee: string | null;
  /** 0 while nobody decided anything. */
  readonly revision: number;
};

/** SQL: alerts of the cases $1 as they stand there, split in host and vendor's id. */
const ITEMS = `items AS MATERIALIZED (SELECT i.ref, split_part(i.ref, '/', 1)::int AS host_id, substr(i.ref, strpos(i.ref, '/') + 1) AS alert
  FROM case_items i WHERE i.kind = 'alert' AND i.case_id = ANY($1::int[]))`;

/** Alerts of a case and those merged into it, in order of reference. */
export async function loadCaseAlerts(
  family: readonly number[],
  reader: Pick<Connection, 'query'> = pool(),
): Promise<readonly CaseAlert[]> {
  const { rows } = await reader.query<Omit<CaseAlert, 'key'>>(
    `WITH ${ITEMS}
     SELECT i.ref, coalesce(c.id, i.host_id) AS "hostId", coalesce(c.name, '') AS host, i.alert, coalesce(j.rule, i.alert) AS rule,
       coalesce(j.product, '') AS product, j.rule IS NOT NULL AS present, d.verdict, coalesce(d.verdict_reason, '') AS "verdictReason",
       d.verdict_by AS "verdictBy", d.verdict_at AS "verdictAt", d.assignee, coalesce(d.revision, 0) AS revision
     FROM items i LEFT JOIN hosts h ON h.id = i.host_id LEFT JOIN hosts c ON c.id = h.canonical_id
       LEFT JOIN LATERAL (SELECT min(a.rule) AS rule, min(a.product) AS product FROM alerts a
         WHERE a.host_id = h.canonical_id AND a.alert = i.alert) j ON TRUE
       LEFT JOIN LATERAL (SELECT x.* FROM hosts g JOIN alert_decisions x ON x.host_id = g.id AND x.alert = i.alert
         WHERE g.canonical_id = h.canonical_id ORDER BY ${NEWEST} LIMIT 1) d ON TRUE
     ORDER BY i.ref`,
    [family],
  );
  return rows.map((row) => {
    const at = row.ref.indexOf('/');
    return { ...row, key: toAlertKey(Number(row.ref.slice(0, at)), row.ref.slice(at + 1)) };
  });
}

/** The same, held against decisions until the transaction ends. */
export async function holdCaseAlerts(
  connection: Connection,
  family: readonly number[],
): Promise<readonly CaseAlert[]> {
  await connection.query(
    `WITH ${ITEMS}
     SELECT x.alert FROM items i JOIN hosts h ON h.id = i.host_id JOIN hosts g ON g.canonical_id = h.canonical_id
       JOIN alert_decisions x ON x.host_id = g.id AND x.alert = i.alert ORDER BY x.alert, ${NEWEST} FOR SHARE OF x`,
    [family],
  );
  // Read only now: what was decided while this waited counts.
  return loadCaseAlerts(family, connection);
}

/** Whether a verdict can be given on an alert, and is not. */
export function awaitsVerdict({ present, verdict }: CaseAlert): boolean {
  return present && verdict === null;
}

/** An alert as a refusal names it. */
export function alertName({ rule, host }: CaseAlert): string {
  return `the alert “${rule}” on ${host}`;
}

/** Subjects of the audit trail of a case's alerts: each under every name its host has. */
export async function alertSubjectsOf(
  family: readonly number[],
  reader: Pick<Connection, 'query'> = pool(),
): Promise<readonly string[]> {
  const { rows } = await reader.query<{ id: number; alert: string }>(
    `WITH ${ITEMS}
     SELECT i.host_id AS id, i.alert FROM items i
     UNION SELECT m.id, i.alert FROM items i JOIN hosts h ON h.id = i.host_id JOIN hosts m ON m.canonical_id = h.canonical_id
     ORDER BY 1, 2`,
    [family],
  );
  return rows.map(({ id, alert }) => alertSubject(id, alert));
}

/** Whether a person ever gave a verdict on an alert of a case, also one that was taken back. */
export async function gaveAlertVerdict(
  family: readonly number[],
  person: string,
  reader: Pick<Connection, 'query'> = pool(),
): Promise<boolean> {
  const subjects = await alertSubjectsOf(family, reader);
  if (subjects.length === 0) return false;
  const { rowCount } = await reader.query(
    `SELECT 1 FROM audit WHERE subject = ANY($1::text[]) AND action = 'alert.verdict' AND by = $2
       AND details->>'verdict' IS NOT NULL LIMIT 1`,
    [subjects, person],
  );
  return (rowCount ?? 0) > 0;
}

/** Events that are the evidence of alerts, in order of time, by the reference of their alert; at most `limit` of each. */
export async function alertEvents(
  family: readonly number[],
  limit: number,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = await pool().query<{ ref: string; events: string[] }>(
    `WITH ${ITEMS}
     SELECT i.ref, array_agg(e.event_id ORDER BY e.time, e.event_id) AS events
     FROM items i JOIN hosts h ON h.id = i.host_id CROSS JOIN LATERAL (SELECT a.event_id, a.time FROM alerts a
       WHERE a.host_id = h.canonical_id AND a.alert = i.alert ORDER BY a.time, a.event_id LIMIT $2) e
     GROUP BY i.ref`,
    [family, limit],
  );
  return new Map(rows.map(({ ref, events }) => [ref, events]));
}

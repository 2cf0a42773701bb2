import { type Connection, pool } from '../client';
import { queueChangedHosts } from '../hosts';
import { jsonText } from '../jsonText';
import { type BaselinePattern, type Covered, coverBy, coveringBaselines } from './baselinesCover';
import { queueSigmaCorrelation } from './correlationQueue';
import { lockHostsOfHits, lockSigma, markHosts } from './runsLock';

/** What people said is normal of hits of a rule. */
export type StoredSigmaBaseline = BaselinePattern & {
  readonly id: number;
  /** Title of the rule's newest text; null where no set holds it any more. */
  readonly ruleTitle: string | null;
  readonly hostName: string | null;
  readonly title: string;
  readonly reason: string;
  readonly owner: string;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly state: 'active' | 'expired' | 'revoked';
  readonly revokedBy: string | null;
  readonly revokedReason: string | null;
  /** Hits it covers now, each record once. */
  readonly hits: number;
};

/** Baselines of hits, newest first, or the one with an id. */
export async function listSigmaBaselines(
  id?: number,
  reader: Pick<Connection, 'query'> = pool(),
): Promise<readonly StoredSigmaBaseline[]> {
  const { rows } = await reader.query<StoredSigmaBaseline>(
    `WITH covered AS (SELECT once.baseline_id, count(*)::int AS hits FROM (
         SELECT x.baseline_id FROM sigma_hits x JOIN sigma_runs u ON u.import_id = x.import_id AND u.run = x.run
         WHERE x.baseline_id IS NOT NULL AND NOT x.silent AND ($1::int IS NULL OR x.baseline_id = $1)
         GROUP BY x.baseline_id, x.host_id, x.event_id, x.rule_id) once GROUP BY 1)
     SELECT b.id, b.rule_id AS "ruleId", b.host_id AS "hostId", b.fields, b.title, b.reason, b.owner,
       (SELECT r.title FROM sigma_rules r WHERE r.rule_id = b.rule_id ORDER BY r.id DESC LIMIT 1) AS "ruleTitle",
       (SELECT c.name FROM hosts h JOIN hosts c ON c.id = h.canonical_id WHERE h.id = b.host_id) AS "hostName",
       b.created_by AS "createdBy", b.created_at AS "createdAt", b.expires_at AS "expiresAt",
       CASE WHEN b.revoked_at IS NOT NULL THEN 'revoked' WHEN b.expires_at <= now() THEN 'expired' ELSE 'active' END AS state,
       b.revoked_by AS "revokedBy", b.revoked_reason AS "revokedReason", coalesce(v.hits, 0) AS hits
     FROM sigma_baselines b LEFT JOIN covered v ON v.baseline_id = b.id
     WHERE $1::int IS NULL OR b.id = $1 ORDER BY b.id DESC`,
    [id ?? null],
  );
  return rows;
}

/** Keeps a baseline, has it cover what is there, and marks the hosts it covers hits on. Returns its id. */
export async function addSigmaBaseline(
  connection: Connection,
  baseline: BaselinePattern & {
    readonly title: string;
    readonly reason: string;
    readonly owner: string;
    readonly createdBy: string;
    readonly expiresAt: Date;
    readonly hit: string | null;
  },
): Promise<number> {
  await lockSigma(connection);
  await lockHostsOfHits(connection, OF_RULE, [baseline.ruleId]);
  const { rows } = await connection.query<{ id: number }>(
    `INSERT INTO sigma_baselines (rule_id, host_id, title, fields, reason, owner, created_by, expires_at, hit)
     VALUES ($1, (SELECT canonical_id FROM hosts WHERE id = $2), $3, $4, $5, $6, $7, $8, $9) RETURNING id`,
    [
      baseline.ruleId,
      baseline.hostId,
      baseline.title,
      jsonText(baseline.fields),
      baseline.reason,
      baseline.owner,
      baseline.createdBy,
      baseline.expiresAt,
      baseline.hit,
    ],
  );
  const id = rows[0]?.id ?? 0;
  const added = (await coveringBaselines(connection, baseline.ruleId)).filter((one) => one.id === id);
  await coverageChanged(connection, await coverBy(connection, added));
  return id;
}

/**
 * Takes a baseline back: its hits are open again, but for those that another one covers. False when it was revoked
 * before.
 */
export async function revokeSigmaBaseline(
  connection: Connection,
  id: number,
  by: string,
  reason: string,
): Promise<boolean> {
  await lockSigma(connection);
  const { rows } = await connection.query<{ ruleId: string }>(
    `UPDATE sigma_baselines SET revoked_at = now(), revoked_by = $2, revoked_reason = $3
     WHERE id = $1 AND revoked_at IS NULL RETURNING rule_id AS "ruleId"`,
    [id, by, reason],
  );
  const ruleId = rows[0]?.ruleId;
  if (ruleId === undefined) return false;
  await lockHostsOfHits(connection, OF_RULE, [ruleId]);
  const { rows: opened } = await connection.query<{ id: number; silent: boolean }>(
    `WITH opened AS (UPDATE sigma_hits x SET baseline_id = NULL FROM sigma_rules r
       WHERE r.id = x.rule_id AND r.rule_id = $2 AND x.baseline_id = $1 RETURNING x.host_id AS id, x.silent)
     SELECT DISTINCT id, silent FROM opened`,
    [id, ruleId],
  );
  await coverBy(connection, await coveringBaselines(connection, ruleId));
  await coverageChanged(connection, {
    any: opened.length > 0,
    hostIds: new Set(opened.flatMap((row) => (row.silent ? [] : [row.id]))),
  });
  return true;
}

/** SQL: hits `x` of the rule with an id. */
const OF_RULE = 'x.rule_id IN (SELECT r.id FROM sigma_rules r WHERE r.rule_id = $1)';

/** What is covered raises no score and takes part in no correlation. */
async function coverageChanged(connection: Connection, { any, hostIds }: Covered): Promise<void> {
  if (!any) return;
  await markHosts(connection, [...hostIds]);
  await queueChangedHosts(connection);
  await queueSigmaCorrelation(connection);
}

/** Whether any text of a rule of that id is held. */
export async function isRuleKnown(ruleId: string): Promise<boolean> {
  const { rowCount } = await pool().query('SELECT 1 FROM sigma_rules WHERE rule_id = $1 LIMIT 1', [ruleId]);
  return rowCount === 1;
}

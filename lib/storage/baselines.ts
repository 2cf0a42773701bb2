import { type Connection, pool } from './client';
import { createConditions } from './conditions';
import { jsonText } from './jsonText';
import type { Effect } from './settings';

/** `waiting`: saved, and in force only once a second person approved. */
export type BaselineState = 'active' | 'waiting' | 'expired' | 'revoked';

/** A baseline as people made it. */
export type StoredBaseline = {
  readonly id: number;
  readonly analytic: string;
  readonly title: string;
  readonly when: string;
  readonly points: number | null;
  readonly reason: string;
  readonly owner: string;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly expiresAt: Date;
  readonly state: BaselineState;
  readonly revokedAt: Date | null;
  readonly revokedBy: string | null;
  readonly revokedReason: string | null;
  /** Findings it lowers or hides now, and when the newest of them began (microseconds). */
  readonly hits: number;
  readonly lastHit: number | null;
  readonly findingId: string | null;
  /** As the back-test named them; an empty list for baselines of an earlier version. */
  readonly loses: unknown;
  readonly needsApproval: boolean;
  readonly approvedAt: Date | null;
  readonly approvedBy: string | null;
};

const STATE = `CASE WHEN b.revoked_at IS NOT NULL THEN 'revoked' WHEN b.expires_at <= now() THEN 'expired'
  WHEN b.needs_approval AND b.approved_at IS NULL THEN 'waiting' ELSE 'active' END`;

/** SQL: detection uses it (alias `b`); one that ran out still covers what it covered. */
export const IN_FORCE = 'b.revoked_at IS NULL AND (NOT b.needs_approval OR b.approved_at IS NOT NULL)';

const COLUMNS = `b.id, b.analytic, b.title, b."when", b.points, b.reason, b.owner, b.created_at AS "createdAt",
  b.created_by AS "createdBy", b.expires_at AS "expiresAt", ${STATE} AS state, b.revoked_at AS "revokedAt",
  b.revoked_by AS "revokedBy", b.revoked_reason AS "revokedReason",
  coalesce(h.hits, 0) AS hits, h.last AS "lastHit", b.finding_id AS "findingId", b.loses, b.needs_approval AS "needsApproval",
  b.approved_at AS "approvedAt", b.approved_by AS "approvedBy"`;

/** Counted once over all findings that any baseline covers, not once per baseline. */
const HITS = `(SELECT covered.id, count(*)::int AS hits, max(f.from_time) AS last FROM findings f CROSS JOIN LATERAL unnest(f.baseline_ids) AS covered(id)
  WHERE f.baseline_ids <> '{}' AND NOT f.stale GROUP BY 1)`;

/** Baselines, newest first. */
export async function listBaselines(
  filter: {
    readonly analytic?: string | undefined;
    readonly state?: BaselineState | undefined;
    readonly id?: number;
    readonly limit?: number | undefined;
  } = {},
  reader: Pick<Connection, 'query'> = pool(),
): Promise<readonly StoredBaseline[]> {
  const conditions = createConditions();
  if (filter.analytic !== undefined) conditions.add(`b.analytic = ${conditions.value(filter.analytic)}`);
  if (filter.state !== undefined) conditions.add(`${STATE} = ${conditions.value(filter.state)}`);
  if (filter.id !== undefined) conditions.add(`b.id = ${conditions.value(filter.id)}`);
  const { rows } = await reader.query<StoredBaseline>(
    `SELECT ${COLUMNS} FROM baselines b LEFT JOIN ${HITS} h ON h.id = b.id WHERE ${conditions.where()}
     ORDER BY b.id DESC LIMIT ${conditions.value(filter.limit ?? 10_000)}`,
    conditions.values(),
  );
  return rows;
}

/**
 * What detection needs of the baselines that are in force: approved where that is needed, and not revoked. Those that
 * ran out still cover what they covered.
 */
export async function baselinesInForce(): Promise<
  readonly Pick<StoredBaseline, 'id' | 'analytic' | 'title' | 'when' | 'points' | 'expiresAt'>[]
> {
  const { rows } = await pool().query<StoredBaseline>(
    `SELECT id, analytic, title, "when", points, expires_at AS "expiresAt" FROM baselines b
     WHERE ${IN_FORCE} ORDER BY id`,
  );
  return rows;
}

/** Adds a baseline and returns its id. */
export async function addBaseline(
  connection: Connection,
  baseline: Pick<
    StoredBaseline,
    | 'analytic'
    | 'title'
    | 'when'
    | 'points'
    | 'reason'
    | 'owner'
    | 'createdBy'
    | 'expiresAt'
    | 'findingId'
    | 'loses'
    | 'needsApproval'
  > & { readonly effect: Effect },
): Promise<number> {
  const { rows } = await connection.query<{ id: number }>(
    `INSERT INTO baselines (analytic, title, "when", points, reason, owner, created_by, expires_at, effect,
       finding_id, loses, needs_approval)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id`,
    [
      baseline.analytic,
      baseline.title,
      baseline.when,
      baseline.points,
      baseline.reason,
      baseline.owner,
      baseline.createdBy,
      baseline.expiresAt,
      jsonText(baseline.effect),
      baseline.findingId,
      jsonText(baseline.loses),
      baseline.needsApproval,
    ],
  );
  return rows[0]?.id ?? 0;
}

/** Takes a baseline back; false when it is not there or was revoked already. */
export async function revokeBaseline(
  connection: Connection,
  id: number,
  by: string,
  reason: string,
): Promise<boolean> {
  const { rowCount } = await connection.query(
    `UPDATE baselines SET revoked_at = now(), revoked_by = $2, revoked_reason = $3
     WHERE id = $1 AND revoked_at IS NULL`,
    [id, by, reason],
  );
  return rowCount === 1;
}

/** Puts a waiting baseline in force; false when it is not there, not waiting (any more), or `by` made it. */
export async function approveBaseline(connection: Connection, id: number, by: string): Promise<boolean> {
  const { rowCount } = await connection.query(
    `UPDATE baselines b SET approved_at = now(), approved_by = $2
     WHERE id = $1 AND ${STATE} = 'waiting' AND created_by <> $2`,
    [id, by],
  );
  return rowCount === 1;
}

/** Findings of a baseline that are read through for what hides them beside it. */
const COVERED_READ = 5000;

/**
 * How many findings would be open again without a baseline, because nothing else hides them, of the newest COVERED_READ
 * it covers; and how many of all it covers began after `since` (microseconds).
 */
export async function baselineReturns(
  id: number,
  since: number,
): Promise<{ readonly returns: number; readonly isCut: boolean; readonly lately: number }> {
  const { rows } = await pool().query<{ returns: number; isCut: boolean; lately: number }>(
    `SELECT count(*) FILTER (WHERE c.suppressed AND NOT EXISTS (SELECT 1 FROM jsonb_array_elements(c.body->'reasons') r
         WHERE r->>'effect' = 'suppresses' AND r->'baseline' IS DISTINCT FROM to_jsonb($1::int)))::int AS returns,
       count(*) >= $3 AS "isCut",
       (SELECT count(*)::int FROM findings f WHERE f.baseline_ids @> ARRAY[$1::int] AND NOT f.stale AND f.from_time >= $2) AS lately
     FROM (SELECT f.suppressed, f.body FROM findings f WHERE f.baseline_ids @> ARRAY[$1::int] AND NOT f.stale
       ORDER BY f.from_time DESC LIMIT $3) c`,
    [id, since, COVERED_READ],
  );
  return rows[0] ?? { returns: 0, isCut: false, lately: 0 };
}

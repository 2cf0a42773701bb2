import { type Connection, pool } from './client';
import { createConditions } from './conditions';
import { jsonText } from './jsonText';
import type { Effect } from './settings';

export type BaselineState = 'active' | 'expired' | 'revoked';

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
  /** Findings it lowers or hides now. */
  readonly hits: number;
};

const STATE = `CASE WHEN b.revoked_at IS NOT NULL THEN 'revoked' WHEN b.expires_at <= now() THEN 'expired' ELSE 'active' END`;

const COLUMNS = `b.id, b.analytic, b.title, b."when", b.points, b.reason, b.owner, b.created_at AS "createdAt",
  b.created_by AS "createdBy", b.expires_at AS "expiresAt", ${STATE} AS state, b.revoked_at AS "revokedAt",
  b.revoked_by AS "revokedBy", b.revoked_reason AS "revokedReason",
  coalesce(h.hits, 0) AS hits`;

/** Counted once over all findings that any baseline covers, not once per baseline. */
const HITS = `(SELECT covered.id, count(*)::int AS hits FROM findings f CROSS JOIN LATERAL unnest(f.baseline_ids) AS covered(id)
  WHERE f.baseline_ids <> '{}' AND NOT f.stale GROUP BY 1)`;

/** Baselines, newest first. */
export async function listBaselines(
  filter: {
    readonly analytic?: string | undefined;
    readonly state?: BaselineState | undefined;
    readonly id?: number;
    readonly limit?: number | undefined;
  } = {},
): Promise<readonly StoredBaseline[]> {
  const conditions = createConditions();
  if (filter.analytic !== undefined) conditions.add(`b.analytic = ${conditions.value(filter.analytic)}`);
  if (filter.state !== undefined) conditions.add(`${STATE} = ${conditions.value(filter.state)}`);
  if (filter.id !== undefined) conditions.add(`b.id = ${conditions.value(filter.id)}`);
  const { rows } = await pool().query<StoredBaseline>(
    `SELECT ${COLUMNS} FROM baselines b LEFT JOIN ${HITS} h ON h.id = b.id WHERE ${conditions.where()}
     ORDER BY b.id DESC LIMIT ${conditions.value(filter.limit ?? 10_000)}`,
    conditions.values(),
  );
  return rows;
}

/** What detection needs of the baselines that were not revoked; those that ran out still cover what they covered. */
export async function baselinesInForce(): Promise<
  readonly Pick<StoredBaseline, 'id' | 'analytic' | 'title' | 'when' | 'points' | 'expiresAt'>[]
> {
  const { rows } = await pool().query<StoredBaseline>(
    `SELECT id, analytic, title, "when", points, expires_at AS "expiresAt" FROM baselines
     WHERE revoked_at IS NULL ORDER BY id`,
  );
  return rows;
}

/** Adds a baseline and returns its id. */
export async function addBaseline(
  connection: Connection,
  baseline: Pick<
    StoredBaseline,
    'analytic' | 'title' | 'when' | 'points' | 'reason' | 'owner' | 'createdBy' | 'expiresAt'
  > & { readonly effect: Effect },
): Promise<number> {
  const { rows } = await connection.query<{ id: number }>(
    `INSERT INTO baselines (analytic, title, "when", points, reason, owner, created_by, expires_at, effect)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id`,
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

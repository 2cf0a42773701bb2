import { pool } from '../client';
import { remembered } from '../remembered';

/** A replay that matched a stage in records of one source. */
export type StageProofRow = {
  /** `ANALYTIC/stage`. */
  readonly stage: string;
  /** As lib/visibility/sources.ts names it. */
  readonly source: string;
  readonly runId: number;
  readonly recording: string;
  readonly at: Date;
};

/** An analytic in the version that is in force. */
export type AnalyticVersion = { readonly id: string; readonly version: string };

/**
 * The newest proof that still holds of each stage in each source, by runs that are done: of the version in force, and
 * not refuted by a later run that replayed the same recording and found the stage by that source in none.
 */
export async function loadStageProofs(
  analytics: readonly AnalyticVersion[],
): Promise<readonly StageProofRow[]> {
  const { rows } = await pool().query<{ id: number | null }>({
    name: 'last_done_validation',
    text: "SELECT max(id) AS id FROM validation_runs WHERE state = 'done'",
  });
  const versions = analytics.map(({ id, version }) => `${id} ${version}`).join(' ');
  // Reports are long, and say the same until another run is done.
  return remembered(
    `stage proofs ${rows[0]?.id ?? 0} ${versions}`,
    () => findStageProofs(analytics),
    'correlation',
  );
}

async function findStageProofs(analytics: readonly AnalyticVersion[]): Promise<readonly StageProofRow[]> {
  const { rows } = await pool().query<StageProofRow>({
    name: 'stage_proofs',
    text: `WITH proofs AS (
        SELECT p.*, r.ended_at FROM stage_proofs p JOIN validation_runs r ON r.id = p.run_id
          JOIN unnest($1::text[], $2::text[]) AS a(id, version)
            ON a.id = split_part(p.stage, '/', 1) AND a.version = p.version
        WHERE r.state = 'done' AND r.ended_at IS NOT NULL),
      replayed AS MATERIALIZED (
        SELECT DISTINCT r.id, r.ended_at, c->>'sha256' AS sha256
        FROM validation_runs r CROSS JOIN LATERAL json_array_elements(r.report::json->'cases') AS c
        WHERE r.state = 'done' AND r.report IS NOT NULL AND r.ended_at > (SELECT min(ended_at) FROM proofs))
      SELECT DISTINCT ON (p.stage, p.source) p.stage, p.source, p.run_id AS "runId", p.recording, p.ended_at AS at
      FROM proofs p
      WHERE NOT EXISTS (SELECT 1 FROM replayed l WHERE l.sha256 = p.sha256 AND l.ended_at > p.ended_at
        AND NOT EXISTS (SELECT 1 FROM stage_proofs q
          WHERE q.run_id = l.id AND q.stage = p.stage AND q.source = p.source))
      ORDER BY p.stage, p.source, p.ended_at DESC, p.run_id DESC`,
    values: [analytics.map(({ id }) => id), analytics.map(({ version }) => version)],
  });
  return rows;
}

/** When the newest validation ended; null when none did. */
export async function lastValidationAt(): Promise<Date | null> {
  const { rows } = await pool().query<{ at: Date | null }>({
    name: 'last_validation',
    text: "SELECT max(ended_at) AS at FROM validation_runs WHERE state = 'done'",
  });
  return rows[0]?.at ?? null;
}

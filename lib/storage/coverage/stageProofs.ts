import { pool } from '../client';

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

/** The newest proof of each stage in each source, by runs that are done. */
export async function loadStageProofs(): Promise<readonly StageProofRow[]> {
  const { rows } = await pool().query<StageProofRow>({
    name: 'stage_proofs',
    text: `SELECT DISTINCT ON (p.stage, p.source) p.stage, p.source, p.run_id AS "runId", p.recording, r.ended_at AS at
      FROM stage_proofs p JOIN validation_runs r ON r.id = p.run_id
      WHERE r.state = 'done' AND r.ended_at IS NOT NULL
      ORDER BY p.stage, p.source, r.ended_at DESC, p.run_id DESC`,
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

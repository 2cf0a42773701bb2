import type { StageVisibility } from '../findings/finding';
import { type Connection, pool } from './client';

/** Replaces what can be seen on a host group, within the caller's transaction. `stage` is `ANALYTIC/stage`. */
export async function replaceCoverage(
  connection: Connection,
  canonicalId: number,
  memberIds: readonly number[],
  coverage: readonly StageVisibility[],
): Promise<void> {
  await connection.query('DELETE FROM coverage WHERE host_id = ANY($1)', [memberIds]);
  if (coverage.length === 0) return;
  await connection.query(
    `INSERT INTO coverage (host_id, stage, state, why, fix) SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[], $5::text[])
     ON CONFLICT (host_id, stage) DO NOTHING`,
    [
      canonicalId,
      coverage.map((row) => row.stage),
      coverage.map((row) => row.state),
      coverage.map((row) => row.why),
      coverage.map((row) => row.fix ?? null),
    ],
  );
}

/** Coverage of one host group, by stage. */
export async function loadCoverage(hostId: number): Promise<readonly StageVisibility[]> {
  const { rows } = await pool().query<{
    stage: string;
    state: StageVisibility['state'];
    why: string;
    fix: string | null;
  }>('SELECT stage, state, why, fix FROM coverage WHERE host_id = $1 ORDER BY stage', [hostId]);
  return rows.map(({ fix, ...row }) => (fix === null ? row : { ...row, fix }));
}

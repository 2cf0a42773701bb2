import type { HostCoverage } from '../coverage/coverage';
import type { CoverageDay } from '../coverage/coverageByDay';
import { type Connection, pool } from './client';
import { copyRows } from './copyBinary';

/** What can be seen of one stage; of which host is known. */
export type StageCoverage = Omit<HostCoverage, 'host'>;

/** Replaces what can be seen on a host group, within the caller's transaction. `stage` is `ANALYTIC/stage`. */
export async function replaceCoverage(
  connection: Connection,
  canonicalId: number,
  memberIds: readonly number[],
  coverage: readonly StageCoverage[],
): Promise<void> {
  await connection.query('DELETE FROM coverage WHERE host_id = ANY($1)', [memberIds]);
  if (coverage.length === 0) return;
  await connection.query(
    `INSERT INTO coverage (host_id, stage, state, why, fix, gaps)
     SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::jsonb[])
     ON CONFLICT (host_id, stage) DO NOTHING`,
    [
      canonicalId,
      coverage.map((row) => row.stage),
      coverage.map((row) => row.state),
      coverage.map((row) => row.why),
      coverage.map((row) => row.fix ?? null),
      coverage.map((row) => JSON.stringify(row.gaps)),
    ],
  );
}

/** Replaces for how long of each day a host group's stages could be seen, within the caller's transaction. */
export async function replaceCoverageDays(
  connection: Connection,
  canonicalId: number,
  memberIds: readonly number[],
  days: readonly CoverageDay[],
): Promise<void> {
  await connection.query({
    name: 'drop_coverage_days',
    text: 'DELETE FROM coverage_days WHERE host_id = ANY($1)',
    values: [memberIds],
  });
  if (days.length === 0) return;
  await copyRows(
    connection,
    'coverage_days',
    [
      { name: 'host_id', type: 'int4' },
      { name: 'day', type: 'int4' },
      { name: 'stage', type: 'text' },
      { name: 'visible', type: 'int8' },
      { name: 'partial', type: 'int8' },
      { name: 'blind', type: 'int8' },
    ],
    rowsOf(canonicalId, days),
  );
}

function* rowsOf(hostId: number, days: readonly CoverageDay[]): Generator<readonly (number | string)[]> {
  for (const { day, stage, visible, partial, blind } of days)
    yield [hostId, day, stage, visible, partial, blind];
}

/** Coverage of one host group, by stage. */
export async function loadCoverage(hostId: number): Promise<readonly StageCoverage[]> {
  const { rows } = await pool().query<Omit<StageCoverage, 'fix'> & { readonly fix: string | null }>(
    'SELECT stage, state, why, fix, gaps FROM coverage WHERE host_id = $1 ORDER BY stage',
    [hostId],
  );
  return rows.map(({ fix, ...row }) => (fix === null ? row : { ...row, fix }));
}

import type { DayRange } from '../../coverage/rollupPeriod';
import type { SeenTime } from '../../coverage/seenTime';
import { transaction } from '../client';

/**
 * Runs one sum by itself. Several are asked for at once, each is done in a fraction of a second, and workers of its
 * own would only take each other's time.
 */
async function sum<Row extends object>(
  name: string,
  text: string,
  days: DayRange,
  stages: readonly string[],
): Promise<readonly Row[]> {
  return transaction(async (connection) => {
    await connection.query("SELECT set_config('max_parallel_workers_per_gather', '0', true)");
    const { rows } = await connection.query<Row>({ name, text, values: [days.from, days.to, stages] });
    return rows;
  });
}

const SUMS = 'sum(visible)::bigint AS visible, sum(partial)::bigint AS partial, sum(blind)::bigint AS blind';

/** What correlation kept of the days, added up per host (canonical id) and stage. Stages that are not named are left out. */
export async function sumByStage(
  days: DayRange,
  stages: readonly string[],
): Promise<readonly (SeenTime & { readonly hostId: number; readonly stage: string })[]> {
  return sum<SeenTime & { hostId: number; stage: string }>(
    'coverage_by_stage',
    `SELECT host_id AS "hostId", stage, ${SUMS} FROM coverage_days
      WHERE day BETWEEN $1 AND $2 AND stage = ANY($3::text[]) GROUP BY 1, 2`,
    days,
    stages,
  );
}

/** The same over all named stages together, per host. */
export async function sumByHost(
  days: DayRange,
  stages: readonly string[],
): Promise<readonly (SeenTime & { readonly hostId: number })[]> {
  return sum<SeenTime & { hostId: number }>(
    'coverage_by_host',
    `SELECT host_id AS "hostId", ${SUMS} FROM coverage_days
      WHERE day BETWEEN $1 AND $2 AND stage = ANY($3::text[]) GROUP BY 1`,
    days,
    stages,
  );
}

/** The same per host and week; weeks are counted from the first day, seven days each, from 0. */
export async function sumByWeek(
  days: DayRange,
  stages: readonly string[],
): Promise<readonly (SeenTime & { readonly hostId: number; readonly week: number })[]> {
  return sum<SeenTime & { hostId: number; week: number }>(
    'coverage_by_week',
    `SELECT host_id AS "hostId", (day - $1::int) / 7 AS week, ${SUMS} FROM coverage_days
      WHERE day BETWEEN $1::int AND $2 AND stage = ANY($3::text[]) GROUP BY 1, 2`,
    days,
    stages,
  );
}

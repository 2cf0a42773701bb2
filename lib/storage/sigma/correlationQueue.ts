import type { Connection } from '../client';
import { addJob } from '../queue';

/** Passes and correlations stand in one line, one after the other, so that imports and hosts go on beside them. */
export const SIGMA_LINE = 'sigma';

/** SQL: rules that are in force: chosen ones of the newest version of every set that is enabled. */
export const IN_FORCE = `sigma_sets s JOIN sigma_set_rules m ON m.set_id = s.id AND m.n = s.version AND m.chosen
  JOIN sigma_rules r ON r.id = m.rule_id WHERE s.enabled`;

/** Key of the job that works out correlations. */
export const CORRELATION_KEY = 'sigma:correlate';

/**
 * Has correlations of Sigma worked out again, where there are any or were. Asked for anew it goes behind the passes
 * that wait, since all stand in one line.
 */
export async function queueSigmaCorrelation(connection: Connection): Promise<void> {
  const { rowCount } = await connection.query(
    `SELECT 1 WHERE EXISTS (SELECT 1 FROM sigma_correlated)
       OR EXISTS (SELECT 1 FROM ${IN_FORCE} AND r.kind = 'correlation')`,
  );
  if (rowCount === 0) return;
  await addJob(connection, 'correlate_sigma', {}, CORRELATION_KEY, SIGMA_LINE);
}

/** The same where any of the recorded hosts has hits: their times, or whose they are, have changed. */
export async function queueCorrelationOf(connection: Connection, hostIds: readonly number[]): Promise<void> {
  const { rowCount } = await connection.query('SELECT 1 FROM sigma_hits WHERE host_id = ANY($1) LIMIT 1', [
    hostIds,
  ]);
  if (rowCount === 1) await queueSigmaCorrelation(connection);
}

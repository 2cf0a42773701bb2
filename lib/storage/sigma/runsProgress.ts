import { pool } from '../client';
import { LOCK_CLASS } from '../locks';
import { CORRELATION_KEY } from './correlationQueue';

/** How far the rules have come over all imports. */
export type SigmaStanding = {
  readonly waiting: number;
  readonly running: number;
  readonly done: number;
  /** Newest import first, at most 100. */
  readonly failed: readonly { readonly importId: number; readonly name: string; readonly error: string }[];
  /** Whether correlations are to be worked out, or are. */
  readonly correlating: boolean;
};

/** Counts runs of imports that are not being deleted. */
export async function sigmaStanding(): Promise<SigmaStanding> {
  const { rows } = await pool().query<SigmaStanding>(
    `WITH runs AS (SELECT u.import_id, u.state, u.error, i.name FROM sigma_runs u JOIN imports i ON i.id = u.import_id
       WHERE i.clearing IS DISTINCT FROM 'delete')
     SELECT count(*) FILTER (WHERE state = 'waiting')::int AS waiting, count(*) FILTER (WHERE state = 'running')::int AS running,
       count(*) FILTER (WHERE state = 'done')::int AS done,
       coalesce((SELECT jsonb_agg(jsonb_build_object('importId', f.import_id, 'name', f.name, 'error', coalesce(f.error, ''))
           ORDER BY f.import_id DESC)
         FROM (SELECT * FROM runs WHERE state = 'failed' ORDER BY import_id DESC LIMIT 100) f), '[]') AS failed,
       EXISTS (SELECT 1 FROM graphile_worker.jobs WHERE key = $1) AS correlating
     FROM runs`,
    [CORRELATION_KEY],
  );
  return rows[0] ?? { waiting: 0, running: 0, done: 0, failed: [], correlating: false };
}

/**
 * Imports with a pass, and back-tests, that are being worked on or were when their worker was killed. A pass may wait
 * anew, or be dropped, while somebody still works on it: that the import is locked tells.
 */
export async function sigmaInWork(): Promise<{
  readonly sigma: ReadonlySet<number>;
  readonly sigma_backtest: ReadonlySet<number>;
}> {
  const { rows } = await pool().query<{ sigma: number[]; backtests: number[] }>(
    `SELECT ARRAY(SELECT import_id FROM sigma_runs WHERE state IN ('waiting', 'running') UNION
         SELECT objid::bigint::int FROM pg_locks WHERE locktype = 'advisory' AND classid = ${LOCK_CLASS.importWork} AND granted
           AND database = (SELECT oid FROM pg_database WHERE datname = current_database())) AS sigma,
       ARRAY(SELECT id FROM sigma_backtests WHERE state = 'running') AS backtests`,
  );
  return { sigma: new Set(rows[0]?.sigma), sigma_backtest: new Set(rows[0]?.backtests) };
}

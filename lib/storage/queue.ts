import { type Connection, pool, withConnection } from './client';
import { LOCK_CLASS } from './locks';

/** Jobs of the queue and what each is told. */
export type JobPayloads = {
  /** Parse and store one import, then have its hosts correlated. */
  run_import: { readonly importId: number };
  /** Correlate one host group, by its canonical id. */
  correlate_host: { readonly hostId: number };
  /** Try a proposed change on stored events. */
  run_backtest: { readonly backtestId: number };
  /** Replay labelled recordings. */
  run_validation: { readonly runId: number };
  /** Run the rules of Sigma over one import's records. */
  match_sigma: { readonly importId: number };
  /** Work out Sigma's correlations over all hits. */
  correlate_sigma: Record<string, unknown>;
  /** Try rules of Sigma on stored imports. */
  backtest_sigma: { readonly backtestId: number };
  /** Send one mail, or one message to a webhook. */
  deliver_message: { readonly deliveryId: number };
  /** Tell people of findings past their service clock. */
  tell_breached: Record<string, unknown>;
  /** Tell people of imports of theirs that failed. */
  tell_failed_imports: Record<string, unknown>;
  /** Tell owners of baselines that end soon, and write the end of those that ended into history. */
  tell_endings: Record<string, unknown>;
  /** Tell people of hosts that went quiet. */
  tell_quiet_hosts: Record<string, unknown>;
  /** Make and send the reports that are due. */
  make_reports: Record<string, unknown>;
  /** Delete messages and read notifications of long ago. */
  forget_messages: Record<string, unknown>;
};
export type JobName = keyof JobPayloads;

/** Errors end a job's work after fewer attempts (worker/tasks.ts); the rest is for workers killed under it. */
const MAX_ATTEMPTS = 25;

/**
 * Adds a job within the caller's transaction: the job exists exactly if what it is about does. One waiting
 * job per key: a second one with the same key replaces it, unless it has already begun. Jobs of one `line` are
 * worked off one at a time, whatever the number of workers.
 */
export async function addJob<Name extends JobName>(
  connection: Connection,
  name: Name,
  payload: JobPayloads[Name],
  key: string,
  line?: string,
): Promise<void> {
  await addJobs(connection, name, [{ payload, key }], line);
}

/** Adds several jobs of one name in one statement; one with a time is not begun before it. */
export async function addJobs<Name extends JobName>(
  connection: Connection,
  name: Name,
  jobs: readonly { readonly payload: JobPayloads[Name]; readonly key: string; readonly runAt?: Date }[],
  line?: string,
): Promise<void> {
  if (jobs.length === 0) return;
  await connection.query(
    `SELECT count(graphile_worker.add_job($1, payload := j.payload, job_key := j.key, max_attempts := $4, queue_name := $5,
       run_at := j.run_at))
     FROM unnest($2::json[], $3::text[], $6::timestamptz[]) AS j(payload, key, run_at)`,
    [
      name,
      jobs.map((job) => JSON.stringify(job.payload)),
      jobs.map((job) => job.key),
      MAX_ATTEMPTS,
      line ?? null,
      jobs.map((job) => job.runAt ?? null),
    ],
  );
}

/**
 * Key of the advisory lock that a worker holds for as long as it lives, from the name its jobs are locked
 * under (`pool-` and hex digits that graphile-worker draws).
 */
export function workerKey(poolId: string): number {
  return Number.parseInt(poolId.slice(POOL_PREFIX.length, POOL_PREFIX.length + 7), 16);
}

const POOL_PREFIX = 'pool-';

/** A worker takes its lock a moment after its pool exists; jobs locked more recently than this are left alone. */
const SETTLING_SECONDS = 3;

/**
 * Frees jobs whose worker is gone (kill -9, power cut), so that they are taken up at once and not after the
 * queue's own four hours. A worker lives exactly as long as the session that holds its lock. Returns how
 * many workers were found dead.
 */
export async function freeDeadWorkers(): Promise<number> {
  const { rows: holders } = await pool().query<{ name: string }>(
    `SELECT DISTINCT locked_by AS name FROM graphile_worker.jobs
     WHERE locked_by LIKE '${POOL_PREFIX}%' AND locked_at < now() - make_interval(secs => $1)`,
    [SETTLING_SECONDS],
  );
  if (holders.length === 0) return 0;
  // Looked up after the holders: whoever held a job then and has no lock now is dead.
  const alive = new Set(await workerLocks());
  const dead = holders.map((holder) => holder.name).filter((name) => !alive.has(workerKey(name)));
  if (dead.length > 0) await pool().query('SELECT graphile_worker.force_unlock_workers($1)', [dead]);
  return dead.length;
}

/** How many worker processes are alive now. */
export async function workersAlive(): Promise<number> {
  return (await workerLocks()).length;
}

async function workerLocks(): Promise<readonly number[]> {
  const { rows } = await pool().query<{ key: number }>(
    `SELECT objid::bigint AS key FROM pg_locks WHERE locktype = 'advisory' AND classid = $1 AND granted
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    [LOCK_CLASS.worker],
  );
  return rows.map((row) => row.key);
}

/** Jobs waiting or running, by name; for metrics. */
export async function jobCounts(): Promise<ReadonlyMap<string, number>> {
  const { rows } = await pool().query<{ name: string; jobs: number }>(
    'SELECT task_identifier AS name, count(*)::int AS jobs FROM graphile_worker.jobs GROUP BY 1',
  );
  return new Map(rows.map((row) => [row.name, row.jobs]));
}

/**
 * Keys of the jobs that will never be tried again: each killed its worker so often that trying once more would
 * only do it again. They stay in the queue until `removeExhaustedJob`.
 */
export async function exhaustedJobs(): Promise<readonly string[]> {
  const { rows } = await pool().query<{ key: string }>(
    'SELECT key FROM graphile_worker.jobs WHERE attempts >= max_attempts AND locked_at IS NULL AND key IS NOT NULL',
  );
  return rows.map((row) => row.key);
}

/**
 * Removes a job that `exhaustedJobs` told of, once what it was about has been given up. False, and nothing is
 * removed, where it is gone already or was asked for anew meanwhile.
 */
export async function removeExhaustedJob(key: string): Promise<boolean> {
  return await withConnection(async (connection) => {
    await connection.query('BEGIN');
    // The row that comes back tells what was hit. One asked for anew under this key, even by a transaction that
    // this one had to wait for, has attempts left, or has lost its key instead of being deleted: it is put back.
    const { rows } = await connection.query<{ exhausted: boolean }>(
      `SELECT key IS NOT NULL AND attempts >= max_attempts AND locked_at IS NULL AS exhausted
       FROM graphile_worker.remove_job($1) WHERE id IS NOT NULL`,
      [key],
    );
    const exhausted = rows[0]?.exhausted === true;
    await connection.query(exhausted ? 'COMMIT' : 'ROLLBACK');
    return exhausted;
  });
}

import { type Connection, pool } from './client';
import { LOCK_CLASS } from './locks';

/** Jobs of the queue and what each is told. */
export type JobPayloads = {
  /** Parse and store one import, then have its hosts correlated. */
  run_import: { readonly importId: number };
  /** Correlate one host group, by its canonical id. */
  correlate_host: { readonly hostId: number };
};
export type JobName = keyof JobPayloads;

/** Errors end a job's work after fewer attempts (worker/tasks.ts); the rest is for workers killed under it. */
const MAX_ATTEMPTS = 25;

/**
 * Adds a job within the caller's transaction: the job exists exactly if what it is about does. One waiting
 * job per key: a second one with the same key replaces it, unless it has already begun.
 */
export async function addJob<Name extends JobName>(
  connection: Connection,
  name: Name,
  payload: JobPayloads[Name],
  key: string,
): Promise<void> {
  await addJobs(connection, name, [{ payload, key }]);
}

/** Adds several jobs of one name in one statement. */
export async function addJobs<Name extends JobName>(
  connection: Connection,
  name: Name,
  jobs: readonly { readonly payload: JobPayloads[Name]; readonly key: string }[],
): Promise<void> {
  if (jobs.length === 0) return;
  await connection.query(
    `SELECT count(graphile_worker.add_job($1, payload := j.payload, job_key := j.key, max_attempts := $4))
     FROM unnest($2::json[], $3::text[]) AS j(payload, key)`,
    [name, jobs.map((job) => JSON.stringify(job.payload)), jobs.map((job) => job.key), MAX_ATTEMPTS],
  );
}

/** Name of a worker in the queue's tables: it holds the advisory lock `key` for as long as it lives. */
export function workerName(key: number, slot: number): string {
  return `sequela-${key}-${slot}`;
}

/**
 * Frees jobs whose worker is gone (kill -9, power cut), so that they are taken up at once and not after the
 * queue's own four hours. A worker lives exactly as long as the session that holds its lock. Returns how
 * many workers were found dead.
 */
export async function freeDeadWorkers(): Promise<number> {
  const { rows } = await pool().query<{ dead: string[] | null }>(
    `WITH held AS (SELECT DISTINCT locked_by FROM graphile_worker.jobs WHERE locked_by LIKE 'sequela-%'),
      dead AS (SELECT array_agg(locked_by) AS names FROM held
        WHERE split_part(locked_by, '-', 2)::bigint NOT IN
          (SELECT objid::bigint FROM pg_locks WHERE locktype = 'advisory' AND classid = $1 AND granted
             AND database = (SELECT oid FROM pg_database WHERE datname = current_database())))
     SELECT names AS dead, graphile_worker.force_unlock_workers(names) FROM dead WHERE names IS NOT NULL`,
    [LOCK_CLASS.worker],
  );
  return rows[0]?.dead?.length ?? 0;
}

/** How many worker processes are alive now. */
export async function workersAlive(): Promise<number> {
  const { rows } = await pool().query<{ alive: number }>(
    `SELECT count(*)::int AS alive FROM pg_locks WHERE locktype = 'advisory' AND classid = $1 AND granted
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    [LOCK_CLASS.worker],
  );
  return rows[0]?.alive ?? 0;
}

/** Jobs waiting or running, by name; for metrics. */
export async function jobCounts(): Promise<ReadonlyMap<string, number>> {
  const { rows } = await pool().query<{ name: string; jobs: number }>(
    'SELECT task_identifier AS name, count(*)::int AS jobs FROM graphile_worker.jobs GROUP BY 1',
  );
  return new Map(rows.map((row) => [row.name, row.jobs]));
}

/**
 * Removes jobs that will never be tried again and returns their keys: each killed its worker so often that
 * trying once more would only do it again.
 */
export async function takeExhaustedJobs(): Promise<readonly string[]> {
  const { rows } = await pool().query<{ key: string }>(
    'SELECT key FROM graphile_worker.jobs WHERE attempts >= max_attempts AND locked_at IS NULL AND key IS NOT NULL',
  );
  for (const row of rows) await pool().query('SELECT graphile_worker.remove_job($1)', [row.key]);
  return rows.map((row) => row.key);
}

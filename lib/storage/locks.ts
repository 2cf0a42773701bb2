import { setTimeout as sleep } from 'node:timers/promises';
import { type Connection, withConnection } from './client';

/** First key of PostgreSQL's two-key advisory locks, so that ids of different things never meet. */
export const LOCK_CLASS = {
  hostCorrelation: 7_301,
  hostNames: 7_302,
  worker: 7_303,
  importWork: 7_304,
  history: 7_305,
  settings: 7_306,
  savedSearches: 7_307,
  people: 7_308,
  validation: 7_309,
  sigma: 7_310,
} as const;

/** Waits for a lock that the session keeps until it is released or ends. */
export async function lockSession(connection: Connection, lockClass: number, key: number): Promise<void> {
  await connection.query('SELECT pg_advisory_lock($1, $2)', [lockClass, key]);
}

/** Releases a lock taken by lockSession on the same connection. */
export async function unlockSession(connection: Connection, lockClass: number, key: number): Promise<void> {
  await connection.query('SELECT pg_advisory_unlock($1, $2)', [lockClass, key]);
}

/** Waits for a lock that ends with the transaction. */
export async function lockTransaction(connection: Connection, lockClass: number, key: number): Promise<void> {
  await connection.query('SELECT pg_advisory_xact_lock($1, $2)', [lockClass, key]);
}

const FIRST_TRY_MS = 20;
const SLOWEST_TRY_MS = 500;

/**
 * Runs `work` while a session of its own holds a lock; whoever else wants it waits, without a connection and
 * only until `signal` aborts. A process that dies gives the lock back with its session.
 */
export async function whileLocked<Result>(
  lockClass: number,
  key: number,
  work: () => Promise<Result>,
  signal?: AbortSignal,
): Promise<Result> {
  for (let pause = FIRST_TRY_MS; ; pause = Math.min(pause * 1.5, SLOWEST_TRY_MS)) {
    signal?.throwIfAborted();
    const done = await withConnection((connection) => tryLocked(connection, lockClass, key, work));
    if (done !== undefined) return done.result;
    await sleep(pause);
  }
}

/** Does the work if the lock is free; undefined when somebody holds it. After an error the session is ended. */
async function tryLocked<Result>(
  connection: Connection,
  lockClass: number,
  key: number,
  work: () => Promise<Result>,
): Promise<{ readonly result: Result } | undefined> {
  const { rows } = await connection.query<{ taken: boolean }>(
    'SELECT pg_try_advisory_lock($1, $2) AS taken',
    [lockClass, key],
  );
  if (rows[0]?.taken !== true) return undefined;
  // A session that breaks while it idles would end the process, with nobody listening. Its unlocking tells.
  const ignore = () => undefined;
  connection.on('error', ignore);
  try {
    const result = await work();
    await unlockSession(connection, lockClass, key);
    return { result };
  } finally {
    connection.off('error', ignore);
  }
}

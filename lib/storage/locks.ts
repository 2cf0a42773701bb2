import type { Connection } from './client';

/** First key of PostgreSQL's two-key advisory locks, so that ids of different things never meet. */
export const LOCK_CLASS = { hostCorrelation: 7_301, hostNames: 7_302, worker: 7_303 } as const;

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

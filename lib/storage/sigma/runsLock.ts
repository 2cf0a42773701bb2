import type { Connection } from '../client';
import { lockHosts } from '../hosts';
import { LOCK_CLASS, lockTransaction } from '../locks';

/** Serialises what decides which hits count and which are covered; held to the end of the transaction. */
export async function lockSigma(connection: Connection): Promise<void> {
  await lockTransaction(connection, LOCK_CLASS.sigma, 0);
}

/**
 * Locks the hosts that hits `x` are on, before any of the hits is changed: correlation locks its hosts, then their hits.
 * `where` is SQL on `x`, with its values; `others` are recorded hosts that are to be locked as well.
 */
export async function lockHostsOfHits(
  connection: Connection,
  where: string,
  values: readonly unknown[],
  others: readonly number[] = [],
): Promise<void> {
  await lockHosts(
    connection,
    `id IN (SELECT x.host_id FROM sigma_hits x WHERE ${where}) OR id = ANY($${values.length + 1}::int[])`,
    [...values, others],
  );
}

/** Marks recorded hosts that have events as changed: their findings are to be scored again. */
export async function markHosts(connection: Connection, hostIds: readonly number[]): Promise<void> {
  if (hostIds.length === 0) return;
  await lockHosts(connection, 'id = ANY($1)', [hostIds]);
  await connection.query(
    `UPDATE hosts h SET changes = changes + 1 WHERE h.id = ANY($1) AND EXISTS (
       SELECT 1 FROM hosts m JOIN host_kinds k ON k.host_id = m.id WHERE m.canonical_id = h.canonical_id)`,
    [hostIds],
  );
}

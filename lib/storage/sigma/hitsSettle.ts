import type { Connection } from '../client';

/** Hits of one pass, or those on some hosts as recorded. */
type Which = { readonly importId: number; readonly run: number } | { readonly hostIds: readonly number[] };

/**
 * Gives hits the time and process that their events have by now: correlation settles both over all records of a host.
 * An attribution that is taken back leaves none. Lists of hits can then be put in order, and grouped, without a look at
 * the events. Returns how many hits it gave others.
 */
export async function settleHits(connection: Connection, which: Which): Promise<number> {
  const [where, values] =
    'hostIds' in which
      ? ['x.host_id = ANY($1)', [which.hostIds]]
      : ['x.import_id = $1 AND x.run = $2', [which.importId, which.run]];
  const { rowCount } = await connection.query(
    `UPDATE sigma_hits x SET time = e.time, entity_id = coalesce(e.attributed_entity_id, e.process_entity_id)
     FROM events e WHERE ${where} AND x.is_event AND e.host_id = x.host_id AND e.id = x.event_id
       AND (x.time <> e.time
         OR x.entity_id IS DISTINCT FROM coalesce(e.attributed_entity_id, e.process_entity_id))`,
    values,
  );
  return rowCount ?? 0;
}

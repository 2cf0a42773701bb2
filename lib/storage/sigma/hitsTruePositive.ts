import { type Connection, pool } from '../client';

/** What findings that people called true positives rest on. */
export type TruePositives = {
  /** Whether a hit is on one of their events or processes; the host by its canonical id. */
  readonly has: (hit: {
    readonly host: number;
    readonly eventId: string;
    readonly entityId: string | null;
  }) => boolean;
};

/** Events and processes of all findings whose verdict is true positive, also of those the data no longer gives. */
export async function loadTruePositives(reader: Pick<Connection, 'query'> = pool()): Promise<TruePositives> {
  const { rows } = await reader.query<{ host: number; events: string[]; processes: string[] }>(
    `SELECT h.canonical_id AS host, jsonb_path_query_array(f.body, '$.stages[*].events[*].eventId') AS events,
       jsonb_path_query_array(f.body, '$.stages[*].events[*].entityId') || coalesce(f.body->'path', '[]')
         || jsonb_path_query_array(f.body, '$.anchor.entityId') AS processes
     FROM decisions d JOIN findings f ON f.id = d.finding_id JOIN hosts h ON h.id = f.host_id
     WHERE d.verdict = 'true_positive'`,
  );
  const events = new Set(rows.flatMap((row) => row.events));
  const processes = new Set(rows.flatMap(({ host, processes: ids }) => ids.map((id) => `${host}/${id}`)));
  return {
    has: ({ host, eventId, entityId }) =>
      events.has(eventId) || (entityId !== null && processes.has(`${host}/${entityId}`)),
  };
}

import type { Connection } from './client';
import type { EventRow } from './rows';

/**
 * Notes events that an import contains and another import owns, within the batch's transaction. Of several
 * records of one event the first counts: it is the one that would have become the event.
 */
export async function saveSightings(
  connection: Connection,
  importId: number,
  rows: readonly EventRow[],
): Promise<void> {
  if (rows.length === 0) return;
  await connection.query(
    `INSERT INTO sightings (host_id, event_id, import_id, member, record_index, raw_at, raw_length, raw_chunk)
     SELECT s.host_id, s.event_id, $1, s.member, s.record_index, s.raw_at, s.raw_length, s.raw_chunk
     FROM unnest($2::int[], $3::uuid[], $4::int[], $5::int[], $6::bigint[], $7::int[], $8::int[])
       AS s(host_id, event_id, member, record_index, raw_at, raw_length, raw_chunk)
     ON CONFLICT DO NOTHING`,
    [
      importId,
      rows.map((row) => row.hostId),
      rows.map((row) => row.event.id),
      rows.map((row) => row.place.member),
      rows.map((row) => row.place.recordIndex),
      rows.map((row) => row.place.rawAt),
      rows.map((row) => row.place.rawLength),
      rows.map((row) => row.place.rawChunk ?? null),
    ],
  );
}

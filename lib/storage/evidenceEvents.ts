import type { EventKind } from '../events/endpointEvent';
import { pool } from './client';
import { kindNumber, kindOf } from './rows';

/** An event by its name, in the order of its host's time. */
export type EvidenceKey = { readonly hostId: number; readonly id: string };

/** Where an event's record stands and how the file it came from was read. */
export type EvidencePlace = EvidenceKey & {
  readonly kind: EventKind;
  readonly time: number;
  /** The host's name as recorded. */
  readonly host: string;
  readonly importId: number;
  readonly uploadId: string;
  readonly member: number;
  readonly memberName: string;
  readonly format: string;
  readonly recordIndex: number;
  /** Null when the upload itself can be opened at `rawAt`. */
  readonly rawChunk: number | null;
  readonly rawAt: number;
  readonly rawLength: number;
};

/** Events of a host group by their ids alone; those that are gone are left out. */
export async function findEvidence(
  hostIds: readonly number[],
  ids: readonly string[],
): Promise<readonly EvidenceKey[]> {
  const { rows } = await pool().query<EvidenceKey>(
    'SELECT e.host_id AS "hostId", e.id FROM events e WHERE e.host_id = ANY($1) AND e.id = ANY($2::uuid[])',
    [hostIds, ids],
  );
  return rows;
}

/**
 * Events of a host group between two times (microseconds, both included) in order of time, at most `limit`: of some
 * kinds, and of some processes if given, whether their record names the process or correlation found it.
 */
export async function evidenceBetween(
  hostIds: readonly number[],
  wanted: {
    readonly kinds: readonly EventKind[];
    readonly from: number;
    readonly to: number;
    readonly processes?: readonly string[];
  },
  limit: number,
): Promise<readonly EvidenceKey[]> {
  const { rows } = await pool().query<EvidenceKey>(
    `SELECT e.host_id AS "hostId", e.id FROM events e
     WHERE e.host_id = ANY($1) AND e.time BETWEEN $2::bigint AND $3::bigint AND e.kind = ANY($4::smallint[])
       AND ($5::text[] IS NULL OR coalesce(e.attributed_entity_id, e.process_entity_id) = ANY($5::text[]))
     ORDER BY e.time, e.id LIMIT $6`,
    [hostIds, wanted.from, wanted.to, wanted.kinds.map(kindNumber), wanted.processes ?? null, limit],
  );
  return rows;
}

/** First and last time of a host group's events, microseconds; undefined when it has none. */
export async function evidenceSpan(
  hostIds: readonly number[],
): Promise<{ readonly from: number; readonly to: number } | undefined> {
  const { rows } = await pool().query<{ from: number | null; to: number | null }>(
    'SELECT min(e.time) AS "from", max(e.time) AS "to" FROM events e WHERE e.host_id = ANY($1)',
    [hostIds],
  );
  const [row] = rows;
  return row === undefined || row.from === null || row.to === null
    ? undefined
    : { from: row.from, to: row.to };
}

/** Events asked for at once. */
const AT_ONCE = 5000;

/** Where the records of events stand, in the order of their imports and within them; events that are gone are left out. */
export async function evidencePlaces(keys: readonly EvidenceKey[]): Promise<readonly EvidencePlace[]> {
  const places: EvidencePlace[] = [];
  for (let at = 0; at < keys.length; at += AT_ONCE) {
    const some = keys.slice(at, at + AT_ONCE);
    const { rows } = await pool().query<Omit<EvidencePlace, 'kind'> & { kind: number }>(
      `SELECT e.host_id AS "hostId", e.id, e.kind, e.time, h.name AS host, e.import_id AS "importId",
         i.upload_id AS "uploadId", e.member, m.name AS "memberName", coalesce(m.format, '') AS format,
         e.record_index AS "recordIndex", e.raw_chunk AS "rawChunk", e.raw_at AS "rawAt", e.raw_length AS "rawLength"
       FROM unnest($1::int[], $2::uuid[]) AS k(host_id, id)
         JOIN events e ON e.host_id = k.host_id AND e.id = k.id JOIN hosts h ON h.id = e.host_id
         JOIN imports i ON i.id = e.import_id JOIN import_members m ON m.import_id = e.import_id AND m.n = e.member`,
      [some.map(({ hostId }) => hostId), some.map(({ id }) => id)],
    );
    places.push(...rows.map((row) => ({ ...row, kind: kindOf(row.kind) })));
  }
  return places.sort(
    (a, b) =>
      a.importId - b.importId ||
      (a.rawChunk ?? -1) - (b.rawChunk ?? -1) ||
      a.rawAt - b.rawAt ||
      a.recordIndex - b.recordIndex,
  );
}

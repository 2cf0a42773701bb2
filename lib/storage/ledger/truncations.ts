import { pool } from '../client';

/** A file that brought records of a host and ended early, or is as long as an export may be at most. */
type EndedMember = {
  readonly importId: number;
  readonly importName: string;
  readonly member: string;
  readonly format: string | null;
  readonly records: number;
  /** What was missing of the file; null when it was read whole. */
  readonly problem: string | null;
  /** Whether the file seems to end within its last record. */
  readonly cut: boolean;
};

/** SQL: a record (alias `q`) of a member (`m`) was refused because the file ends within it, by the readers' reasons. */
const IS_CUT = `(q.reason LIKE 'cut off: %' OR q.reason = 'an event that the end of the file cuts'
  OR (q.index = m.resume_index - 1 AND q.reason LIKE 'not valid JSON: %'))`;

/**
 * Members with a problem, with a record that the file's end cuts off, or of exactly one of the given lengths, that
 * brought events of the given recorded hosts; newest import first, at most `limit`.
 */
export async function loadEndedMembers(
  hostIds: readonly number[],
  counts: readonly number[],
  limit: number,
): Promise<readonly EndedMember[]> {
  const { rows } = await pool().query<EndedMember>(
    `WITH ended AS MATERIALIZED (
       SELECT m.import_id, m.n, i.name AS import_name, m.name, m.format, m.read, m.problem, q.cut,
         EXISTS (SELECT 1 FROM import_members o WHERE o.import_id = m.import_id AND o.n <> m.n) AS is_one_of_many
       FROM import_members m JOIN imports i ON i.id = m.import_id
       CROSS JOIN LATERAL (SELECT m.quarantined > 0 AND EXISTS (SELECT 1 FROM quarantine q
         WHERE q.import_id = m.import_id AND q.member = m.n AND ${IS_CUT}) AS cut) q
       WHERE m.import_id IN (SELECT import_id FROM import_hosts WHERE host_id = ANY($1)) AND i.clearing IS NULL
         AND m.read > 0 AND (m.problem IS NOT NULL OR m.read = ANY($2) OR q.cut)),
     seen AS (
       SELECT DISTINCT e.import_id, e.member FROM events e WHERE e.host_id = ANY($1)
         AND e.import_id IN (SELECT import_id FROM ended WHERE is_one_of_many)
       UNION SELECT s.import_id, s.member FROM sightings s WHERE s.host_id = ANY($1)
         AND s.import_id IN (SELECT import_id FROM ended WHERE is_one_of_many))
     SELECT m.import_id AS "importId", m.import_name AS "importName", m.name AS member, m.format, m.read AS records,
       m.problem, m.cut
     FROM ended m
     WHERE NOT m.is_one_of_many OR EXISTS (SELECT 1 FROM seen s WHERE s.import_id = m.import_id AND s.member = m.n)
     ORDER BY m.import_id DESC, m.n LIMIT $3`,
    [hostIds, counts, limit],
  );
  return rows;
}

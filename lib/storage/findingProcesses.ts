import { pool } from './client';

/**
 * Processes of a chain that began at `from` (microseconds) or later, and everything they started: what came of it,
 * without the browser or shell it came through. When none of the given processes began then, those themselves. In order
 * of first sight, at most `limit` of `total`; a cycle of parents is walked once.
 */
export async function processesSince(
  hostId: number,
  path: readonly string[],
  from: number,
  limit: number,
): Promise<{ readonly ids: readonly string[]; readonly total: number }> {
  const { rows } = await pool().query<{ id: string; total: number }>({
    name: 'processes_since',
    text: `WITH RECURSIVE begun(id) AS (
        SELECT entity_id FROM processes WHERE host_id = $1 AND entity_id = ANY($2) AND started_at >= $3::bigint),
      below(id) AS (SELECT id FROM begun UNION
        SELECT p.entity_id FROM below b JOIN processes p ON p.host_id = $1 AND p.parent_id = b.id),
      chosen(id) AS (SELECT id FROM below UNION
        SELECT unnest($2::text[]) WHERE NOT EXISTS (SELECT 1 FROM begun))
      SELECT c.id, count(*) OVER ()::int AS total FROM chosen c
        LEFT JOIN processes p ON p.host_id = $1 AND p.entity_id = c.id ORDER BY p.first_seen, c.id LIMIT $4`,
    values: [hostId, path, from, limit],
  });
  return { ids: rows.map(({ id }) => id), total: rows[0]?.total ?? 0 };
}

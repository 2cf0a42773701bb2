import { pool } from './client';

/**
 * The processes of a finding, and everything they started: the anchor always, and those of the path or acting that
 * began at `from` (microseconds) or later, so without the browser or shell it came through. Processes that are acting
 * and began before are of it without what else they started. When that is nobody, the path itself. The anchor and the
 * acting first, then in order of first sight, at most `limit` of `total`; a cycle of parents is walked once.
 */
export async function processesSince(
  hostId: number,
  finding: {
    readonly path: readonly string[];
    readonly anchor?: string;
    readonly acting: readonly string[];
    readonly from: number;
  },
  limit: number,
): Promise<{ readonly ids: readonly string[]; readonly total: number }> {
  const { path, anchor, acting, from } = finding;
  const { rows } = await pool().query<{ id: string; total: number }>({
    name: 'processes_since',
    // Without a start record a process began when it was first seen.
    text: `WITH RECURSIVE begun(id) AS (
        SELECT entity_id FROM processes WHERE host_id = $1 AND entity_id = ANY($2::text[] || $5::text[])
          AND coalesce(started_at, first_seen) >= $3::bigint
        UNION SELECT unnest($4::text[])),
      below(id) AS (SELECT id FROM begun UNION
        SELECT p.entity_id FROM below b JOIN processes p ON p.host_id = $1 AND p.parent_id = b.id),
      own(id) AS (SELECT id FROM below UNION SELECT unnest($5::text[])),
      chosen(id) AS (SELECT id FROM own UNION SELECT unnest($2::text[]) WHERE NOT EXISTS (SELECT 1 FROM own))
      SELECT c.id, count(*) OVER ()::int AS total FROM chosen c
        LEFT JOIN processes p ON p.host_id = $1 AND p.entity_id = c.id
        ORDER BY (c.id = ANY($4::text[])) DESC, (c.id = ANY($5::text[])) DESC, p.first_seen, c.id LIMIT $6`,
    values: [hostId, path, from, anchor === undefined ? [] : [anchor], acting, limit],
  });
  return { ids: rows.map(({ id }) => id), total: rows[0]?.total ?? 0 };
}

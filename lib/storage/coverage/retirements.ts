import { addAudit } from '../audit';
import { pool, transaction } from '../client';

/**
 * SQL: whether the canonical host `h` reported after the retirement `r`. A time more than a day in the future is of a
 * wrong clock, and tells nothing.
 */
export const REPORTS_AFTER = `(h.seen_to > extract(epoch FROM r.at) * 1000000
  AND h.seen_to <= (extract(epoch FROM now()) + 86400) * 1000000)`;

/** A person's word that a host is no longer expected to report, under the name it was said of. */
export type RetirementRow = {
  /** The canonical host of that name; null when no record names it any more. */
  readonly hostId: number | null;
  readonly host: string;
  readonly reason: string;
  readonly by: string;
  readonly at: Date;
  /** Whether it reported after that, and counts again. */
  readonly reporting: boolean;
};

/** All of them, in order of name. */
export async function loadRetirements(): Promise<readonly RetirementRow[]> {
  const { rows } = await pool().query<RetirementRow>({
    name: 'host_retirements',
    text: `SELECT h.id AS "hostId", r.name AS host, r.reason, r.by, r.at, coalesce(${REPORTS_AFTER}, false) AS reporting
      FROM host_retirements r LEFT JOIN hosts m ON m.name = r.name LEFT JOIN hosts h ON h.id = m.canonical_id
      ORDER BY r.name`,
  });
  return rows;
}

/**
 * Keeps a person's word on whether a host, by its canonical name, is still expected to report. Under whichever of its
 * names it was retired before, it is expected again. Nothing is written where nothing changes. False when it is to be
 * expected again and was not retired.
 */
export async function saveRetirement(
  host: { readonly id: number; readonly name: string },
  { retired, reason }: { readonly retired: boolean; readonly reason: string },
  by: string,
): Promise<boolean> {
  return transaction(async (connection) => {
    const { rowCount } = retired
      ? await connection.query(
          `INSERT INTO host_retirements AS r (name, reason, by) VALUES ($1, $2, $3)
           ON CONFLICT (name) DO UPDATE SET reason = excluded.reason, by = excluded.by, at = now()
           WHERE r.reason <> excluded.reason OR EXISTS (SELECT 1 FROM hosts h WHERE h.id = $4 AND ${REPORTS_AFTER})`,
          [host.name, reason, by, host.id],
        )
      : await connection.query(
          'DELETE FROM host_retirements WHERE name IN (SELECT name FROM hosts WHERE canonical_id = $1)',
          [host.id],
        );
    if (rowCount === 0) return retired;
    await addAudit(connection, {
      by,
      action: retired ? 'host.retired' : 'host.expected_again',
      subject: `host:${host.name}`,
      details: retired ? { reason } : {},
    });
    return true;
  });
}

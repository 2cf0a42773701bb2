import { addAudit } from '../audit';
import { transaction } from '../client';

/**
 * Keeps a person's word on whether a host, by its canonical name, is still expected to report. Under whichever of its
 * names it was retired before, it is expected again. Nothing is written where nothing changes.
 */
export async function saveRetirement(
  host: { readonly id: number; readonly name: string },
  { retired, reason }: { readonly retired: boolean; readonly reason: string },
  by: string,
): Promise<void> {
  await transaction(async (connection) => {
    const { rowCount } = retired
      ? await connection.query(
          `INSERT INTO host_retirements AS r (name, reason, by) VALUES ($1, $2, $3)
           ON CONFLICT (name) DO UPDATE SET reason = excluded.reason, by = excluded.by, at = now()
           WHERE r.reason <> excluded.reason`,
          [host.name, reason, by],
        )
      : await connection.query(
          'DELETE FROM host_retirements WHERE name IN (SELECT name FROM hosts WHERE canonical_id = $1)',
          [host.id],
        );
    if (rowCount === 0) return;
    await addAudit(connection, {
      by,
      action: retired ? 'host.retired' : 'host.expected_again',
      subject: `host:${host.name}`,
      details: retired ? { reason } : {},
    });
  });
}

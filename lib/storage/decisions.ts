import { prisma, transaction } from './client';
import type { VerdictValue } from './findingRows';

export type ActivityEntry = { readonly at: Date; readonly by: string; readonly text: string };

/** What people did about a finding, oldest first. */
export async function loadActivity(findingId: string): Promise<readonly ActivityEntry[]> {
  return prisma().activity.findMany({
    where: { findingId },
    orderBy: { id: 'asc' },
    select: { at: true, by: true, text: true },
  });
}

/** A change a person makes to a finding. Only what is given changes; `null` takes it away. */
export type DecisionChange = {
  readonly verdict?: { readonly value: VerdictValue; readonly reason: string } | null;
  readonly assignee?: string | null;
};

/**
 * Records a person's decision and adds it to the activity. `revision` is the one the person saw: another in
 * the database means somebody or a new import was faster, and nothing is changed.
 */
export async function decide(
  findingId: string,
  change: DecisionChange,
  by: string,
  text: string,
  revision?: number,
): Promise<'done' | 'not_found' | { readonly conflict: number }> {
  return transaction(async (connection) => {
    const { rows } = await connection.query<{ revision: number }>(
      'SELECT revision FROM findings WHERE id = $1 FOR UPDATE',
      [findingId],
    );
    const current = rows[0]?.revision;
    if (current === undefined) return 'not_found';
    if (revision !== undefined && revision !== current) return { conflict: current };
    await connection.query('INSERT INTO decisions (finding_id) VALUES ($1) ON CONFLICT DO NOTHING', [
      findingId,
    ]);
    if (change.verdict !== undefined) {
      await connection.query(
        `UPDATE decisions SET verdict = $2::text, verdict_reason = $3, verdict_by = CASE WHEN $2::text IS NULL THEN NULL ELSE $4 END,
           verdict_at = CASE WHEN $2::text IS NULL THEN NULL ELSE now() END WHERE finding_id = $1`,
        [findingId, change.verdict?.value ?? null, change.verdict?.reason.replaceAll('\0', '') ?? '', by],
      );
    }
    if (change.assignee !== undefined) {
      await connection.query('UPDATE decisions SET assignee = $2 WHERE finding_id = $1', [
        findingId,
        change.assignee,
      ]);
    }
    await connection.query('UPDATE findings SET revision = revision + 1 WHERE id = $1', [findingId]);
    await connection.query('INSERT INTO activity (finding_id, by, text) VALUES ($1, $2, $3)', [
      findingId,
      by,
      text.replaceAll('\0', ''),
    ]);
    return 'done';
  });
}

import { AppError } from '../../base/appError';
import { pool, transaction } from '../client';
import { refuseFixed, revise } from './caseItems';
import { caseFamily, lockCaseRows, topCases } from './caseRows';
import { holding, noCase, refuseMerged, refuseStale } from './changeCase';

/** A case that is read in another, to be taken apart again. */
export type MergedCase = {
  readonly id: number;
  readonly title: string;
  readonly at: Date;
  readonly by: string;
  readonly findings: number;
};

/**
 * Merges a case into another: nothing of it moves but the word where it is read, so that it can be taken apart again.
 * Throws `not_found`, `bad_request` for a case into itself, and `conflict` where either was merged already or is in
 * review, the other is closed, or the case is not as it was seen.
 */
export async function mergeCases(caseId: number, into: number, revision: number, by: string): Promise<void> {
  if (caseId === into)
    throw new AppError('bad_request', 'A case cannot be merged into itself.', {
      errors: [{ path: 'into', message: 'is the case itself' }],
    });
  await transaction(async (connection) => {
    const rows = await lockCaseRows(connection, [caseId, into]);
    const source = rows.find((row) => row.id === caseId);
    const target = rows.find((row) => row.id === into);
    if (source === undefined) throw noCase(caseId);
    if (target === undefined) throw noCase(into);
    await refuseMerged(connection, source);
    // A case stays what it is merged into as long as it is not merged itself, so two that are not make no circle.
    await refuseMerged(connection, target);
    await refuseStale(connection, source, revision);
    // Merged cases can be closed: what they held then is kept. One in review is before somebody's eyes.
    if (source.state === 'in_review') refuseFixed(source);
    refuseFixed(target);
    await holding(connection, target, by, async (held) => {
      await connection.query(
        `UPDATE cases SET merged_into = $2, merged_at = clock_timestamp(), merged_by = $3, revision = revision + 1
         WHERE id = $1`,
        [caseId, into, by],
      );
      await revise(connection, into);
      held.audit('case.merged', { into }, caseId);
      held.audit('case.merged', { merged: caseId });
    });
  });
}

/**
 * Takes a merged case out of the one it is read in; what was merged into it before comes along. Throws `not_found`, and
 * `conflict` for a case that is not merged, or read in one that is closed or in review.
 */
export async function unmergeCase(caseId: number, by: string): Promise<void> {
  const top = (await topCases([caseId])).get(caseId);
  if (top === undefined) throw noCase(caseId);
  await transaction(async (connection) => {
    const rows = await lockCaseRows(connection, [caseId, top]);
    const row = rows.find((one) => one.id === caseId);
    const target = rows.find((one) => one.id === top);
    if (row === undefined || target === undefined) throw noCase(caseId);
    if (row.mergedInto === null)
      throw new AppError('conflict', `Case ${caseId} is not merged into another.`, {
        revision: row.revision,
      });
    if ((await topCases([caseId], connection)).get(caseId) !== top)
      throw new AppError('conflict', 'Somebody merged these cases further meanwhile. Do it again.', {
        revision: row.revision,
      });
    refuseFixed(target);
    await holding(connection, target, by, async (held) => {
      await connection.query(
        `UPDATE cases SET merged_into = NULL, merged_at = NULL, merged_by = NULL, revision = revision + 1 WHERE id = $1`,
        [caseId],
      );
      await revise(connection, top);
      held.audit('case.unmerged', { from: top }, caseId);
      held.audit('case.unmerged', { unmerged: caseId });
    });
  });
}

/** All cases that are read in one, the longest merged first. */
export async function loadMerged(caseId: number): Promise<readonly MergedCase[]> {
  const { rows } = await pool().query<MergedCase>(
    `SELECT c.id, c.title, c.merged_at AS at, coalesce(c.merged_by, '') AS by,
       (SELECT count(*)::int FROM case_items i WHERE i.case_id = c.id AND i.kind = 'finding') AS findings
     FROM cases c WHERE c.id = ANY($1::int[]) AND c.id <> $2 AND c.merged_at IS NOT NULL ORDER BY c.merged_at, c.id`,
    [await caseFamily(caseId), caseId],
  );
  return rows;
}

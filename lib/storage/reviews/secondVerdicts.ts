import { AppError } from '../../base/appError';
import { addAudit } from '../audit';
import { pool, transaction } from '../client';
import type { VerdictValue } from '../findingRows';

/** A finding drawn for a second verdict. */
export type SampledFinding = {
  readonly id: number;
  readonly findingId: string;
  readonly drawnAt: Date;
  readonly firstValue: VerdictValue;
  readonly firstBy: string;
  readonly value: VerdictValue | null;
  readonly reason: string;
  readonly by: string | null;
  readonly at: Date | null;
};

const COLUMNS = `s.id, s.finding_id AS "findingId", s.drawn_at AS "drawnAt", s.first_value AS "firstValue", s.first_by AS "firstBy",
  s.value, s.reason, s.by, s.at`;

/** SQL: false positives in force of the last 30 days, `d`, whose finding still is one, `f`. */
const CLOSED = `decisions d JOIN findings f ON f.id = d.finding_id
  WHERE d.verdict = 'false_positive' AND d.verdict_at > now() - interval '30 days' AND NOT f.stale`;

/** Draws closed false positives at random, each once; fewer when there are not as many. Returns how many. */
export async function drawSample(size: number, by: string): Promise<number> {
  return transaction(async (connection) => {
    // One at a time: two that draw at once would draw the same.
    await connection.query('LOCK TABLE second_verdicts IN SHARE ROW EXCLUSIVE MODE');
    const { rowCount } = await connection.query(
      `INSERT INTO second_verdicts (finding_id, drawn_by, first_value, first_by)
       SELECT d.finding_id, $2, d.verdict, coalesce(d.verdict_by, '') FROM ${CLOSED}
         AND NOT EXISTS (SELECT 1 FROM second_verdicts s WHERE s.finding_id = d.finding_id)
       ORDER BY random() LIMIT $1`,
      [size, by],
    );
    const drawn = rowCount ?? 0;
    if (drawn > 0)
      await addAudit(connection, { by, action: 'sample.drawn', subject: 'sample', details: { drawn } });
    return drawn;
  });
}

/** Findings drawn, those without a second verdict first, then the newest. */
export async function listSample(limit: number): Promise<readonly SampledFinding[]> {
  const { rows } = await pool().query<SampledFinding>(
    `SELECT ${COLUMNS} FROM second_verdicts s JOIN findings f ON f.id = s.finding_id
     ORDER BY s.value IS NOT NULL, s.id DESC LIMIT $1`,
    [limit],
  );
  return rows;
}

/**
 * Records a second verdict. Throws `not_found`, `conflict` when somebody gave it already, and `forbidden` for the author
 * of the first.
 */
export async function giveSecond(
  id: number,
  given: { readonly verdict: VerdictValue; readonly reason: string },
  by: string,
): Promise<SampledFinding> {
  return transaction(async (connection) => {
    const { rows } = await connection.query<SampledFinding>(
      `SELECT ${COLUMNS} FROM second_verdicts s WHERE s.id = $1 FOR UPDATE`,
      [id],
    );
    const sampled = rows[0];
    if (sampled === undefined) throw new AppError('not_found', 'No finding of this number was drawn.');
    if (sampled.firstBy === by)
      throw new AppError('forbidden', 'You gave the first verdict: somebody else has to judge it again.');
    if (sampled.by !== null)
      throw new AppError('conflict', `${sampled.by} has judged it already.`, { by: sampled.by });
    const { rows: kept } = await connection.query<SampledFinding>(
      `UPDATE second_verdicts s SET value = $2, reason = $3, by = $4, at = clock_timestamp() WHERE s.id = $1 RETURNING ${COLUMNS}`,
      [id, given.verdict, given.reason, by],
    );
    await addAudit(connection, {
      by,
      action: 'sample.judged',
      subject: `finding:${sampled.findingId}`,
      details: { sample: id, verdict: given.verdict, agrees: given.verdict === sampled.firstValue },
    });
    return kept[0] ?? sampled;
  });
}

/** Closed false positives of 30 days, and of all drawn in that time how many were judged and agreed. */
export async function countSample(): Promise<{
  readonly closed: number;
  readonly drawn: number;
  readonly judged: number;
  readonly agreed: number;
}> {
  const { rows } = await pool().query<{ closed: number; drawn: number; judged: number; agreed: number }>(
    `SELECT (SELECT count(*)::int FROM ${CLOSED}) AS closed, count(*)::int AS drawn, count(s.value)::int AS judged,
       (count(*) FILTER (WHERE s.value = s.first_value))::int AS agreed
     FROM second_verdicts s WHERE s.drawn_at > now() - interval '30 days'`,
  );
  return rows[0] ?? { closed: 0, drawn: 0, judged: 0, agreed: 0 };
}

import { type Connection, pool } from '../client';

/** A round of review as a case shows it. */
export type StoredReview = {
  readonly id: number;
  readonly caseId: number;
  readonly submittedBy: string;
  readonly submittedAt: Date;
  readonly message: string;
  readonly state: 'waiting' | 'approved' | 'sent_back' | 'withdrawn';
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly decision: string;
};

/** SQL: a round of review of `case_reviews`, without what was seen then, which is large. */
export const REVIEW_COLUMNS = `id, case_id AS "caseId", submitted_by AS "submittedBy", submitted_at AS "submittedAt", message, state,
  decided_by AS "decidedBy", decided_at AS "decidedAt", decision`;

/** All rounds of review of these cases themselves, newest first. */
export async function loadReviews(
  caseIds: readonly number[],
  reader: Pick<Connection, 'query'> = pool(),
): Promise<readonly StoredReview[]> {
  const { rows } = await reader.query<StoredReview>(
    `SELECT ${REVIEW_COLUMNS} FROM case_reviews WHERE case_id = ANY($1::int[]) ORDER BY id DESC`,
    [caseIds],
  );
  return rows;
}

/** Rounds of all cases that wait for a decision, the longest first. */
export async function loadWaiting(limit: number): Promise<readonly StoredReview[]> {
  const { rows } = await pool().query<StoredReview>(
    `SELECT ${REVIEW_COLUMNS} FROM case_reviews WHERE state = 'waiting' ORDER BY submitted_at, id LIMIT $1`,
    [limit],
  );
  return rows;
}

import { caseSubject } from '../audit';
import { type AuditEntry, listAudit } from '../auditEntries';
import { pool } from '../client';

/** What was done about cases, the newest `limit` entries of the trail, newest first. */
export async function loadCaseActivity(
  family: readonly number[],
  limit: number,
): Promise<readonly AuditEntry[]> {
  return listAudit({ subjects: family.map(caseSubject) }, { limit });
}

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

/** All rounds of review of a case itself, newest first, without what was seen then. */
export async function loadReviews(caseId: number): Promise<readonly StoredReview[]> {
  const { rows } = await pool().query<StoredReview>(
    `SELECT id, case_id AS "caseId", submitted_by AS "submittedBy", submitted_at AS "submittedAt", message, state,
       decided_by AS "decidedBy", decided_at AS "decidedAt", decision
     FROM case_reviews WHERE case_id = $1 ORDER BY id DESC`,
    [caseId],
  );
  return rows;
}

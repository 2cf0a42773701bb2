import { caseSubject } from '../audit';
import { type AuditEntry, listAudit } from '../auditEntries';

/** What was done about cases, the newest `limit` entries of the trail, newest first. */
export async function loadCaseActivity(
  family: readonly number[],
  limit: number,
): Promise<readonly AuditEntry[]> {
  return listAudit({ subjects: family.map(caseSubject) }, { limit });
}

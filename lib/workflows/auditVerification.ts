import type { AuditVerification } from '../contracts/audit';
import { checkAudit } from '../storage/auditChain';
import { faultText } from '../storage/auditFault';

/** Whether the audit trail is as it was written; `head` is one that somebody kept. Reads all of it. */
export async function verifyAudit(query: { readonly head?: string | undefined }): Promise<AuditVerification> {
  const { entries, head, fault, known } = await checkAudit(query.head);
  return {
    unbroken: fault === undefined,
    entries,
    head,
    fault: fault === undefined ? null : { id: fault.id, how: fault.how, text: faultText(fault) },
    headAt: known?.id ?? null,
    checkedAt: new Date().toISOString(),
  };
}

import { auditExportQuery, auditList, auditQuery, auditVerification, auditVerificationQuery } from '../audit';
import type { Route } from '../route';

/** The audit trail: who did what, and whether it still says so. */
export const auditRoutes = {
  listAudit: {
    method: 'GET',
    path: '/api/v1/audit',
    summary: 'What people and programs did, newest first',
    permit: 'audit.read',
    query: auditQuery,
    answer: auditList,
  },
  exportAudit: {
    method: 'GET',
    path: '/api/v1/audit/export',
    summary: 'All entries that match, oldest first, streamed; JSON lines hold the text each hash is made of',
    permit: 'audit.export',
    query: auditExportQuery,
    answer: 'application/octet-stream',
  },
  verifyAudit: {
    method: 'GET',
    path: '/api/v1/audit/verification',
    summary: 'Compute the hash of every entry anew: whether one was changed, removed or reordered',
    permit: 'audit.read',
    query: auditVerificationQuery,
    answer: auditVerification,
  },
} as const satisfies Record<string, Route>;

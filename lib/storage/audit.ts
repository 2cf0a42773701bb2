import type { CaseAction } from './cases/caseActions';
import type { Connection } from './client';
import { jsonText } from './jsonText';

/** What can be done to the evidence. */
export type AuditAction =
  | 'signin.succeeded'
  | 'signin.failed'
  | 'signin.two_factor_failed'
  | 'signout'
  | 'session.ended'
  | 'access.refused'
  | 'person.added'
  | 'person.changed'
  | 'person.deactivated'
  | 'person.reactivated'
  | 'invitation.made'
  | 'invitation.used'
  | 'password.changed'
  | 'two_factor.on'
  | 'two_factor.off'
  | 'two_factor.codes_renewed'
  | 'passkey.added'
  | 'passkey.removed'
  | 'key.made'
  | 'key.revoked'
  | 'import.created'
  | 'import.resumed'
  | 'import.reparsed'
  | 'import.cancelled'
  | 'import.deleted'
  | 'import.original_taken'
  | 'host.identity'
  | 'host.clock'
  | 'mapping.saved'
  | 'mapping.deleted'
  | 'analytic.saved'
  | 'environment.saved'
  | 'finding.verdict'
  | 'finding.assigned'
  | 'finding.undone'
  | 'finding.reopened'
  | 'finding.restored'
  | 'alert.verdict'
  | 'alert.assigned'
  | 'view.saved'
  | 'view.changed'
  | 'view.deleted'
  | 'clocks.set'
  | 'baseline.created'
  | 'baseline.approved'
  | 'baseline.revoked'
  | 'event.flagged'
  | 'event.unflagged'
  | 'event.commented'
  | 'baseline.expired'
  | 'notifications.chosen'
  | 'webhook.added'
  | 'webhook.changed'
  | 'webhook.removed'
  | 'webhook.tested'
  | 'webhook.retried'
  | 'comment.withdrawn'
  | CaseAction
  | 'case.submitted'
  | 'case.withdrawn'
  | 'case.approved'
  | 'case.sent_back'
  | 'sample.drawn'
  | 'sample.judged'
  | 'search.saved'
  | 'search.changed'
  | 'search.deleted'
  | 'audit.exported'
  | 'evidence.exported'
  | 'evidence.sealed';

/** Something a person or a program did, ready to be written. `details` are facts, never telemetry's content. */
export type AuditNote = {
  readonly by: string;
  readonly action: AuditAction;
  /** What it was done to, as `import:12`. */
  readonly subject: string;
  readonly details: Readonly<Record<string, string | number | boolean | null>>;
};

/** Subject of an import's entries. */
export function importSubject(importId: number): string {
  return `import:${importId}`;
}

/** Subject of a mapping's entries. */
export function mappingSubject(mappingId: string): string {
  return `mapping:${mappingId}`;
}

/** Subject of the entries of an analytic, or of the settings for all of them. */
export function settingSubject(subject: string): string {
  return subject === 'environment' ? 'environment' : `analytic:${subject}`;
}

/** Subject of a baseline's entries. */
export function baselineSubject(baselineId: number): string {
  return `baseline:${baselineId}`;
}

/** Subject of the entries of a person's account, by handle. */
export function accountSubject(handle: string): string {
  return `account:${handle}`;
}

/** Subject of a finding's entries. */
export function findingSubject(findingId: string): string {
  return `finding:${findingId}`;
}

/** Subject of a case's entries. */
export function caseSubject(caseId: number): string {
  return `case:${caseId}`;
}

/** Subject of entries about the trail itself. */
export const AUDIT_SUBJECT = 'audit';

/** Writes an entry within the caller's transaction: what was done and the word of it commit together. */
export async function addAudit(connection: Connection, note: AuditNote): Promise<void> {
  await connection.query('INSERT INTO audit (by, action, subject, details) VALUES ($1, $2, $3, $4)', [
    note.by,
    note.action,
    note.subject,
    jsonText(note.details),
  ]);
}

/** Writes several entries at once, in their order, as addAudit does. */
export async function addAudits(connection: Connection, notes: readonly AuditNote[]): Promise<void> {
  if (notes.length === 0) return;
  await connection.query(
    `INSERT INTO audit (by, action, subject, details) SELECT g.note->>'by', g.note->>'action', g.note->>'subject', g.note->'details'
     FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS g(note, n) ORDER BY g.n`,
    [jsonText(notes)],
  );
}

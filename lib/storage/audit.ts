import type { AuditAction } from './auditActions';
import type { Connection } from './client';
import { jsonText } from './jsonText';

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

/** Subject of a back-test's entries. */
export function backtestSubject(backtestId: number): string {
  return `backtest:${backtestId}`;
}

/** Subject of a validation run's entries. */
export function validationSubject(runId: number): string {
  return `validation:${runId}`;
}

/** Subject of the entries of a recording to validate by. */
export function recordingSubject(recordingId: number): string {
  return `recording:${recordingId}`;
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

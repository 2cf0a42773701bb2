import { type Connection, prisma } from './client';
import type { Prisma } from './generated/client';
import { jsonText } from './jsonText';

/** What can be done to the evidence. */
export type AuditAction =
  | 'import.created'
  | 'import.resumed'
  | 'import.reparsed'
  | 'import.cancelled'
  | 'import.deleted'
  | 'host.identity'
  | 'host.clock'
  | 'mapping.saved'
  | 'mapping.deleted'
  | 'analytic.saved'
  | 'environment.saved'
  | 'baseline.created'
  | 'baseline.revoked'
  | 'event.flagged'
  | 'event.unflagged'
  | 'event.commented'
  | 'comment.withdrawn';

/** Something a person or a program did, ready to be written. `details` are facts, never telemetry's content. */
export type AuditNote = {
  readonly by: string;
  readonly action: AuditAction;
  /** What it was done to, as `import:12`. */
  readonly subject: string;
  readonly details: Readonly<Record<string, string | number | boolean | null>>;
};

export type AuditEntry = Omit<AuditNote, 'action'> & {
  readonly id: number;
  readonly at: Date;
  readonly action: string;
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

/** Writes an entry within the caller's transaction: what was done and the word of it commit together. */
export async function addAudit(connection: Connection, note: AuditNote): Promise<void> {
  await connection.query('INSERT INTO audit (by, action, subject, details) VALUES ($1, $2, $3, $4)', [
    note.by,
    note.action,
    note.subject,
    jsonText(note.details),
  ]);
}

/** Entries newest first, of one subject if given, with an id below `before`. */
export async function listAudit(filter: {
  readonly limit: number;
  readonly before?: number;
  readonly subject?: string;
}): Promise<readonly AuditEntry[]> {
  const where: Prisma.AuditWhereInput = {
    ...(filter.before === undefined ? {} : { id: { lt: filter.before } }),
    ...(filter.subject === undefined ? {} : { subject: filter.subject }),
  };
  const rows = await prisma().audit.findMany({ where, orderBy: { id: 'desc' }, take: filter.limit });
  return rows.map((row) => ({
    ...row,
    id: Number(row.id),
    details: row.details as AuditEntry['details'],
  }));
}

import type { Actor } from '../access/can';
import type { AuditExportQuery } from '../contracts/audit';
import { AUDIT_SUBJECT, addAudit } from '../storage/audit';
import { auditPages, type HashedEntry } from '../storage/auditEntries';
import { transaction } from '../storage/client';
import { csvLine } from './csvLine';
import { toAuditFilter } from './readAudit';

export type AuditExport = {
  readonly name: string;
  readonly type: string;
  readonly content: AsyncGenerator<Uint8Array, void, undefined>;
};

const TYPES = { csv: 'text/csv; charset=utf-8; header=present', ndjson: 'application/x-ndjson' } as const;
const COLUMNS = ['id', 'at', 'by', 'action', 'subject', 'details', 'previous', 'hash'] as const;

/**
 * All entries that match, oldest first, page by page as they are taken. That somebody took them out is itself an
 * entry, written first and so in the file. Throws `bad_request`.
 */
export async function exportAudit(query: AuditExportQuery, actor: Actor): Promise<AuditExport> {
  const filter = toAuditFilter(query);
  const { format, ...asked } = query;
  await transaction((connection) =>
    addAudit(connection, {
      by: actor.name,
      action: 'audit.exported',
      subject: AUDIT_SUBJECT,
      details: { format, ...definedOf(asked) },
    }),
  );
  return {
    name: `audit.${format}`,
    type: TYPES[format],
    content: written(auditPages(filter), format),
  };
}

async function* written(
  pages: AsyncIterable<readonly HashedEntry[]>,
  format: AuditExportQuery['format'],
): AsyncGenerator<Uint8Array, void, undefined> {
  const bytes = new TextEncoder();
  if (format === 'csv') yield bytes.encode(`${COLUMNS.join(',')}\r\n`);
  for await (const page of pages) {
    const lines = page.map((entry) =>
      format === 'csv' ? csvLine(cellsOf(entry)) : `${JSON.stringify(entry)}\n`,
    );
    yield bytes.encode(lines.join(''));
  }
}

function cellsOf(entry: HashedEntry): readonly string[] {
  return COLUMNS.map((column) =>
    column === 'details' ? JSON.stringify(entry.details) : String(entry[column]),
  );
}

function definedOf(asked: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(asked).filter((part): part is [string, string] => part[1] !== undefined),
  );
}

import type { AuditList } from '../contracts/audit';
import { listAudit } from '../storage/audit';
import { fromCursor, toCursor } from './cursor';

const PAGE = 100;

/** What was done to the evidence, newest first; to one subject if given. */
export async function readAudit(query: {
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
  readonly subject?: string | undefined;
}): Promise<AuditList> {
  const limit = query.limit ?? PAGE;
  const before = fromCursor(query.cursor, 'number');
  const entries = await listAudit({
    limit: limit + 1,
    ...(before === undefined ? {} : { before: before[0] }),
    ...(query.subject === undefined ? {} : { subject: query.subject }),
  });
  const shown = entries.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map((entry) => ({
      ...entry,
      id: String(entry.id),
      at: entry.at.toISOString(),
      details: { ...entry.details },
    })),
    nextCursor: entries.length > limit && last !== undefined ? toCursor([last.id]) : null,
  };
}

import { formatMicros, micros } from '../base/time';
import type { AuditFilterQuery, AuditList, AuditQuery, AuditView } from '../contracts/audit';
import { type AuditEntry, type AuditFilter, auditActors, listAudit } from '../storage/auditEntries';
import { fromCursor, toCursor } from './cursor';
import { toTime } from './readTriageQueue';

const PAGE = 100;

/** What was done, newest first; to one subject, by one person, … if given. Throws `bad_request`. */
export async function readAudit(query: AuditQuery): Promise<AuditList> {
  const limit = query.limit ?? PAGE;
  const before = fromCursor(query.cursor, 'number');
  const [entries, actors] = await Promise.all([
    listAudit(toAuditFilter(query), {
      limit: limit + 1,
      ...(before === undefined ? {} : { before: Math.trunc(before[0]) }),
    }),
    auditActors(),
  ]);
  const shown = entries.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(toAuditView),
    nextCursor: entries.length > limit && last !== undefined ? toCursor([last.id]) : null,
    actors: [...actors],
  };
}

/** What a query asks for. Throws `bad_request` for a time that is none. */
export function toAuditFilter(query: AuditFilterQuery): AuditFilter {
  const { subject, by, action, q, from, to } = query;
  return {
    ...(subject === undefined ? {} : { subject }),
    ...(by === undefined ? {} : { by }),
    ...(action === undefined ? {} : { actions: action.split(',') }),
    ...(q === undefined ? {} : { text: q }),
    ...(from === undefined ? {} : { from: isoOf(from, 'from') }),
    ...(to === undefined ? {} : { to: isoOf(to, 'to') }),
  };
}

function isoOf(text: string, parameter: string): string {
  return formatMicros(micros(toTime(text, parameter)));
}

function toAuditView(entry: AuditEntry): AuditView {
  return { ...entry, id: String(entry.id), details: { ...entry.details } };
}

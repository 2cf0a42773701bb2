import { parseAsString } from 'nuqs';

/** What the URL of the audit carries; an absent one does not narrow. Days are of UTC, both included. */
export const AUDIT_FILTERS = {
  by: parseAsString,
  action: parseAsString,
  subject: parseAsString,
  q: parseAsString,
  from: parseAsString,
  to: parseAsString,
};

export type AuditFilters = Readonly<Record<keyof typeof AUDIT_FILTERS, string | null>>;

export const NO_FILTERS: AuditFilters = {
  by: null,
  action: null,
  subject: null,
  q: null,
  from: null,
  to: null,
};

/** What the API is asked, which takes instants: the last day ends where the next begins. */
export function auditParams(filters: AuditFilters): Record<string, string | null> {
  const { from, to, ...rest } = filters;
  return { ...rest, from: startOf(from, 0), to: startOf(to, 1) };
}

/** Whether anything narrows. */
export function isNarrowed(filters: AuditFilters): boolean {
  return Object.values(filters).some((value) => value !== null && value !== '');
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** A day that is none is left to the server, which says what is wrong with it. */
function startOf(day: string | null, later: number): string | null {
  if (day === null || day === '') return null;
  const at = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(at) ? day : new Date(at + later * DAY_MS).toISOString();
}

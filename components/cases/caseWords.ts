import type { CaseState, CaseSummary } from '@/lib/contracts/cases';

export const CASE_STATES = [
  'open',
  'in_review',
  'sent_back',
  'closed',
] as const satisfies readonly CaseState[];

export const CASE_STATE_WORD: Record<CaseState, string> = {
  open: 'Open',
  in_review: 'In review',
  sent_back: 'Sent back',
  closed: 'Closed',
};

/** "2 findings, 1 alert, 1 Sigma hit on 3 hosts"; "nothing in it yet". */
export function contentsOf({
  findings,
  alerts,
  hits,
  hosts,
}: Pick<CaseSummary, 'findings' | 'alerts' | 'hits' | 'hosts'>): string {
  const parts = [count(findings, 'finding'), count(alerts, 'alert'), count(hits, 'Sigma hit')].filter(
    (part) => part !== '',
  );
  if (parts.length === 0) return 'nothing in it yet';
  return `${parts.join(', ')}${hosts.length === 0 ? '' : ` on ${count(hosts.length, 'host')}`}`;
}

function count(n: number, word: string): string {
  return n === 0 ? '' : `${n.toLocaleString('en')} ${word}${n === 1 ? '' : 's'}`;
}

/** Time worked as people say it: "under a minute", "25 min", "3 h 05 min". */
export function workedText(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (minutes < 1) return 'under a minute';
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

/** A piece of found text cut at its marks « and »: words outside and inside by turns, beginning outside. */
export function foundParts(text: string): readonly string[] {
  return text.split(/[«»]/);
}

/** The day a task is due, UTC, as a field of a day takes it; empty without one. */
export function dueDay(dueAt: string | null): string {
  return dueAt === null ? '' : dueAt.slice(0, 10);
}

/** The end of a day, UTC; null for none. */
export function dueAtOf(day: string): string | null {
  return day === '' ? null : `${day}T23:59:59.000Z`;
}

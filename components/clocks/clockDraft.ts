import type { Severity } from '@/lib/contracts/scalars';
import type { ServiceClocks } from '@/lib/contracts/triage';

export const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'informational'];

export const UNITS = ['min', 'h', 'd'] as const;
export type Unit = (typeof UNITS)[number];
export const UNIT_WORD: Record<Unit, string> = { min: 'minutes', h: 'hours', d: 'days' };
const MINUTES: Record<Unit, number> = { min: 1, h: 60, d: 24 * 60 };
/** As long as a clock may be: a year. */
const MOST = 525_600;

/** One clock as it is typed; an empty amount is no clock. */
export type ClockField = { amount: string; unit: Unit };
export type ClockDraft = Record<Severity, ClockField>;

/** What is set, in the largest unit that says it whole. */
export function draftOf(clocks: ServiceClocks): ClockDraft {
  const minutes = new Map(clocks.items.map((item) => [item.severity, item.minutes]));
  const field = (severity: Severity): ClockField => {
    const set = minutes.get(severity);
    if (set === undefined) return { amount: '', unit: 'h' };
    const unit = set % MINUTES.d === 0 ? 'd' : set % MINUTES.h === 0 ? 'h' : 'min';
    return { amount: String(set / MINUTES[unit]), unit };
  };
  return {
    critical: field('critical'),
    high: field('high'),
    medium: field('medium'),
    low: field('low'),
    informational: field('informational'),
  };
}

/** Minutes of a clock; null for none. A text that is no whole time up to a year is a problem, in words. */
export function minutesOf({ amount, unit }: ClockField): { minutes: number | null } | { problem: string } {
  const text = amount.trim();
  if (text === '') return { minutes: null };
  if (!/^\d{1,6}$/.test(text)) return { problem: 'A whole number, or nothing for no clock.' };
  const minutes = Number(text) * MINUTES[unit];
  if (minutes < 1) return { problem: 'At least a minute, or nothing for no clock.' };
  if (minutes > MOST) return { problem: 'At most a year.' };
  return { minutes };
}

/** What is sent; null while something typed is a problem. */
export function itemsOf(draft: ClockDraft): { severity: Severity; minutes: number }[] | null {
  const items: { severity: Severity; minutes: number }[] = [];
  for (const severity of SEVERITIES) {
    const read = minutesOf(draft[severity]);
    if ('problem' in read) return null;
    if (read.minutes !== null) items.push({ severity, minutes: read.minutes });
  }
  return items;
}

/** Whether a draft says something else than what is set. */
export function isChanged(draft: ClockDraft, clocks: ServiceClocks): boolean {
  const set = new Map(clocks.items.map((item) => [item.severity, item.minutes]));
  return SEVERITIES.some((severity) => {
    const read = minutesOf(draft[severity]);
    return 'problem' in read || read.minutes !== (set.get(severity) ?? null);
  });
}

/** Severities whose findings would wait longer than those of a lower one: allowed, and rarely meant. */
export function oddOrder(draft: ClockDraft): string | null {
  let before: { severity: Severity; minutes: number } | null = null;
  for (const item of itemsOf(draft) ?? []) {
    if (before !== null && item.minutes < before.minutes)
      return `${before.severity} may wait longer than ${item.severity}.`;
    before = item;
  }
  return null;
}

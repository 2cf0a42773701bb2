import type { Comparison, TimePart } from './chain';

const COMPARE: Readonly<Record<Comparison, (a: number, b: number) => boolean>> = {
  lt: (a, b) => a < b,
  lte: (a, b) => a <= b,
  gt: (a, b) => a > b,
  gte: (a, b) => a >= b,
};

/** Whether a number of a record stands so to the rule's; absent comparison: they are equal. */
export function compares(comparison: Comparison | undefined, value: number, limit: number): boolean {
  return comparison === undefined ? value === limit : COMPARE[comparison](value, limit);
}

/** The number a text writes, decimal or as `0x1f`; undefined when it is none. */
export function numberOf(text: string): number | undefined {
  const trimmed = text.length > 40 ? '' : text.trim();
  if (!/^([-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?|0x[0-9a-f]+)$/i.test(trimmed)) return undefined;
  const value = Number(trimmed);
  return Number.isFinite(value) ? value : undefined;
}

/**
 * A part of a date as the record writes it (`2026-11-26T13:05:00`, the `T` or a space; no time zone is moved);
 * undefined when the text is no such date, or has no time where its time is asked. Weeks are those of ISO 8601.
 */
export function timePartOf(text: string, part: TimePart): number | undefined {
  const found = /^\s*(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d))?/.exec(text.slice(0, 40));
  if (found === null) return undefined;
  const [year = 0, month = 0, day = 0] = found.slice(1, 4).map(Number);
  if (month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  switch (part) {
    case 'year':
      return year;
    case 'month':
      return month;
    case 'day':
      return day;
    case 'week':
      return isoWeek(year, month, day);
    case 'hour':
    case 'minute': {
      const digits = part === 'hour' ? found[4] : found[5];
      return digits === undefined ? undefined : Number(digits);
    }
  }
}

const DAY = 86_400_000;

/** The week whose Thursday is in the year counts from that year's first Thursday. */
function isoWeek(year: number, month: number, day: number): number {
  const date = Date.UTC(year, month - 1, day);
  const weekday = (new Date(date).getUTCDay() + 6) % 7;
  const thursday = date + (3 - weekday) * DAY;
  const first = Date.UTC(new Date(thursday).getUTCFullYear(), 0, 1);
  return Math.floor((thursday - first) / (7 * DAY)) + 1;
}

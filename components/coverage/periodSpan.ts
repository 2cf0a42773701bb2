import type { TimeSpan } from '@/components/shared/query/histogramLayout';
import { MICROS_PER_DAY, parseMicros } from '@/lib/base/time';

/** UTC days, both included, as microseconds from the first midnight to the last; null when they are no days. */
export function periodSpan(period: { from: string; to: string }): TimeSpan | null {
  const [from, to] = [parseMicros(period.from), parseMicros(period.to)];
  return from === undefined || to === undefined ? null : { from, to: to + MICROS_PER_DAY };
}

/** The days of the week that begins with `monday`, those after `last` left out. */
export function weekPeriod(monday: string, last: string): { from: string; to: string } {
  const begin = Date.parse(`${monday}T00:00:00Z`);
  if (Number.isNaN(begin)) return { from: monday, to: last };
  const sunday = new Date(begin + (6 * MICROS_PER_DAY) / 1000).toISOString().slice(0, 10);
  return { from: monday, to: sunday < last ? sunday : last };
}

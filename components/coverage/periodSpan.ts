import type { TimeSpan } from '@/components/shared/query/histogramLayout';
import { MICROS_PER_DAY, parseMicros } from '@/lib/base/time';

/** UTC days, both included, as microseconds from the first midnight to the last; null when they are no days. */
export function periodSpan(period: { from: string; to: string }): TimeSpan | null {
  const [from, to] = [parseMicros(period.from), parseMicros(period.to)];
  return from === undefined || to === undefined ? null : { from, to: to + MICROS_PER_DAY };
}

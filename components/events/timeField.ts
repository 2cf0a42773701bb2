import { formatDateTime } from '@/components/shared/timeFormat';
import { formatMicros, parseMicros } from '@/lib/base/time';

/** The zones a range is typed in: times of a host's own zone are typed in UTC. */
export type FieldZone = 'utc' | 'local';

const LOCAL = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?)?$/;

/** An end of a time range as it stands in its field: day and time in the reader's zone, no more digits than it has. */
export function timeFieldText(iso: string | null, zone: FieldZone): string {
  if (iso === null) return '';
  return formatDateTime(iso, zone, 'full').replace(/\.0+$/, '');
}

/**
 * What was typed, as ISO 8601 UTC: null for an empty field, undefined for what is no time. A time that names its own
 * zone keeps it; one without is of the reader's zone. A bare day is its beginning, or, as `to`, its last microsecond.
 */
export function parseTimeField(text: string, zone: FieldZone, end: 'from' | 'to'): string | null | undefined {
  const typed = text.trim();
  if (typed === '') return null;
  const day = /^\d{4}-\d\d-\d\d$/.test(typed);
  const whole = day && end === 'to' ? `${typed} 23:59:59.999999` : typed;
  const local = LOCAL.exec(whole);
  if (zone !== 'utc' && local !== null && parseMicros(whole) !== undefined) return fromLocal(local);
  const time = parseMicros(whole);
  return time === undefined ? undefined : formatMicros(time);
}

function fromLocal(parts: RegExpExecArray): string {
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map((part) => Number(part ?? 0));
  const at = new Date(year ?? 0, (month ?? 1) - 1, day ?? 1, hour ?? 0, minute ?? 0, second ?? 0);
  const fraction = (parts[7] ?? '').padEnd(6, '0');
  return at.toISOString().replace(/\.\d+Z$/, `.${fraction}Z`);
}

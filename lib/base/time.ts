import type { Brand } from './brand';

/** UTC, microseconds since 1970-01-01; a safe integer from 1685 to 2254. */
export type Micros = Brand<number, 'Micros'>;

/** A length of time in microseconds. */
export type DurationMicros = Brand<number, 'DurationMicros'>;

export const MICROS_PER_SECOND = 1_000_000;
export const MICROS_PER_MINUTE = 60 * MICROS_PER_SECOND;
export const MICROS_PER_HOUR = 60 * MICROS_PER_MINUTE;
export const MICROS_PER_DAY = 24 * MICROS_PER_HOUR;

/** Takes a number that is already UTC microseconds at its word. */
export function micros(value: number): Micros {
  return value as Micros;
}

/** Takes a number that is already microseconds of length at its word. */
export function durationMicros(value: number): DurationMicros {
  return value as DurationMicros;
}

const ISO =
  /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?)?\s*(Z|UTC|[+-]\d\d:?\d\d)?$/;

/**
 * Reads an ISO 8601 or `YYYY-MM-DD hh:mm:ss[.fffffff]` time; digits beyond the microsecond are cut.
 * A time without a zone is read as UTC: vendors that write local time without a zone are aligned later
 * (see events/clock.ts). Returns undefined for anything else: days that are not in the calendar, and years in
 * which microseconds are no safe integer (before 1685, after 2254), such as a vendor's 1601 or 9999 for "never".
 */
export function parseMicros(text: string): Micros | undefined {
  const fast = parseCommonShape(text);
  if (fast !== undefined) return fast;
  const m = ISO.exec(text.trim());
  if (m === null) return undefined;
  const [year, month, day] = [Number(m[1]), Number(m[2]), Number(m[3])];
  const [hour, minute, second] = [Number(m[4] ?? 0), Number(m[5] ?? 0), Number(m[6] ?? 0)];
  if (!inRange(year, month, day, hour, minute, second)) return undefined;
  const fraction = Number((m[7] ?? '').padEnd(6, '0').slice(0, 6));
  const zone = m[8];
  let offsetMinutes = 0;
  if (zone !== undefined && zone !== 'Z' && zone !== 'UTC') {
    const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))];
    if (hours > 23 || minutes > 59) return undefined;
    offsetMinutes = (zone[0] === '-' ? -1 : 1) * (hours * 60 + minutes);
  }
  const ms = Date.UTC(year, month - 1, day, hour, minute, second) - offsetMinutes * 60_000;
  return micros(ms * 1000 + fraction);
}

/** Writes ISO 8601 UTC with microseconds, e.g. `2026-11-20T09:16:31.702000Z`. */
export function formatMicros(time: Micros): string {
  const ms = Math.floor(time / 1000);
  const rest = time - ms * 1000;
  return `${new Date(ms).toISOString().slice(0, -1)}${String(rest).padStart(3, '0')}Z`;
}

/** Writes a length of time as people say it: `380 ms`, `4.2 s`, `6 min 05 s`, `3 h 20 min`, `2 d 4 h`. */
export function formatDuration(length: number): string {
  const written = formatLength(Math.abs(length));
  return length < 0 && written !== '0 ms' ? `-${written}` : written;
}

/** Each unit is chosen after rounding, so that nothing is `60.0 s` or `24 h 00 min`. */
function formatLength(length: number): string {
  const ms = Math.round(length / 1000);
  if (ms < 1000) return `${ms} ms`;
  const tenths = Math.round(length / 100_000);
  if (tenths < 600) return `${(tenths / 10).toFixed(1)} s`;
  const seconds = Math.round(length / MICROS_PER_SECOND);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
  const minutes = Math.round(length / MICROS_PER_MINUTE);
  if (minutes < 1440) return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
  const hours = Math.round(length / MICROS_PER_HOUR);
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/**
 * The shape nearly every record has (`YYYY-MM-DD?hh:mm:ss[.f…][Z]`), read without a regular expression:
 * this runs two or three times for each of millions of records.
 */
function parseCommonShape(text: string): Micros | undefined {
  const length = text.length;
  if (length < 19 || text.charCodeAt(4) !== 45 || text.charCodeAt(13) !== 58) return undefined;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 7);
  const day = digits(text, 8, 10);
  const hour = digits(text, 11, 13);
  const minute = digits(text, 14, 16);
  const second = digits(text, 17, 19);
  if (!inRange(year, month, day, hour, minute, second)) return undefined;
  const separator = text.charCodeAt(10);
  if (text.charCodeAt(7) !== 45 || text.charCodeAt(16) !== 58 || (separator !== 84 && separator !== 32))
    return undefined;
  let fraction = 0;
  let at = 19;
  if (at < length && text.charCodeAt(at) === 46) {
    let scale = 100_000;
    for (at = 20; at < length; at++) {
      const digit = text.charCodeAt(at) - 48;
      if (digit < 0 || digit > 9) break;
      fraction += digit * scale;
      scale = scale >= 10 ? scale / 10 : 0;
    }
    if (at === 20) return undefined;
  }
  if (at < length && !(at === length - 1 && text.charCodeAt(at) === 90)) return undefined;
  return micros(Date.UTC(year, month - 1, day, hour, minute, second) * 1000 + fraction);
}

function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

function inRange(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): boolean {
  return (
    year >= 1685 &&
    year <= 2254 &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysIn(year, month) &&
    hour <= 23 &&
    minute <= 59 &&
    second <= 60
  );
}

function daysIn(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

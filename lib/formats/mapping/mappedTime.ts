import { MICROS_PER_MINUTE, MICROS_PER_SECOND, type Micros, micros, parseMicros } from '../../base/time';
import { anyTime, epochTime, fileTime, textOf } from '../vendorValues';
import type { TimeFormat, TimeRule } from './mapping';

/** Reads times as one mapping says they are written; undefined for a value that is none. Never throws. */
export type TimeReader = (value: unknown, date?: unknown) => Micros | undefined;

/** The reader of a rule. A zone that is not known is read as UTC; parseMapping refuses such a rule before. */
export function createTimeReader(rule: TimeRule): TimeReader {
  const toUtc = zoneShift(rule.zone) ?? ((local: Micros) => local);
  return (value, date) => {
    const unit = UNITS.get(rule.format);
    if (unit !== undefined) return epochTime(Array.isArray(value) ? value[0] : value, unit);
    if (rule.format === 'filetime') return fileTime(Array.isArray(value) ? value[0] : value);
    const day = date === undefined ? undefined : textOf(date);
    const text = textOf(value)?.trim();
    if (text === undefined) return undefined;
    const whole = day === undefined ? text : `${day.trim()} ${text}`;
    if (whole.length > TIME_LENGTH_MAX) return undefined;
    if (/^\d{9,19}(\.\d+)?$/.test(whole)) return anyTime(whole);
    const read = readWritten(whole, rule.format);
    if (read === undefined) return undefined;
    return read.zoned ? read.time : toUtc(read.time);
  };
}

const TIME_LENGTH_MAX = 64;

const UNITS: ReadonlyMap<TimeFormat, number> = new Map([
  ['epoch_s', 1_000_000],
  ['epoch_ms', 1000],
  ['epoch_us', 1],
  ['epoch_ns', 0.001],
]);

type Written = { readonly time: Micros; readonly zoned: boolean };

/** A time as people and programs write it: ISO 8601, or a clock time after or before a date in any order. */
function readWritten(text: string, format: TimeFormat): Written | undefined {
  const iso = parseMicros(text);
  if (iso !== undefined) return { time: iso, zoned: /(Z|UTC|[+-]\d\d:?\d\d)$/.test(text) && /:/.test(text) };
  const clock = CLOCK.exec(text);
  const zone = clock?.[6];
  const day = readDate(clock === null ? text : text.replace(clock[0], ' '), format);
  if (day === undefined) return undefined;
  const hour = clock === null ? 0 : hourOf(Number(clock[1]), clock[5]);
  const written = `${day}T${pad(hour)}:${clock?.[2] ?? '00'}:${clock?.[3] ?? '00'}.${clock?.[4] ?? '0'}`;
  const offset = zone === undefined || LETTERS.test(zone) ? 'Z' : zone;
  const time = parseMicros(`${written}${offset}`);
  return time === undefined ? undefined : { time, zoned: zone !== undefined };
}

/** Hour, minute, second, fraction, half of the day, zone. */
const CLOCK =
  /(?<!\d)(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?:\s?([AaPp])\.?[Mm]\.?)?(?:\s?(Z|UTC|GMT|[+-]\d\d:?\d\d)(?!\d))?/;
const LETTERS = /^[A-Z]/;

function hourOf(hour: number, half: string | undefined): number {
  if (half === undefined) return hour;
  return (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
}

/** `YYYY-MM-DD` of a date in words or numbers; undefined where day and month could be either. */
function readDate(text: string, format: TimeFormat): string | undefined {
  const parts = text.match(/[A-Za-z]+|\d+/g) ?? [];
  const numbers = parts.filter((part) => /^\d+$/.test(part));
  const month = parts.map((part) => MONTHS.indexOf(part.slice(0, 3).toLowerCase())).find((i) => i >= 0);
  const year = numbers.findIndex((part) => part.length === 4);
  if (month !== undefined) {
    if (numbers.length !== 2 || year < 0) return undefined;
    return toDate(numbers[year], month + 1, Number(numbers[1 - year]));
  }
  if (numbers.length !== 3 || parts.length !== 3) return undefined;
  const [first, second, third] = numbers.map(Number) as [number, number, number];
  if (year === 0) return toDate(numbers[0], second, third);
  if (year === 1) return undefined;
  const written = year === 2 ? numbers[2] : `20${(numbers[2] ?? '').padStart(2, '0')}`;
  const dayFirst = format === 'day_first' || (format === 'auto' && (first > 12 || text.includes('.')));
  if (dayFirst) return toDate(written, second, first);
  if (format === 'month_first' || second > 12) return toDate(written, first, second);
  return first === second ? toDate(written, first, second) : undefined;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

function toDate(year: string | undefined, month: number, day: number): string | undefined {
  return year?.length === 4 ? `${year}-${pad(month)}-${pad(day)}` : undefined;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}

/**
 * Turns a zone's local time into UTC: `UTC`, an offset, or an IANA name with its daylight saving. Undefined
 * when there is no such zone.
 */
export function zoneShift(zone: string | undefined): ((local: Micros) => Micros) | undefined {
  if (zone === undefined || zone === 'UTC' || zone === 'Z') return (local) => local;
  const fixed = /^([+-])(\d\d):?(\d\d)$/.exec(zone);
  if (fixed !== null) {
    const minutes = Number(fixed[2]) * 60 + Number(fixed[3]);
    const shift = (fixed[1] === '-' ? 1 : -1) * minutes * MICROS_PER_MINUTE;
    return (local) => micros(local + shift);
  }
  const offsetAt = namedOffset(zone);
  if (offsetAt === undefined) return undefined;
  return (local) => {
    // The offset belongs to the moment, which is known only once it is applied: guess, then look again.
    const guess = local - offsetAt(local);
    return micros(local - offsetAt(guess));
  };
}

/** Offset of a named zone in microseconds at a moment, remembered by quarter of an hour. */
function namedOffset(zone: string): ((time: number) => number) | undefined {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  } catch {
    // RangeError: no zone of that name.
    return undefined;
  }
  const known = new Map<number, number>();
  return (time) => {
    const quarter = Math.floor(time / (15 * MICROS_PER_MINUTE));
    const seen = known.get(quarter);
    if (seen !== undefined) return seen;
    const named = format.formatToParts(new Date((quarter * 15 * MICROS_PER_MINUTE) / 1000));
    const text = named.find((part) => part.type === 'timeZoneName')?.value ?? '';
    const match = /([+-])(\d\d):(\d\d)(?::(\d\d))?/.exec(text);
    const seconds =
      match === null ? 0 : Number(match[2]) * 3600 + Number(match[3]) * 60 + Number(match[4] ?? 0);
    const offset = (match?.[1] === '-' ? -1 : 1) * seconds * MICROS_PER_SECOND;
    if (known.size < 10_000) known.set(quarter, offset);
    return offset;
  };
}

import { type Micros, micros, parseMicros } from '../base/time';
import type { VendorRecord } from './exportFormat';
import { isObject } from './jsonSink';

/**
 * Readers of single values of a vendor's record. All answer undefined for what products write instead of
 * nothing: empty, `-`, `N/A`, an all-zero GUID. None of them throws.
 */

/** The value under a path of names, nested (`{a: {b: 1}}`) or dotted (`{"a.b": 1}`), the dotted one first. */
export function at(record: VendorRecord, path: string): unknown {
  if (Object.hasOwn(record, path)) return record[path];
  let value: unknown = record;
  for (const [rest, name] of stepsOf(path)) {
    if (!isObject(value)) return undefined;
    if (Object.hasOwn(value, rest)) return value[rest];
    if (name === undefined || !Object.hasOwn(value, name)) return undefined;
    value = value[name];
  }
  return undefined;
}

/** `a.b.c` as `a.b.c` with `a`, `b.c` with `b`, `c`. Kept: `at` runs some fifty times for each of millions of records. */
function stepsOf(path: string): readonly Step[] {
  const known = STEPS.get(path);
  if (known !== undefined) return known;
  const names = path.split('.');
  const steps = names.map(
    (name, i): Step => [names.slice(i).join('.'), i < names.length - 1 ? name : undefined],
  );
  // Paths are a program's own words; a few are made of a record's, and must not fill the map.
  if (STEPS.size < 5000) STEPS.set(path, steps);
  return steps;
}

type Step = readonly [rest: string, name: string | undefined];

const STEPS = new Map<string, readonly Step[]>();

/** A value as text, storable; the first element of a list. */
export function textOf(value: unknown): string | undefined {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  if (typeof one === 'number') return Number.isFinite(one) ? String(one) : undefined;
  if (typeof one === 'boolean' || typeof one === 'bigint') return String(one);
  if (typeof one !== 'string') return undefined;
  return NOTHING.has(one) ? undefined : storable(one);
}

/** Text of the first path that has any. */
export function textAt(record: VendorRecord, ...paths: readonly string[]): string | undefined {
  for (const path of paths) {
    const text = textOf(at(record, path));
    if (text !== undefined) return text;
  }
  return undefined;
}

const NOTHING: ReadonlySet<string> = new Set(['', '-', 'N/A', 'n/a', 'null', '(null)', 'None', 'undefined']);

/** A list of texts as one, joined by `;`; undefined when it is empty. */
export function joined(value: unknown): string | undefined {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const texts = list.map(textOf).filter((text) => text !== undefined);
  return texts.length === 0 ? undefined : [...new Set(texts)].join(';');
}

/** A pid or port: a number, decimal or `0x` text. 0 and what is no whole number: undefined. */
export function countOf(value: unknown): number | undefined {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  const number =
    typeof one === 'number' ? one : typeof one === 'string' && one.trim() !== '' ? Number(one) : Number.NaN;
  return Number.isSafeInteger(number) && number > 0 ? number : undefined;
}

/** A pid or port at the first path that has one. */
export function countAt(record: VendorRecord, ...paths: readonly string[]): number | undefined {
  for (const path of paths) {
    const count = countOf(at(record, path));
    if (count !== undefined) return count;
  }
  return undefined;
}

/** A digest of one algorithm by its length (32 MD5, 40 SHA-1, 64 SHA-256), lower case; all zeros is none. */
export function digestOf(value: unknown, length: 32 | 40 | 64): string | undefined {
  const text = textOf(value)?.toLowerCase();
  if (text === undefined || text.length !== length || !/^[0-9a-f]+$/.test(text)) return undefined;
  return /^0+$/.test(text) ? undefined : text;
}

/** ISO 8601, with or without a zone (UTC then). */
export function isoTime(value: unknown): Micros | undefined {
  const text = textOf(value);
  return text === undefined ? undefined : parseMicros(text);
}

/**
 * A time as epoch number or text of one, in the unit its size tells: seconds, milliseconds, microseconds or
 * nanoseconds (between 1990 and 2200), or Windows FILETIME; fractions are kept to the microsecond. ISO 8601
 * too. For fields whose unit the vendor fixes, prefer epochTime.
 */
export function anyTime(value: unknown): Micros | undefined {
  const one: unknown = Array.isArray(value) ? value[0] : value;
  if (typeof one === 'string' && !/^\d+(\.\d+)?$/.test(one.trim())) return isoTime(one);
  const number = Number(one);
  if (!Number.isFinite(number) || typeof one === 'boolean' || one === null || one === '') return undefined;
  if (number > 6e8 && number < 8e9) return epochTime(one, 1_000_000);
  if (number > 6e11 && number < 8e12) return epochTime(one, 1000);
  if (number > 6e14 && number < 8e15) return epochTime(one, 1);
  if (number > 1e17 && number < 2e17) return fileTime(one);
  if (number > 6e17 && number < 8e18) return epochTime(one, 0.001);
  return undefined;
}

/** An epoch number or text; `unit` is microseconds per unit (1,000,000 for seconds). Text keeps full precision. */
export function epochTime(value: unknown, unit: number): Micros | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number) || number <= 0) return undefined;
  const time = Math.round(number * unit);
  return Number.isSafeInteger(time) && time < LAST ? micros(time) : undefined;
}

/** Windows FILETIME: 100 ns since 1601, as number or text. */
export function fileTime(value: unknown): Micros | undefined {
  if (typeof value === 'string' && /^\d{17,19}$/.test(value.trim())) {
    const time = Number(BigInt(value.trim()) / 10n - 11_644_473_600_000_000n);
    return time > 0 && time < LAST ? micros(time) : undefined;
  }
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined;
  const time = Math.round(value / 10 - 11_644_473_600_000_000);
  return time > 0 && time < LAST ? micros(time) : undefined;
}

/** The year 2254, past which microseconds are no safe integer. */
const LAST = 8_964_000_000_000_000;

/** An alert's severity in ECS's numbers (informational 1, low 21, medium 47, high 73, critical 99) from a vendor's word. */
export function severityOf(word: string | undefined): number | undefined {
  return word === undefined ? undefined : SEVERITIES.get(word.trim().toLowerCase());
}

const SEVERITIES: ReadonlyMap<string, number> = new Map([
  ['informational', 1],
  ['information', 1],
  ['info', 1],
  ['low', 21],
  ['medium', 47],
  ['moderate', 47],
  ['high', 73],
  ['critical', 99],
  ['fatal', 99],
]);

/** Object in a member, or in a member's JSON text (`AdditionalFields` in tables); undefined if it is neither. */
export function objectOf(value: unknown): VendorRecord | undefined {
  if (isObject(value)) return value;
  if (typeof value !== 'string' || !value.trimStart().startsWith('{')) return undefined;
  try {
    const parsed: unknown = JSON.parse(value);
    return isObject(parsed) ? parsed : undefined;
  } catch {
    // Cut off by the vendor's own limit: what cannot be read is not there.
    return undefined;
  }
}

/** Text that a database and the wire can carry: no U+0000, no half of a surrogate pair. */
export function storable(value: string): string {
  const whole = (value as WellFormable).isWellFormed() ? value : (value as WellFormable).toWellFormed();
  return whole.includes('\0') ? whole.replaceAll('\0', '\u2400') : whole;
}

/** ES2024; in every Node we support. */
type WellFormable = string & { isWellFormed(): boolean; toWellFormed(): string };

import type { Micros } from '../../base/time';
import type { VendorRecord } from '../exportFormat';
import { isObject } from '../jsonSink';
import { anyTime, countOf, textOf } from '../vendorValues';

/**
 * The members of a SentinelOne event by folded name. One event is written in four ways: `src.process.uid`
 * (Cloud Funnel, Singularity Data Lake), nested objects of the same names, `srcProcUid` (Deep Visibility API)
 * and `SrcProcUID` (tables, S1QL). Folded (lower case, letters and digits only, `process` as `proc`) they are
 * one name, so that the rest of the reader knows the dotted names only.
 */
export type Fields = ReadonlyMap<string, unknown>;

/** Folds a record, nested or flat. Empty values are left out; deeper than 8 levels or past 4,000 members nothing is read. */
export function foldRecord(record: VendorRecord): Fields {
  const fields = new Map<string, unknown>();
  addMembers(fields, record, '', 0);
  return fields;
}

function addMembers(fields: Map<string, unknown>, record: VendorRecord, prefix: string, depth: number): void {
  for (const name of Object.keys(record)) {
    const value = record[name];
    if (value === null || value === undefined || value === '') continue;
    const path = prefix === '' ? name : `${prefix}.${name}`;
    if (isObject(value)) {
      if (depth < DEPTH_MAX) addMembers(fields, value, path, depth + 1);
      continue;
    }
    const folded = foldName(path);
    if (fields.size < MEMBERS_MAX && !fields.has(folded)) fields.set(folded, value);
  }
}

const DEPTH_MAX = 8;
const MEMBERS_MAX = 4000;

/** A member's name as its spellings share it: `src.process.cmdline`, `SrcProcCmdLine` → `srcproccmdline`. */
export function foldName(name: string): string {
  const known = FOLDED.get(name);
  if (known !== undefined) return known;
  const folded = name
    .slice(0, NAME_MAX)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .replaceAll('process', 'proc')
    .replace(/^source/, 'src')
    .replace(/^target/, 'tgt');
  // Names are the record's own words: do not let a hostile file fill the map.
  if (FOLDED.size < 5000) FOLDED.set(name, folded);
  return folded;
}

const FOLDED = new Map<string, string>();
const NAME_MAX = 200;

/** Text under the first of the names that has any; names as the vendor writes them. */
export function textIn(fields: Fields, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const text = textOf(fields.get(foldName(name)));
    if (text !== undefined) return text;
  }
  return undefined;
}

/** A pid or port under the first of the names that has one. */
export function countIn(fields: Fields, ...names: readonly string[]): number | undefined {
  for (const name of names) {
    const count = countOf(fields.get(foldName(name)));
    if (count !== undefined) return count;
  }
  return undefined;
}

/** A time under the first of the names that has one: epoch in any unit, or ISO 8601. */
export function timeIn(fields: Fields, ...names: readonly string[]): Micros | undefined {
  for (const name of names) {
    const time = anyTime(fields.get(foldName(name)));
    if (time !== undefined) return time;
  }
  return undefined;
}

/**
 * An id under the first of the names that has one. SentinelOne's ids are 64-bit; where a record writes one as a
 * JSON number its last digits are lost on reading, and a wrong id is worse than none.
 */
export function idIn(fields: Fields, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = fields.get(foldName(name));
    if (typeof value === 'number' && !Number.isSafeInteger(value)) continue;
    const text = textOf(value);
    if (text !== undefined) return text;
  }
  return undefined;
}

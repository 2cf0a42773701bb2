import type { Micros } from '../../base/time';
import type { EntityId } from '../../events/endpointEvent';
import type { VendorRecord } from '../exportFormat';
import { isObject } from '../jsonSink';
import { anyTime, at, countOf, digestOf, storable, textAt, textOf } from '../vendorValues';

/** The object under a path, or undefined. */
export function objectAt(record: VendorRecord, path: string): VendorRecord | undefined {
  const value = at(record, path);
  return isObject(value) ? value : undefined;
}

/** The objects of a list; anything else is none. */
export function objectsAt(record: VendorRecord, path: string): readonly VendorRecord[] {
  const value = at(record, path);
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** A class, activity or other enumeration number; 0 is one. Undefined if it is no whole number. */
export function enumAt(record: VendorRecord, path: string): number | undefined {
  const value = at(record, path);
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined;
}

/**
 * A time member and its `_dt` twin. The number is epoch milliseconds by the schema, but producers write seconds
 * and microseconds too: its size tells. The twin is taken where it only adds digits, or stands alone.
 */
export function timeAt(record: VendorRecord, path: string): Micros | undefined {
  const time = anyTime(at(record, path));
  const twin = anyTime(at(record, `${path}_dt`));
  if (time === undefined || twin === undefined) return time ?? twin;
  return Math.abs(twin - time) < 1000 ? twin : time;
}

/** Text that is no placeholder of the Windows log it may come from. */
export function nameAt(record: VendorRecord, ...paths: readonly string[]): string | undefined {
  const text = textAt(record, ...paths)?.trim();
  return text === undefined || text === '' || text === '-' || text === 'NULL SID' ? undefined : text;
}

/** Path of a file object: whole, or folder and name. */
export function pathOf(file: VendorRecord | undefined): string | undefined {
  if (file === undefined) return undefined;
  const path = nameAt(file, 'path');
  if (path !== undefined) return path;
  const name = nameAt(file, 'name');
  const folder = nameAt(file, 'parent_folder');
  if (name === undefined || folder === undefined) return name;
  const separator = folder.includes('\\') || /^[a-z]:$/i.test(folder) ? '\\' : '/';
  return folder.endsWith(separator) ? folder + name : folder + separator + name;
}

/** Digests of a file object: the list of `hashes`, before 1.0 `fingerprints`. Its algorithm, by number or name, else its length tells. */
export function hashesOf(file: VendorRecord | undefined): { md5?: string; sha1?: string; sha256?: string } {
  const found: { md5?: string; sha1?: string; sha256?: string } = {};
  if (file === undefined) return found;
  for (const hash of [...objectsAt(file, 'hashes'), ...objectsAt(file, 'fingerprints')]) {
    const number = countOf(hash.algorithm_id);
    const name = (textOf(hash.algorithm) ?? '').toUpperCase().replaceAll('-', '');
    const other =
      (number !== undefined && number > 3) || (name !== '' && !['MD5', 'SHA1', 'SHA256'].includes(name));
    if (other && number !== 99) continue;
    const md5 = digestOf(hash.value, 32);
    const sha1 = digestOf(hash.value, 40);
    const sha256 = digestOf(hash.value, 64);
    if (md5 !== undefined && (number ?? 1) === 1) found.md5 ??= md5;
    if (sha1 !== undefined && (number ?? 2) === 2) found.sha1 ??= sha1;
    if (sha256 !== undefined && (number ?? 3) === 3) found.sha256 ??= sha256;
  }
  return found;
}

/**
 * A process's `uid`, which the producer makes: a GUID in lower case without braces, as Sysmon's is elsewhere;
 * anything else as written, for base64 ids differ by case.
 */
export function entityOf(process: VendorRecord): EntityId | undefined {
  const text = nameAt(process, 'uid');
  if (text === undefined) return undefined;
  const guid = GUID.exec(text)?.[1];
  if (guid !== undefined && /^[0-]+$/.test(guid)) return undefined;
  return storable(guid?.toLowerCase() ?? text) as EntityId;
}

const GUID = /^\{?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\}?$/i;

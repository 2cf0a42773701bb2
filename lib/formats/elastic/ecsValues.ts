import { type Micros, micros, parseMicros } from '../../base/time';
import type { EntityId } from '../../events/endpointEvent';
import type { VendorRecord } from '../exportFormat';
import { at, storable, textAt, textOf } from '../vendorValues';

/**
 * Readers of single values of an ECS document: nested or dotted, plain or in lists (the `fields` of a search),
 * and as Kibana's CSV export shows them (`4,512`, `start, info`, `Nov 20, 2026 @ 09:16:31.702`).
 */

/** All words of a keyword field, lower case: `["start", "info"]` and `start, info` alike. None: an empty list. */
export function wordsAt(record: VendorRecord, path: string): readonly string[] {
  const value = at(record, path);
  const parts: readonly unknown[] = Array.isArray(value)
    ? value
    : typeof value === 'string'
      ? value.split(',')
      : [];
  return parts.flatMap((part) =>
    typeof part === 'string' && part !== '' ? [part.trim().toLowerCase()] : [],
  );
}

/** A pid or port at the first path that has one; Kibana groups the digits (`49,878`). 0 is none. */
export function ecsCount(record: VendorRecord, ...paths: readonly string[]): number | undefined {
  for (const path of paths) {
    const text = textOf(at(record, path));
    if (text === undefined) continue;
    const number = Number(GROUPED.test(text) ? text.replaceAll(',', '') : text);
    if (Number.isSafeInteger(number) && number > 0) return number;
  }
  return undefined;
}

const GROUPED = /^\d{1,3}(,\d{3})+$/;

/** A date at the first path that has one: ISO 8601, epoch milliseconds, or Kibana's display form (read as UTC). */
export function ecsTime(record: VendorRecord, ...paths: readonly string[]): Micros | undefined {
  for (const path of paths) {
    const value = at(record, path);
    const one: unknown = Array.isArray(value) ? value[0] : value;
    if (typeof one === 'number' && one > 1e11 && one < 8e12) return micros(Math.round(one * 1000));
    const text = textOf(one);
    if (text === undefined) continue;
    const time = parseMicros(text) ?? kibanaTime(text) ?? epochMillis(text);
    if (time !== undefined) return time;
  }
  return undefined;
}

function epochMillis(text: string): Micros | undefined {
  return /^\d{12,13}$/.test(text) ? micros(Number(text) * 1000) : undefined;
}

/** `Nov 20, 2026 @ 09:16:31.702`: the analyst's own zone, which the export does not name. */
function kibanaTime(text: string): Micros | undefined {
  const m = KIBANA.exec(text);
  const month = MONTHS.indexOf((m?.[1] ?? '').toLowerCase());
  if (m === null || month < 0) return undefined;
  return parseMicros(`${m[3]}-${pad(month + 1)}-${pad(Number(m[2]))}T${m[4]}`);
}

const KIBANA = /^([A-Za-z]{3}) (\d{1,2}), (\d{4}) @ (\d\d:\d\d:\d\d(?:\.\d{1,9})?)$/;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

function pad(number: number): string {
  return String(number).padStart(2, '0');
}

/**
 * A process's unique id at the first path that has one. A GUID is written in lower case without braces, as
 * Sysmon's is elsewhere. Elastic's own ids are base64 or hashes in which case has a meaning: they stay as
 * written, or two processes could become one.
 */
export function ecsEntity(record: VendorRecord, ...paths: readonly string[]): EntityId | undefined {
  for (const path of paths) {
    const text = textAt(record, path);
    if (text === undefined) continue;
    const guid = GUID.exec(text)?.[1];
    if (guid !== undefined && /^[0-]+$/.test(guid)) continue;
    return storable(guid === undefined ? text : guid.toLowerCase()) as EntityId;
  }
  return undefined;
}

const GUID = /^\{?([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\}?$/i;

/** A boolean, or the text of one; anything else is undefined. */
export function ecsFlag(record: VendorRecord, path: string): boolean | undefined {
  const text = textAt(record, path);
  return text === 'true' ? true : text === 'false' ? false : undefined;
}

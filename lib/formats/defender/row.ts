import type { Micros } from '../../base/time';
import type { VendorRecord } from '../exportFormat';
import { isObject } from '../jsonSink';
import { objectOf, textOf } from '../vendorValues';
import { readTime } from './rowTime';

/** One row of an Advanced Hunting table: column names as documented, values as JSON or as text of a CSV. */
export type HuntingRow = VendorRecord;

/** A column as text; undefined where it is absent or empty. */
export function cell(row: HuntingRow, column: string): string | undefined {
  return textOf(row[column]);
}

/** A column as time; the portal of Log Analytics writes the zone into the heading (`Timestamp [UTC]`). */
export function timeCell(row: HuntingRow, column: string): Micros | undefined {
  return readTime(row[column] ?? row[`${column} [UTC]`] ?? row[`${column} [Local Time]`]);
}

/** When the row's event took place, UTC. */
export function timeOf(row: HuntingRow): Micros | undefined {
  return timeCell(row, 'Timestamp') ?? timeCell(row, 'TimeGenerated');
}

/** The row's AdditionalFields: an object, or its JSON text; empty where there is none or it is cut off. */
export function detailsOf(row: HuntingRow): VendorRecord {
  return objectOf(row.AdditionalFields) ?? NO_DETAILS;
}

const NO_DETAILS: VendorRecord = {};

/** A list in a member, or in a member's JSON text; a single object counts as a list of one. */
export function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (isObject(value)) return [value];
  if (typeof value !== 'string' || !value.trimStart().startsWith('[')) return [];
  try {
    const parsed: unknown = JSON.parse(value);
    return Array.isArray(parsed) ? parsed : [];
  } catch {
    // Cut off by the vendor's own limit: what cannot be read is not there.
    return [];
  }
}

/**
 * Folder and file name as one path. The folder column holds the whole path in most rows and the folder alone
 * in some. Undefined when there is neither; one alone is given as it is.
 */
export function pathOf(folder: string | undefined, name: string | undefined): string | undefined {
  if (folder === undefined || name === undefined) return folder ?? name;
  const separator = folder.includes('/') && !folder.includes('\\') ? '/' : '\\';
  if (folder.endsWith(separator)) return folder + name;
  const tail = folder.slice(folder.lastIndexOf(separator) + 1);
  return tail.toLowerCase() === name.toLowerCase() ? folder : folder + separator + name;
}

import type { VendorRecord } from '../exportFormat';
import { isObject } from '../jsonSink';

/**
 * Whether a record is an answer of the Log Analytics API (`{"tables":[{"columns":[{"name":…}],"rows":[[…]]}]}`)
 * whose columns are those of a Defender table.
 */
export function holdsTables(record: VendorRecord): boolean {
  return Array.isArray(record.tables) && (record.tables as readonly unknown[]).some(isOurs);
}

/** Its rows as objects named by the columns; undefined for any other record. */
export function rowsOfTables(record: VendorRecord): readonly VendorRecord[] | undefined {
  if (!holdsTables(record)) return undefined;
  const rows: VendorRecord[] = [];
  for (const table of record.tables as readonly unknown[]) {
    if (!isOurs(table)) continue;
    const names = namesOf(table);
    for (const cells of Array.isArray(table.rows) ? (table.rows as readonly unknown[]) : [])
      if (Array.isArray(cells)) rows.push(toRow(names, cells));
  }
  return rows;
}

function isOurs(table: unknown): table is VendorRecord {
  return isObject(table) && namesOf(table).some((name) => OURS.has(name));
}

function namesOf(table: VendorRecord): readonly string[] {
  return (Array.isArray(table.columns) ? (table.columns as readonly unknown[]) : []).map((column) =>
    isObject(column) && typeof column.name === 'string' ? column.name : '',
  );
}

/** A column that every table of Defender has and no other. */
const OURS: ReadonlySet<string> = new Set(['DeviceId', 'DeviceName', 'AlertId']);

function toRow(names: readonly string[], cells: readonly unknown[]): VendorRecord {
  const row: Record<string, unknown> = Object.create(null);
  for (let i = 0; i < names.length; i++) {
    const name = names[i];
    const value = cells[i];
    if (name !== undefined && name !== '' && value !== null && value !== undefined && value !== '')
      row[name] = value;
  }
  return row;
}

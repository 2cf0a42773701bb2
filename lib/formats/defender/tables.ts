import type { VendorRecord } from '../exportFormat';

/** Tables whose rows are events of a device. */
const EVENT_TABLES: ReadonlySet<string> = new Set([
  'DeviceEvents',
  'DeviceFileEvents',
  'DeviceImageLoadEvents',
  'DeviceLogonEvents',
  'DeviceNetworkEvents',
  'DeviceProcessEvents',
  'DeviceRegistryEvents',
]);

/** Beginnings of the names of all Advanced Hunting tables that stream or are stored in Log Analytics. */
const FAMILY =
  /^(?:Device|Alert(?:Info|Evidence)$|Email|Identity|CloudAppEvents$|Cloud(?:Audit|Process|Storage)|UrlClickEvents$|Behavior|Message|AAD|OAuth|ExposureGraph|DataSecurity|Graph)[A-Za-z]{0,60}$/;

/** Whether rows of the table become events. */
export function isEventTable(table: string): boolean {
  return EVENT_TABLES.has(table);
}

/** The table a row says it is from: Log Analytics' Type, or a column that `union withsource=` and `search` add. */
export function tableOf(row: VendorRecord): string | undefined {
  for (const column of COLUMNS) {
    const name = row[column];
    if (typeof name === 'string' && FAMILY.test(name)) return name;
  }
  return undefined;
}

const COLUMNS = ['Type', '$table', 'TableName', 'SourceTable', 'Table', 'source_'];

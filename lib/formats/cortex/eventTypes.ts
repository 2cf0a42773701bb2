import { type Micros, parseMicros } from '../../base/time';
import type { EventKind } from '../../events/endpointEvent';
import type { VendorRecord } from '../exportFormat';
import { anyTime, textAt } from '../vendorValues';

/** A record's type in words: as alerts write it (`File Event`) or queries of the data set (`FILE`), in one form. */
export function typeOf(record: VendorRecord): string {
  const type =
    textAt(record, 'event_type')
      ?.toUpperCase()
      .replace(/^ENUM\./, '') ?? '';
  return TYPES.get(type) ?? type;
}

const TYPES: ReadonlyMap<string, string> = new Map([
  ['PROCESS EXECUTION', 'PROCESS'],
  ['FILE EVENT', 'FILE'],
  ['NETWORK CONNECTIONS', 'NETWORK'],
  ['NETWORK CONNECTION', 'NETWORK'],
  ['NETWORK EVENT', 'NETWORK'],
  ['STORY', 'NETWORK'],
  ['REGISTRY EVENT', 'REGISTRY'],
  ['LOAD IMAGE', 'LOAD_IMAGE'],
  ['MODULE EVENT', 'LOAD_IMAGE'],
  ['PROCESS INJECTION', 'INJECTION'],
]);

/** When it happened: epoch milliseconds, or as tables show it (`Nov 20th 2026 09:16:31`, read as UTC). */
export function timeOf(record: VendorRecord): Micros | undefined {
  const value = record.event_timestamp ?? record._time;
  const m = typeof value === 'string' ? SHOWN.exec(value.trim()) : null;
  const month = MONTHS.indexOf(m?.[1]?.toLowerCase() ?? '') + 1;
  if (m === null || month === 0) return anyTime(value);
  return parseMicros(`${m[3]}-${String(month).padStart(2, '0')}-${String(m[2]).padStart(2, '0')}T${m[4]}`);
}

const SHOWN = /^([A-Za-z]{3}) (\d{1,2})(?:st|nd|rd|th) (\d{4}) (\d\d:\d\d:\d\d(?:\.\d{1,6})?)$/;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** The sub-type where it has a name (`FILE_RENAME`), else type and number (`FILE 6`). */
export function codeOf(record: VendorRecord): string {
  const sub = subTypeOf(record);
  return sub === '' ? typeOf(record) : /^[0-9]+$/.test(sub) ? `${typeOf(record)} ${sub}` : sub;
}

function subTypeOf(record: VendorRecord): string {
  return (
    textAt(record, 'event_sub_type')
      ?.toUpperCase()
      .replace(/^ENUM\./, '') ?? ''
  );
}

/** The kind of an event, from its type and sub-type; undefined for those that are not used. */
export function kindOf(record: VendorRecord): EventKind | undefined {
  const sub = subTypeOf(record);
  switch (typeOf(record)) {
    case 'PROCESS':
      if (/STOP|TERMINAT/.test(sub)) return 'process_end';
      return textAt(record, 'action_process_image_name', 'action_process_image_path') !== undefined
        ? 'process_start'
        : undefined;
    case 'FILE':
      return fileKind(sub);
    case 'NETWORK':
      if (textAt(record, 'dns_query_name') !== undefined) return 'dns_query';
      return /DISCONNECT|LISTEN|STREAM_CLOSE/.test(sub) ? undefined : 'network_connect';
    case 'REGISTRY':
      return registryKind(sub, record);
    case 'LOAD_IMAGE':
      return 'image_load';
    case 'INJECTION':
      return textAt(record, 'action_remote_process_instance_id', 'action_remote_process_image_name') ===
        undefined && textAt(record, 'action_remote_process_os_pid') === undefined
        ? undefined
        : 'remote_thread';
    default:
      return undefined;
  }
}

function fileKind(sub: string): EventKind | undefined {
  if (/REMOVE|DELETE/.test(sub)) return 'file_delete';
  if (/RENAME/.test(sub)) return 'file_rename';
  if (/OPEN|READ/.test(sub)) return 'file_access';
  // Alerts write the sub-type as a number: 1 a new file, 6 a write (as the samples show it).
  return /^FILE_(CREATE|WRITE)/.test(sub) || sub === '1' || sub === '6' || sub === ''
    ? 'file_create'
    : undefined;
}

function registryKind(sub: string, record: VendorRecord): EventKind | undefined {
  if (/DELETE/.test(sub)) return 'registry_delete';
  if (/RENAME/.test(sub)) return 'registry_rename';
  if (/CREATE/.test(sub)) return 'registry_add';
  if (/SET/.test(sub)) return 'registry_set';
  return textAt(record, 'action_registry_data') === undefined ? undefined : 'registry_set';
}

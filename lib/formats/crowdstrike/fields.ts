import type { Micros } from '../../base/time';
import type { EntityId } from '../../events/endpointEvent';
import { normaliseHostName } from '../../events/hostName';
import type { DeviceName, NormalisedRecord } from '../../events/record';
import { ignored } from '../eventDraft';
import type { VendorRecord } from '../exportFormat';
import { anyTime, storable, textAt, textOf } from '../vendorValues';

/**
 * Falcon's words as the sensor writes them. Two stores add to the names: the former Event Search (Splunk)
 * `_decimal` and `_readable`, a Log Analytics custom table `_s`, `_d`, `_g`, `_b`, `_t`. Those endings are cut;
 * a field that is there without one wins.
 */
export function sensorFields(record: VendorRecord): VendorRecord {
  if (!SUFFIXED.some((name) => record[name] !== undefined)) return record;
  const plain: Record<string, unknown> = Object.create(null);
  for (const [name, value] of Object.entries(record)) {
    const cut = name.replace(SUFFIX, '');
    if (cut === name || record[cut] === undefined) plain[cut] = value;
  }
  return plain;
}

const SUFFIXED: readonly string[] = [
  'ContextProcessId_decimal',
  'TargetProcessId_decimal',
  'ContextTimeStamp_decimal',
  'ConfigStateHash_decimal',
  'event_simpleName_s',
];
const SUFFIX = /_(?:decimal|readable|[sdgbt])$/;

/** The sensor's event type, e.g. `ProcessRollup2`; LogScale writes it as a tag with `#`. */
export function eventTypeOf(record: VendorRecord): string | undefined {
  return textOf(record.event_simpleName ?? record['#event_simpleName'] ?? record.event_simpleName_s);
}

/**
 * Falcon's unique id of a process (TargetProcessId, ContextProcessId, ParentProcessId: one space of ids per
 * host), decimal; of a graph id (`pid:<aid>:<id>`) its last part. Ids have 64 bits: a JSON number beyond 2^53
 * has lost digits and would name another process, so it is undefined, as are 0 and what is no whole number.
 */
export function processIdOf(value: unknown): EntityId | undefined {
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) && value > 0 ? (String(value) as EntityId) : undefined;
  }
  const text = textOf(value);
  if (text === undefined) return undefined;
  const id = text.startsWith('pid:') ? text.slice(text.lastIndexOf(':') + 1) : text.trim();
  return /^\d{1,20}$/.test(id) && !/^0+$/.test(id) ? (id as EntityId) : undefined;
}

/**
 * The process id within an alert's id (`<cid>:ind:<aid>:<process>-<pattern>-<n>`): text, where ProcessId is a
 * JSON number that has lost digits.
 */
export function idInAlert(id: string | undefined): EntityId | undefined {
  return processIdOf(/:(\d{1,20})-\d+-\d+$/.exec(id?.slice(-120) ?? '')?.[1]);
}

/** The first field that holds a time: epoch seconds with fraction, epoch milliseconds, FILETIME or ISO 8601. */
export function timeOf(record: VendorRecord, ...fields: readonly string[]): Micros | undefined {
  for (const field of fields) {
    const time = anyTime(record[field]);
    if (time !== undefined) return time;
  }
  return undefined;
}

/** AuthenticationId, the decimal number of the logon session, as lower-case hex (`0x23b03f`). */
export function logonIdOf(value: unknown): string | undefined {
  const text = textOf(value);
  if (text === undefined || !/^\d{1,20}$/.test(text)) return undefined;
  return `0x${BigInt(text).toString(16)}`;
}

/** IntegrityLevel, the number of the mandatory label, in words; undefined for what is no such number. */
export function integrityOf(value: unknown): string | undefined {
  const text = textOf(value);
  if (text === undefined || !/^\d{1,6}$/.test(text)) return undefined;
  const level = Number(text);
  return INTEGRITY.find(({ from }) => level >= from)?.word;
}

const INTEGRITY: readonly { readonly from: number; readonly word: string }[] = [
  { from: 20480, word: 'protected' },
  { from: 16384, word: 'system' },
  { from: 12288, word: 'high' },
  { from: 8192, word: 'medium' },
  { from: 4096, word: 'low' },
  { from: 0, word: 'untrusted' },
];

/** A folder or a full path together with the file's name: some of Falcon's records write one, some the other. */
export function joinPath(folder: string | undefined, name: string | undefined): string | undefined {
  if (folder === undefined || name === undefined) return folder ?? name;
  const separator = folder.includes('/') && !folder.includes('\\') ? '/' : '\\';
  if (folder.endsWith(separator)) return folder + name;
  const last = folder.slice(folder.lastIndexOf(separator) + 1);
  return last.toLowerCase() === name.toLowerCase() ? folder : folder + separator + name;
}

/** A record that is no event, by its type; with the machine's name where it ties one to a sensor's id. */
export function ignoredWith(
  type: string,
  id: string | undefined,
  name: string | undefined,
): NormalisedRecord {
  const record = ignored(type);
  if (record.outcome !== 'ignored' || id === undefined || name === undefined) return record;
  const device: DeviceName = {
    id: storable(id.trim().toLowerCase()),
    name: storable(normaliseHostName(name)),
  };
  return device.id === '' || device.name === '' ? record : { ...record, device };
}

/** The machine's name as sensor events carry it: current sensors, LogScale and Splunk's look-ups; else absent. */
export function computerName(record: VendorRecord): string | undefined {
  return textAt(record, 'ComputerName', 'aid_computer_name');
}

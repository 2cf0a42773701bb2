import { UNNAMED_HOST } from '../../../events/hostName';
import type { VendorRecord } from '../../exportFormat';
import { isObject } from '../../jsonSink';
import { channelOf } from '../channels';
import { eventNumber, type WindowsRecord } from '../windowsRecord';

/**
 * Tables of PowerShell and Event Viewer, as CSV or JSON: Get-WinEvent (`Id`, `LogName`, `MachineName`, `Message`,
 * in JSON also `Properties`), Get-EventLog (`EventID`, `Source`, `MachineName`, `ReplacementStrings`), and Event
 * Viewer's CSV, whose headings are in the machine's language and which names no machine. EventData is in the
 * values or the message only (messageText.ts). A row without a machine (a choice of columns may leave it out, too) is put on UNNAMED_HOST:
 * that tells the analyst more than refusing the file.
 */
export function readTable(record: VendorRecord): WindowsRecord | undefined {
  if (isGetWinEvent(record)) return readGetWinEvent(record);
  if (isGetEventLog(record)) return readGetEventLog(record);
  return isEventViewer(record) ? readEventViewer(record) : undefined;
}

/** Whether a record is a row of one of these tables. */
export function isTableRow(record: VendorRecord): boolean {
  return isGetWinEvent(record) || isGetEventLog(record) || isEventViewer(record);
}

function isGetWinEvent(record: VendorRecord): boolean {
  return (
    record.Id !== undefined &&
    record.TimeCreated !== undefined &&
    (record.ProviderName !== undefined || record.LogName !== undefined || record.Message !== undefined)
  );
}

function isGetEventLog(record: VendorRecord): boolean {
  return (
    (record.EventID !== undefined || record.EventId !== undefined || record.InstanceId !== undefined) &&
    record.Source !== undefined &&
    (record.TimeWritten !== undefined ||
      (record.TimeGenerated !== undefined && record.MachineName !== undefined)) &&
    record.Computer === undefined
  );
}

/** The message is in the sixth column, which Event Viewer gives no heading; the number is in the fourth. */
function isEventViewer(record: VendorRecord): boolean {
  if (record.column_6 === undefined) return false;
  const cells = Object.values(record);
  return cells.length === 6 && eventNumber(cells[3]) !== undefined && typeof cells[2] === 'string';
}

function readGetWinEvent(record: VendorRecord): WindowsRecord | undefined {
  const eventId = eventNumber(record.Id);
  if (eventId === undefined) return undefined;
  const read: WindowsRecord = {
    channel: channelOf(record.LogName ?? record.ContainerLog, record.ProviderName),
    eventId,
    provider: record.ProviderName,
    host: record.MachineName ?? record.PSComputerName ?? record.Computer ?? UNNAMED_HOST,
    time: record.TimeCreated,
    recordId: record.RecordId,
    data: {},
    message: record.Message,
    writerPid: record.ProcessId,
    writer: { sid: isObject(record.UserId) ? record.UserId.Value : record.UserId },
    nxlog: false,
  };
  const values = valuesOf(record.Properties);
  return values === undefined ? read : { ...read, values };
}

function readGetEventLog(record: VendorRecord): WindowsRecord | undefined {
  // The low half of InstanceId is the event's number.
  const instance = eventNumber(record.InstanceId);
  const eventId =
    eventNumber(record.EventID ?? record.EventId) ?? (instance === undefined ? undefined : instance % 65_536);
  if (eventId === undefined) return undefined;
  const read: WindowsRecord = {
    channel: channelOf(record.Log ?? record.LogName, record.Source),
    eventId,
    provider: record.Source,
    host: record.MachineName ?? record.PSComputerName ?? UNNAMED_HOST,
    time: record.TimeGenerated ?? record.TimeWritten,
    recordId: record.Index,
    data: {},
    message: record.Message,
    writerPid: undefined,
    nxlog: false,
  };
  const values = valuesOf(record.ReplacementStrings);
  return values === undefined ? read : { ...read, values };
}

function readEventViewer(record: VendorRecord): WindowsRecord | undefined {
  const [, time, source, number] = Object.values(record);
  const eventId = eventNumber(number);
  if (eventId === undefined) return undefined;
  return {
    channel: channelOf(undefined, source),
    eventId,
    provider: source,
    host: UNNAMED_HOST,
    time,
    recordId: undefined,
    data: {},
    message: record.column_6,
    writerPid: undefined,
    nxlog: false,
  };
}

/** `[{"Value":…}]` or a list of texts; undefined for what a shallow serialiser leaves of it (a type's name). */
function valuesOf(list: unknown): readonly string[] | undefined {
  if (!Array.isArray(list) || list.length === 0) return undefined;
  const values: string[] = [];
  for (const item of list as unknown[]) {
    const value = isObject(item) && 'Value' in item ? item.Value : item;
    // A SID is an object whose Value is its text.
    const inner = isObject(value) ? value.Value : value;
    if (typeof inner === 'string' && inner.startsWith('System.Diagnostics.')) return undefined;
    values.push(
      typeof inner === 'string' || typeof inner === 'number' || typeof inner === 'boolean'
        ? String(inner)
        : '',
    );
  }
  return values;
}

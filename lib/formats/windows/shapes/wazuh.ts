import type { VendorRecord } from '../../exportFormat';
import { isObject } from '../../jsonSink';
import { at } from '../../vendorValues';
import { channelOf } from '../channels';
import { eventNumber, type WindowsRecord } from '../windowsRecord';

/**
 * Wazuh's Windows events: `data.win.system` and `data.win.eventdata`, with names in lower camel case. In its
 * older releases backslashes come doubled (`C:\\\\Windows` in JSON); a record whose paths all have them so is
 * made good.
 */
export function readWazuh(record: VendorRecord): WindowsRecord | undefined {
  const win = winOf(record);
  const system = win?.system;
  if (win === undefined || !isObject(system)) return undefined;
  const eventId = eventNumber(system.eventID);
  if (eventId === undefined) return undefined;
  return {
    channel: channelOf(system.channel, system.providerName),
    eventId,
    provider: system.providerName,
    host: system.computer ?? at(record, 'agent.name'),
    time: system.systemTime ?? record.timestamp ?? record['@timestamp'],
    recordId: system.eventRecordID,
    data: isObject(win.eventdata) ? pascal(win.eventdata) : {},
    message: system.message,
    writerPid: system.processID,
    writer: { sid: system.userID },
    nxlog: false,
  };
}

/** `data.win` of a Wazuh record, nested or, in tables of its dashboard, as dotted names; else undefined. */
export function winOf(record: VendorRecord): VendorRecord | undefined {
  const { data } = record;
  if (isObject(data)) return isObject(data.win) ? data.win : undefined;
  if (record['data.win.system.eventID'] !== undefined) return dotted(record, '');
  return record['_source.data.win.system.eventID'] === undefined ? undefined : dotted(record, '_source.');
}

function dotted(record: VendorRecord, before: string): VendorRecord {
  const system: Record<string, unknown> = Object.create(null);
  const eventdata: Record<string, unknown> = Object.create(null);
  for (const [name, value] of Object.entries(record)) {
    if (name.startsWith(`${before}data.win.system.`))
      system[name.slice(before.length + 'data.win.system.'.length)] = value;
    else if (name.startsWith(`${before}data.win.eventdata.`))
      eventdata[name.slice(before.length + 'data.win.eventdata.'.length)] = value;
  }
  return { system, eventdata };
}

/** `targetFilename` → `TargetFilename`, with doubled backslashes made single where the record doubles them. */
function pascal(eventdata: VendorRecord): VendorRecord {
  const doubled = Object.values(eventdata).some((value) => typeof value === 'string' && DOUBLED.test(value));
  const data: Record<string, unknown> = Object.create(null);
  for (const [name, value] of Object.entries(eventdata)) {
    data[name.charAt(0).toUpperCase() + name.slice(1)] =
      doubled && typeof value === 'string' ? value.replaceAll('\\\\', '\\') : value;
  }
  return data;
}

const DOUBLED = /^[A-Za-z]:\\\\[^\\]/;

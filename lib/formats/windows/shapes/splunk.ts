import type { VendorRecord } from '../../exportFormat';
import { channelOf } from '../channels';
import { ENVELOPE } from '../envelope';
import { parseEventBlock } from '../eventBlock';
import { LABELS_OF_MESSAGES } from '../messageLayouts';
import { eventNumber, type WindowsRecord } from '../windowsRecord';

/**
 * Splunk's Windows events as a search exports them: fields at the top (`EventCode`, `ComputerName`), the whole
 * record in `_raw` (`LogName=…` lines, whose Message holds the data), or both. Fields that Splunk took out of
 * the message have its English labels with underscores (`New_Process_Name`); the account of the new process
 * comes last among several.
 */
export function readSplunk(record: VendorRecord): WindowsRecord | undefined {
  const block = typeof record._raw === 'string' ? parseEventBlock(record._raw) : undefined;
  const read = block === undefined ? record : { ...record, ...block };
  const eventId = eventNumber(one(read.EventCode ?? read.EventID ?? read.event_id));
  if (eventId === undefined) return undefined;
  const provider = one(read.SourceName ?? read.Name);
  return {
    channel: channelOf(one(read.Channel ?? read.LogName) ?? logOfSource(read), provider),
    eventId,
    provider,
    host: one(read.ComputerName ?? read.Computer ?? read.dvc_nt_host ?? read.host),
    time: one(read.SystemTime ?? read.TimeCreated ?? read._time ?? read.EventTime),
    recordId: one(read.RecordNumber ?? read.EventRecordID ?? read.RecordID),
    data: dataOf(read),
    envelope: ENVELOPE,
    message: one(read.Message),
    writerPid: one(read.ProcessID),
    writer: { sid: one(read.Sid ?? read.UserID) },
    nxlog: false,
  };
}

/** The log in `WinEventLog:Security` and `XmlWinEventLog:Microsoft-Windows-Sysmon/Operational`. */
function logOfSource(record: VendorRecord): string | undefined {
  for (const value of [record.source, record.sourcetype]) {
    if (typeof value !== 'string') continue;
    const colon = value.search(/WinEventLog:/i);
    if (colon >= 0) return value.slice(value.indexOf(':', colon) + 1);
  }
  return undefined;
}

function dataOf(record: VendorRecord): VendorRecord {
  if (
    record.New_Process_Name === undefined &&
    record.Process_ID === undefined &&
    record.Application_Name === undefined
  )
    return record;
  const data: Record<string, unknown> = { ...record };
  for (const [name, label] of LABELS_OF_MESSAGES) {
    const value = record[label.replaceAll(/[ ()]/g, '_')];
    if (value !== undefined) data[name] ??= name.startsWith('Target') ? last(value) : one(value);
  }
  data.ProcessId = one(record.Creator_Process_ID) ?? data.ProcessId;
  return data;
}

function one(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : value;
}

function last(value: unknown): unknown {
  return Array.isArray(value) ? value.at(-1) : value;
}

import type { VendorRecord } from '../../exportFormat';
import { isObject } from '../../jsonSink';
import { textOf } from '../../vendorValues';
import { channelOf } from '../channels';
import { eventNumber, type WindowsRecord } from '../windowsRecord';

/**
 * Winlogbeat 7 and 8, and Elastic Agent's Windows integrations: `winlog.…`, nested or with dotted keys.
 * `winlog.computer_name` is the origin; `host.name` is the machine of the agent, which on a collector is
 * another one, so it is never used.
 *
 * The Sysmon module moves EventData into ECS fields: what EventData lacks is looked for there.
 */
export function readWinlogbeat(record: VendorRecord): WindowsRecord | undefined {
  const nested = isObject(record.winlog) ? record : hasDottedWinlog(record) ? nest(record) : undefined;
  const winlog = nested?.winlog;
  if (nested === undefined || !isObject(winlog)) return undefined;
  const eventId = eventNumber(winlog.event_id) ?? eventNumber(at(nested, 'event', 'code'));
  if (eventId === undefined) return undefined;
  const eventData = winlog.event_data ?? winlog.user_data;
  const user = winlog.user;
  const provider = winlog.provider_name ?? at(nested, 'event', 'provider');
  const read: WindowsRecord = {
    channel: channelOf(winlog.channel, provider),
    eventId,
    provider,
    host: winlog.computer_name,
    time: nested['@timestamp'],
    recordId: winlog.record_id,
    data: dataOf(nested, isObject(eventData) ? eventData : NOTHING),
    message: nested.message,
    writerPid: at(winlog, 'process', 'pid'),
    nxlog: false,
  };
  if (!isObject(user)) return read;
  return { ...read, writer: { sid: user.identifier, name: user.name, domain: user.domain } };
}

/** EventData, completed from ECS when the process is described there only. */
function dataOf(record: VendorRecord, eventData: VendorRecord): VendorRecord {
  if (eventData.ProcessGuid !== undefined || eventData.SubjectUserSid !== undefined) return eventData;
  const data: Record<string, unknown> = {};
  for (const [name, path] of ECS_OF_SYSMON) {
    let value: unknown = record;
    for (const key of path) value = isObject(value) ? value[key] : undefined;
    if (value !== undefined) data[name] = value;
  }
  const user = at(record, 'user', 'name');
  const domain = at(record, 'user', 'domain');
  if (typeof user === 'string') data.User = typeof domain === 'string' ? `${domain}\\${user}` : user;
  const answers = at(record, 'dns', 'answers');
  if (Array.isArray(answers)) {
    data.QueryResults = answers
      .map((answer: unknown) => (isObject(answer) ? (textOf(answer.data) ?? '') : ''))
      .join(';');
  }
  const direction = at(record, 'network', 'direction');
  if (typeof direction === 'string')
    data.Initiated = String(direction === 'egress' || direction === 'outbound');
  return Object.assign(data, eventData);
}

const ECS_OF_SYSMON: readonly (readonly [string, readonly string[]])[] = [
  ['ProcessGuid', ['process', 'entity_id']],
  ['ProcessId', ['process', 'pid']],
  ['Image', ['process', 'executable']],
  ['CommandLine', ['process', 'command_line']],
  ['CurrentDirectory', ['process', 'working_directory']],
  ['OriginalFileName', ['process', 'pe', 'original_file_name']],
  ['ParentProcessGuid', ['process', 'parent', 'entity_id']],
  ['ParentProcessId', ['process', 'parent', 'pid']],
  ['ParentImage', ['process', 'parent', 'executable']],
  ['ParentCommandLine', ['process', 'parent', 'command_line']],
  ['Hashes', ['process', 'hash', 'sha256']],
  ['TargetFilename', ['file', 'path']],
  ['ImageLoaded', ['dll', 'path']],
  ['TargetObject', ['registry', 'path']],
  ['Details', ['registry', 'data', 'strings']],
  ['PipeName', ['file', 'name']],
  ['QueryName', ['dns', 'question', 'name']],
  ['SourceIp', ['source', 'ip']],
  ['SourcePort', ['source', 'port']],
  ['DestinationIp', ['destination', 'ip']],
  ['DestinationPort', ['destination', 'port']],
  ['DestinationHostname', ['destination', 'domain']],
  ['Protocol', ['network', 'transport']],
  ['ScriptBlockText', ['powershell', 'file', 'script_block_text']],
  ['ScriptBlockId', ['powershell', 'file', 'script_block_id']],
  ['MessageNumber', ['powershell', 'sequence']],
  ['MessageTotal', ['powershell', 'total']],
];

const NOTHING: VendorRecord = {};

function at(record: VendorRecord, first: string, second: string): unknown {
  const inner = record[first];
  return isObject(inner) ? inner[second] : undefined;
}

function hasDottedWinlog(record: VendorRecord): boolean {
  return record['winlog.event_id'] !== undefined || record['winlog.channel'] !== undefined;
}

/** `{"a.b": [1]}` → `{"a": {"b": 1}}`: searches answer with dotted names and every value in a list. */
function nest(record: VendorRecord): VendorRecord {
  const root: Record<string, unknown> = {};
  for (const [path, value] of Object.entries(record)) {
    const keys = path.split('.');
    let inner = root;
    for (const key of keys.slice(0, -1)) {
      if (key === '__proto__') break;
      const next = Object.hasOwn(inner, key) ? inner[key] : undefined;
      if (isObject(next)) inner = next as Record<string, unknown>;
      else {
        const made: Record<string, unknown> = {};
        inner[key] = made;
        inner = made;
      }
    }
    const last = keys.at(-1);
    if (last !== undefined && last !== '__proto__')
      inner[last] = Array.isArray(value) && value.length === 1 ? value[0] : value;
  }
  return root;
}

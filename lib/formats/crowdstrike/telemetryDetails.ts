import type { EventKind } from '../../events/endpointEvent';
import { type OpenDraft, put } from '../eventDraft';
import type { VendorRecord } from '../exportFormat';
import { countAt, digestOf, textAt, textOf } from '../vendorValues';
import { processIdOf } from './fields';

/** Sets what the act was done to; false if the record does not say. */
type Setter = (draft: OpenDraft, record: VendorRecord) => boolean;

/**
 * Completes an event of the sensor with its object: file, address, name, module, value, script. False when the
 * record lacks it, which leaves nothing to say.
 */
export function setDetails(draft: OpenDraft, record: VendorRecord): boolean {
  return SETTERS[draft.kind]?.(draft, record) ?? true;
}

const SETTERS: Readonly<Partial<Record<EventKind, Setter>>> = {
  file_create: setFile,
  file_delete: setFile,
  file_rename: setRename,
  file_access: setAccess,
  file_stream: setMark,
  network_connect: setConnection,
  dns_query: setQuery,
  image_load: setModule,
  registry_set: setRegistry,
  registry_add: setRegistry,
  registry_delete: setRegistry,
  script_block: setScript,
  logon: setLogon,
  task_create: setTask,
  service_install: setService,
  remote_thread: setTarget,
};

function setFile(draft: OpenDraft, record: VendorRecord): boolean {
  put(draft, 'file.path', textOf(record.TargetFileName));
  put(draft, 'file.hash.sha256', digestOf(record.SHA256HashData, 64));
  put(draft, 'file.hash.sha1', digestOf(record.SHA1HashData, 40));
  put(draft, 'file.hash.md5', digestOf(record.MD5HashData, 32));
  return draft['file.path'] !== undefined;
}

function setRename(draft: OpenDraft, record: VendorRecord): boolean {
  put(draft, 'file.Ext.original.path', textOf(record.SourceFileName));
  return setFile(draft, record);
}

function setAccess(draft: OpenDraft, record: VendorRecord): boolean {
  put(draft, 'file.access', textOf(record.DesiredAccess));
  return setFile(draft, record);
}

/** The mark of the web: TargetFileName is the file that was marked, without the stream's name. */
function setMark(draft: OpenDraft, record: VendorRecord): boolean {
  const zone = textOf(record.ZoneIdentifier);
  if (zone !== undefined && /^[0-4]$/.test(zone)) draft['file.zone_identifier'] = Number(zone);
  put(draft, 'file.origin_url', textOf(record.HostUrl));
  put(draft, 'file.origin_referrer_url', textOf(record.ReferrerUrl));
  return setFile(draft, record);
}

/**
 * `source` is the side that opened the connection. ConnectionDirection says 0 outbound, 1 inbound, 2 neither,
 * 3 both; for the last two, and without it, the event's type decides.
 */
function setConnection(draft: OpenDraft, record: VendorRecord): boolean {
  const six = draft.code.endsWith('IP6');
  // An IP6 socket may have an IP4 peer; then the address stands in the IP4 field.
  const remote = textAt(record, ...(six ? ['RemoteAddressIP6'] : []), 'RemoteAddressIP4', 'RemoteIP');
  const local = textAt(record, ...(six ? ['LocalAddressIP6'] : []), 'LocalAddressIP4');
  const remotePort = countAt(record, 'RemotePort', 'RPort');
  const localPort = countAt(record, 'LocalPort', 'LPort');
  const direction = textOf(record.ConnectionDirection);
  const ingress = direction === '1' || (direction !== '0' && draft.code.startsWith('NetworkReceiveAccept'));
  draft['network.direction'] = ingress ? 'ingress' : 'egress';
  put(draft, 'network.transport', transportOf(record.Protocol));
  put(draft, 'destination.ip', ingress ? local : remote);
  put(draft, 'destination.port', ingress ? localPort : remotePort);
  put(draft, 'source.ip', ingress ? remote : local);
  put(draft, 'source.port', ingress ? remotePort : localPort);
  put(draft, 'url.full', textOf(record.OriginatingURL));
  return remote !== undefined;
}

/** IANA protocol number or name. */
function transportOf(value: unknown): string | undefined {
  const text = textOf(value)?.toLowerCase();
  return text === '6' ? 'tcp' : text === '17' ? 'udp' : text === '1' ? 'icmp' : text;
}

function setQuery(draft: OpenDraft, record: VendorRecord): boolean {
  put(draft, 'dns.question.name', textOf(record.DomainName));
  const answers = new Set<string>();
  for (const field of ANSWERS) {
    for (const answer of textOf(record[field])?.split(';') ?? []) {
      if (answer.trim() !== '') answers.add(answer.trim());
    }
  }
  if (answers.size > 0) draft['dns.answers'] = [...answers].join(';');
  return draft['dns.question.name'] !== undefined;
}

/** Lists that end in `;`; the first address stands again in a field of its own. */
const ANSWERS: readonly string[] = [
  'CNAMERecords',
  'IP4Records',
  'FirstIP4Record',
  'IP6Records',
  'FirstIP6Record',
];

function setModule(draft: OpenDraft, record: VendorRecord): boolean {
  const path = textOf(record.ImageFileName);
  put(draft, 'dll.path', path);
  // The first module of a process is its own image.
  if (textOf(record.PrimaryModule) === '1') {
    put(draft, 'process.executable', path);
    put(draft, 'process.hash.sha256', digestOf(record.SHA256HashData, 64));
  }
  return path !== undefined;
}

/** The default value of a key has no name; Sysmon calls it `(Default)`, and so do rules. */
function setRegistry(draft: OpenDraft, record: VendorRecord): boolean {
  const key = textOf(record.RegObjectName);
  if (key === undefined) return false;
  const value = textOf(record.RegValueName) ?? (draft.kind === 'registry_set' ? '(Default)' : undefined);
  draft['registry.path'] = value === undefined ? key : joinKey(key, value);
  put(draft, 'registry.data', textAt(record, 'RegStringValue', 'RegNumericValue', 'RegBinaryValue'));
  return true;
}

function joinKey(key: string, value: string): string {
  return key.endsWith('\\') ? key + value : `${key}\\${value}`;
}

function setTask(draft: OpenDraft, record: VendorRecord): boolean {
  put(draft, 'task.name', textOf(record.TaskName));
  const command = textOf(record.TaskExecCommand);
  const args = textOf(record.TaskExecArguments);
  put(draft, 'task.command', command === undefined || args === undefined ? command : `${command} ${args}`);
  return draft['task.name'] !== undefined;
}

function setService(draft: OpenDraft, record: VendorRecord): boolean {
  put(draft, 'service.name', textAt(record, 'ServiceObjectName', 'ServiceName', 'ServiceDisplayName'));
  put(draft, 'service.command', textOf(record.ServiceImagePath));
  return draft['service.name'] !== undefined || draft['service.command'] !== undefined;
}

function setTarget(draft: OpenDraft, record: VendorRecord): boolean {
  put(draft, 'Target.process.entity_id', processIdOf(record.TargetProcessId));
  put(draft, 'Target.process.executable', textAt(record, 'TargetImageFileName', 'InjecteeImageFileName'));
  return draft['Target.process.entity_id'] !== undefined;
}

/** Text a script engine was given (any language), or what was typed at a console. */
function setScript(draft: OpenDraft, record: VendorRecord): boolean {
  put(draft, 'powershell.script_block_text', textAt(record, 'ScriptContent', 'CommandHistory'));
  put(draft, 'file.path', textOf(record.ScriptContentName));
  put(draft, 'file.hash.sha256', digestOf(record.ContentSHA256HashData, 64));
  return draft['powershell.script_block_text'] !== undefined;
}

function setLogon(draft: OpenDraft, record: VendorRecord): boolean {
  put(draft, 'winlog.logon.type', textOf(record.LogonType));
  put(draft, 'source.ip', textAt(record, 'RemoteAddressIP4', 'RemoteAddressIP6'));
  return draft['user.name'] !== undefined || draft['user.id'] !== undefined;
}

import type { EventKind } from '../../events/endpointEvent';
import type { NormalisedRecord } from '../../events/record';
import { event, type OpenDraft, quarantined } from '../eventDraft';
import { ignored, label, setAccount, startDraft } from './draft';
import { setServiceAudited } from './services';
import { setTask } from './tasks';
import { count, image, messageLine, text } from './values';
import type { WindowsRecord } from './windowsRecord';

/** Security auditing events; see the Windows "Advanced security audit policy" pages by event number. */
export function normaliseSecurity(record: WindowsRecord): NormalisedRecord {
  switch (record.eventId) {
    case 4688:
      return build(record, 'process_start', setProcessStart);
    case 4689:
      return build(record, 'process_end', setProcessEnd);
    case 5156:
      return build(record, 'network_connect', setConnection);
    case 4624:
      return build(record, 'logon', setLogon);
    case 4663:
      return normaliseAccess(record);
    case 4657:
      return build(record, registryKind(record), setRegistryValue);
    case 1102:
      return build(record, 'log_clear', setLogClear);
    case 4697:
      return build(record, 'service_install', setServiceAudited);
    case 4698:
    case 4702:
      return build(record, 'task_create', setTask);
    default:
      return ignored(record);
  }
}

/** Sets the fields of one kind of event; a text is the reason why the record is of no use. */
type Setter = (draft: OpenDraft, record: WindowsRecord) => string | undefined;

function build(record: WindowsRecord, kind: EventKind, set: Setter): NormalisedRecord {
  const draft = startDraft(record, kind);
  if (typeof draft === 'string') return quarantined(draft);
  const refusal = set(draft, record);
  return refusal === undefined ? event(draft) : quarantined(`${label(record)}: ${refusal}`);
}

/**
 * 4688: NewProcessId is the process that started, ProcessId its creator. The new process runs as Target if
 * the record names one (since Windows 10), else as Subject.
 */
function setProcessStart(draft: OpenDraft, record: WindowsRecord): string | undefined {
  setAccount(draft, record, text(record, 'TargetUserName') === undefined ? 'Subject' : 'Target');
  const pid = count(record.data.NewProcessId);
  if (pid === undefined) return 'no NewProcessId';
  draft['process.pid'] = pid;
  const path = image(record, 'NewProcessName');
  if (path !== undefined) draft['process.executable'] = path;
  const commandLine = text(record, 'CommandLine') ?? text(record, 'ProcessCommandLine');
  if (commandLine !== undefined) draft['process.command_line'] = commandLine;
  const integrity = integrityOf(record.data.MandatoryLabel);
  if (integrity !== undefined) draft['process.integrity_level'] = integrity;
  const parentPid = count(record.data.ProcessId);
  if (parentPid !== undefined) draft['process.parent.pid'] = parentPid;
  const parentPath = image(record, 'ParentProcessName');
  if (parentPath !== undefined) draft['process.parent.executable'] = parentPath;
  return undefined;
}

function setProcessEnd(draft: OpenDraft, record: WindowsRecord): string | undefined {
  setAccount(draft, record, 'Subject');
  setActor(draft, record);
  return draft['process.pid'] === undefined ? 'no ProcessId' : undefined;
}

/**
 * 5156: source is the side that opened the connection, whichever direction, as in Sysmon 3: outbound the
 * destination is the remote peer, inbound the source is.
 */
function setConnection(draft: OpenDraft, record: WindowsRecord): string | undefined {
  const pid = connectionPid(record);
  if (pid !== undefined) draft['process.pid'] = pid;
  const path = image(record, 'Application');
  if (path !== undefined) draft['process.executable'] = path;
  const destination = text(record, 'DestAddress');
  if (destination !== undefined) draft['destination.ip'] = destination;
  const port = count(record.data.DestPort);
  if (port !== undefined) draft['destination.port'] = port;
  const source = text(record, 'SourceAddress');
  if (source !== undefined) draft['source.ip'] = source;
  const sourcePort = count(record.data.SourcePort);
  if (sourcePort !== undefined) draft['source.port'] = sourcePort;
  const protocol = text(record, 'Protocol');
  if (protocol !== undefined) draft['network.transport'] = TRANSPORTS.get(protocol) ?? protocol;
  const direction = text(record, 'Direction');
  const way = direction === undefined ? undefined : DIRECTIONS.get(direction.toLowerCase());
  if (way !== undefined) draft['network.direction'] = way;
  return destination === undefined && source === undefined ? 'no address' : undefined;
}

/** As EventData codes it, and as rendered messages say it in the languages of Windows. */
const DIRECTIONS: ReadonlyMap<string, string> = new Map([
  ...['%%14593', 'outbound', 'ausgehend', 'sortant', 'saliente', 'in uscita', 'saída'].map(
    (word) => [word, 'egress'] as const,
  ),
  ...['uitgaand', 'исходящие', 'исходящий', '出站', '送信', '輸出', '아웃바운드', 'wychodzące'].map(
    (word) => [word, 'egress'] as const,
  ),
  ...['%%14592', 'inbound', 'eingehend', 'entrant', 'entrante', 'in ingresso', 'entrada'].map(
    (word) => [word, 'ingress'] as const,
  ),
  ...['inkomend', 'входящие', 'входящий', '入站', '受信', '輸入', '인바운드', 'przychodzące'].map(
    (word) => [word, 'ingress'] as const,
  ),
]);

/** NXLog's numeric ProcessID is the kernel that logged; EventData's is text, or only in the message. */
function connectionPid(record: WindowsRecord): number | undefined {
  const id = record.data.ProcessID;
  if (id !== undefined && !(record.nxlog && typeof id === 'number')) return count(id);
  return count(record.data.ProcessId) ?? count(messageLine(record, 'Process ID'));
}

function setLogon(draft: OpenDraft, record: WindowsRecord): undefined {
  setAccount(draft, record, 'Target');
  const type = text(record, 'LogonType');
  if (type !== undefined) draft['winlog.logon.type'] = type;
  const source = text(record, 'IpAddress');
  if (source !== undefined) draft['source.ip'] = source;
  const port = count(record.data.IpPort);
  if (port !== undefined) draft['source.port'] = port;
  setActor(draft, record);
}

/** 4663 on a file or a registry key; handles of other objects say nothing we use. */
function normaliseAccess(record: WindowsRecord): NormalisedRecord {
  const type = record.data.ObjectType;
  if (type === 'File') return build(record, 'file_access', setAccess('file.path'));
  if (type === 'Key') return build(record, 'registry_access', setAccess('registry.path'));
  return ignored(record);
}

function setAccess(field: 'file.path' | 'registry.path'): Setter {
  return (draft, record) => {
    setAccount(draft, record, 'Subject');
    setActor(draft, record);
    const object = text(record, 'ObjectName');
    if (object === undefined) return 'no ObjectName';
    draft[field] = object;
    const access = text(record, 'AccessMask') ?? text(record, 'AccessList')?.trim();
    // The handle tells apart reads that agree in everything else, so that they are not taken for duplicates.
    const handle = text(record, 'HandleId');
    if (access !== undefined)
      draft['file.access'] = handle === undefined ? access : `${access}, handle ${handle}`;
    return undefined;
  };
}

/** 4657: %%1904 a value was created, %%1905 changed, %%1906 deleted. */
function registryKind(record: WindowsRecord): EventKind {
  return record.data.OperationType === '%%1906' ? 'registry_delete' : 'registry_set';
}

function setRegistryValue(draft: OpenDraft, record: WindowsRecord): string | undefined {
  setAccount(draft, record, 'Subject');
  setActor(draft, record);
  const key = text(record, 'ObjectName');
  if (key === undefined) return 'no ObjectName';
  const name = text(record, 'ObjectValueName');
  draft['registry.path'] = name === undefined ? key : `${key}\\${name}`;
  const data = text(record, 'NewValue');
  if (data !== undefined) draft['registry.data'] = data;
  return undefined;
}

function setLogClear(draft: OpenDraft, record: WindowsRecord): undefined {
  setAccount(draft, record, 'Subject');
  draft.message = 'Security';
}

function setActor(draft: OpenDraft, record: WindowsRecord): void {
  const id = record.data.ProcessId;
  const pid = count(id);
  if (pid !== undefined) draft['process.pid'] = pid;
  const path = image(record, 'ProcessName');
  if (path !== undefined) draft['process.executable'] = path;
}

/** Integrity level of a mandatory label SID (`[MS-DTYP]` 2.4.2.4). */
function integrityOf(label: unknown): string | undefined {
  if (typeof label !== 'string') return undefined;
  // Rendered: `Mandatory Label\High Mandatory Level`.
  const rendered = /^Mandatory Label\\(\w+(?: Plus)?) Mandatory Level$/.exec(label)?.[1];
  return rendered === undefined ? INTEGRITY.get(label) : rendered.toLowerCase();
}

const INTEGRITY: ReadonlyMap<string, string> = new Map([
  ['S-1-16-0', 'untrusted'],
  ['S-1-16-4096', 'low'],
  ['S-1-16-8192', 'medium'],
  ['S-1-16-8448', 'medium plus'],
  ['S-1-16-12288', 'high'],
  ['S-1-16-16384', 'system'],
  ['S-1-16-20480', 'protected'],
]);

/** IANA protocol numbers that Windows reports. */
const TRANSPORTS: ReadonlyMap<string, string> = new Map([
  ['1', 'icmp'],
  ['2', 'igmp'],
  ['6', 'tcp'],
  ['17', 'udp'],
  ['47', 'gre'],
  ['58', 'ipv6-icmp'],
]);

import { parseMicros } from '../../base/time';
import type { EventKind } from '../../events/endpointEvent';
import type { NormalisedRecord } from '../../events/record';
import { event, type OpenDraft, put, putUser, quarantined } from '../eventDraft';
import { ignored, label, startDraft } from './draft';
import { count, entityId, hashes, image, logonId, messageLine, text } from './values';
import type { WindowsRecord } from './windowsRecord';
import { readZoneIdentifier } from './zoneIdentifier';

/**
 * Sysmon events (Microsoft-Windows-Sysmon/Operational, schema 4.90). Every event names the process that did
 * it; in event 1 that is the process that started, with its parent beside it.
 */
export function normaliseSysmon(record: WindowsRecord): NormalisedRecord {
  const kind = kindOf(record);
  if (kind === undefined) return ignored(record);
  const utcTime = record.data.UtcTime;
  const draft = startDraft(record, kind, typeof utcTime === 'string' ? parseMicros(utcTime) : undefined);
  if (typeof draft === 'string') return quarantined(draft);
  setActor(draft, record);
  if (
    draft['process.entity_id'] === undefined &&
    draft['process.pid'] === undefined &&
    draft['process.executable'] === undefined
  ) {
    return quarantined(`${label(record)}: names no process (no ProcessGuid, ProcessId or Image)`);
  }
  SETTERS[record.eventId]?.(draft, record);
  return event(draft);
}

function kindOf(record: WindowsRecord): EventKind | undefined {
  if (record.eventId !== 12) return KINDS[record.eventId];
  // NXLog's own EventType (INFO) hides Sysmon's; the message still has it.
  const type =
    record.nxlog && record.data.EventType === 'INFO'
      ? messageLine(record, 'EventType')
      : record.data.EventType;
  return typeof type === 'string' && type.startsWith('Delete') ? 'registry_delete' : 'registry_add';
}

const KINDS: Readonly<Record<number, EventKind>> = {
  1: 'process_start',
  2: 'file_time',
  3: 'network_connect',
  5: 'process_end',
  7: 'image_load',
  8: 'remote_thread',
  11: 'file_create',
  12: 'registry_add',
  13: 'registry_set',
  14: 'registry_rename',
  15: 'file_stream',
  17: 'pipe_create',
  18: 'pipe_connect',
  22: 'dns_query',
  23: 'file_delete',
  26: 'file_delete',
  // An executable was written: a file creation that also knows the hash.
  29: 'file_create',
};

type Setter = (draft: OpenDraft, record: WindowsRecord) => void;

const SETTERS: Readonly<Record<number, Setter>> = {
  1: setProcessStart,
  2: setFile,
  3: setConnection,
  7: setModule,
  8: setTarget,
  11: setFile,
  12: setRegistry,
  13: setRegistry,
  14: setRegistry,
  15: setStream,
  17: setPipe,
  18: setPipe,
  22: setQuery,
  23: setFile,
  26: setFile,
  29: setFile,
};

function setActor(draft: OpenDraft, record: WindowsRecord): void {
  const names = record.eventId === 8 ? SOURCE : ACTOR;
  putUser(draft, text(record, names.user));
  const id = entityId(record, names.id);
  if (id !== undefined) draft['process.entity_id'] = id;
  const pid = count(record.data[names.pid]) ?? count(messageLine(record, names.pid));
  if (pid !== undefined) draft['process.pid'] = pid;
  const path = image(record, names.image);
  if (path !== undefined) draft['process.executable'] = path;
}

const ACTOR = { user: 'User', id: 'ProcessGuid', pid: 'ProcessId', image: 'Image' } as const;
/** In an event between two processes. */
const SOURCE = {
  user: 'SourceUser',
  id: 'SourceProcessGuid',
  pid: 'SourceProcessId',
  image: 'SourceImage',
} as const;

function setTarget(draft: OpenDraft, record: WindowsRecord): void {
  put(draft, 'Target.process.entity_id', entityId(record, 'TargetProcessGuid'));
  put(draft, 'Target.process.pid', count(record.data.TargetProcessId));
  put(draft, 'Target.process.executable', image(record, 'TargetImage'));
}

function setProcessStart(draft: OpenDraft, record: WindowsRecord): void {
  const commandLine = text(record, 'CommandLine');
  if (commandLine !== undefined) draft['process.command_line'] = commandLine;
  const directory = text(record, 'CurrentDirectory');
  if (directory !== undefined) draft['process.working_directory'] = directory;
  const original = text(record, 'OriginalFileName');
  if (original !== undefined && original !== '?') draft['process.pe.original_file_name'] = original;
  const digest = hashes(text(record, 'Hashes'));
  if (digest.sha256 !== undefined) draft['process.hash.sha256'] = digest.sha256;
  if (digest.md5 !== undefined) draft['process.hash.md5'] = digest.md5;
  if (digest.sha1 !== undefined) draft['process.hash.sha1'] = digest.sha1;
  if (digest.imphash !== undefined) draft['process.pe.imphash'] = digest.imphash;
  const integrity = text(record, 'IntegrityLevel');
  if (integrity !== undefined) draft['process.integrity_level'] = integrity.toLowerCase();
  const parent = entityId(record, 'ParentProcessGuid');
  if (parent !== undefined) draft['process.parent.entity_id'] = parent;
  const parentPid = count(record.data.ParentProcessId);
  if (parentPid !== undefined) draft['process.parent.pid'] = parentPid;
  const parentImage = image(record, 'ParentImage');
  if (parentImage !== undefined) draft['process.parent.executable'] = parentImage;
  const parentCommandLine = image(record, 'ParentCommandLine');
  if (parentCommandLine !== undefined) draft['process.parent.command_line'] = parentCommandLine;
  const logon = logonId(record, 'LogonId');
  if (logon !== undefined) draft['winlog.logon.id'] = logon;
}

function setFile(draft: OpenDraft, record: WindowsRecord): void {
  const path = text(record, 'TargetFilename');
  if (path !== undefined) draft['file.path'] = path;
  const sha256 = hashes(text(record, 'Hashes')).sha256;
  if (sha256 !== undefined) draft['file.hash.sha256'] = sha256;
}

function setStream(draft: OpenDraft, record: WindowsRecord): void {
  setFile(draft, record);
  const sha256 = hashes(text(record, 'Hash')).sha256;
  if (sha256 !== undefined) draft['file.hash.sha256'] = sha256;
  const contents = text(record, 'Contents');
  const mark = contents === undefined ? undefined : readZoneIdentifier(contents);
  if (mark === undefined) return;
  if (mark.zone !== undefined) draft['file.zone_identifier'] = mark.zone;
  if (mark.hostUrl !== undefined) draft['file.origin_url'] = mark.hostUrl;
  if (mark.referrerUrl !== undefined) draft['file.origin_referrer_url'] = mark.referrerUrl;
}

/**
 * As in ECS, `source` is the side that opened the connection: egress goes to the remote `destination`,
 * ingress comes from the remote `source`. So Sysmon writes TCP; for UDP it always puts the local side first
 * (measured on domain controllers: `53 → high port`, Initiated false), which is turned round here.
 */
function setConnection(draft: OpenDraft, record: WindowsRecord): void {
  const transport = text(record, 'Protocol')?.toLowerCase();
  if (transport !== undefined) draft['network.transport'] = transport;
  const initiated = record.data.Initiated;
  if (initiated === 'true' || initiated === true || initiated === 'True')
    draft['network.direction'] = 'egress';
  else if (initiated === 'false' || initiated === false || initiated === 'False')
    draft['network.direction'] = 'ingress';
  const turned = transport === 'udp' && draft['network.direction'] === 'ingress';
  const [to, from] = turned ? (['Source', 'Destination'] as const) : (['Destination', 'Source'] as const);
  const destination = text(record, IP[to]);
  if (destination !== undefined) draft['destination.ip'] = destination;
  const domain = text(record, NAME[to]);
  if (domain !== undefined) draft['destination.domain'] = domain;
  const port = count(record.data[PORT[to]]);
  if (port !== undefined) draft['destination.port'] = port;
  const source = text(record, IP[from]);
  if (source !== undefined) draft['source.ip'] = source;
  const sourcePort = count(record.data[PORT[from]]);
  if (sourcePort !== undefined) draft['source.port'] = sourcePort;
}

const IP = { Source: 'SourceIp', Destination: 'DestinationIp' } as const;
const PORT = { Source: 'SourcePort', Destination: 'DestinationPort' } as const;
const NAME = { Source: 'SourceHostname', Destination: 'DestinationHostname' } as const;

function setModule(draft: OpenDraft, record: WindowsRecord): void {
  const path = text(record, 'ImageLoaded');
  if (path !== undefined) draft['dll.path'] = path;
  // A program's own image is its first module; only here Sysmon tells who signed it.
  if (path !== undefined && path.toLowerCase() === text(record, 'Image')?.toLowerCase())
    put(draft, 'process.code_signature.subject_name', text(record, 'Signature'));
  const signed = record.data.Signed;
  const status =
    signed === 'false' || signed === false ? 'unsigned' : text(record, 'SignatureStatus')?.toLowerCase();
  if (status !== undefined) draft['dll.code_signature.status'] = status;
}

function setRegistry(draft: OpenDraft, record: WindowsRecord): void {
  const path = text(record, 'TargetObject');
  if (path !== undefined) draft['registry.path'] = path;
  const data = text(record, record.eventId === 14 ? 'NewName' : 'Details');
  if (data !== undefined) draft['registry.data'] = data;
}

function setPipe(draft: OpenDraft, record: WindowsRecord): void {
  const name = text(record, 'PipeName');
  if (name !== undefined) draft['pipe.name'] = name;
}

function setQuery(draft: OpenDraft, record: WindowsRecord): void {
  const name = text(record, 'QueryName');
  if (name !== undefined) draft['dns.question.name'] = name;
  const answers = readAnswers(text(record, 'QueryResults'));
  if (answers !== undefined) draft['dns.answers'] = answers;
}

/** `type:  5 alias.example;::ffff:192.0.2.4;` → `alias.example;192.0.2.4`. */
export function readAnswers(results: string | undefined): string | undefined {
  if (results === undefined) return undefined;
  let answers = '';
  for (const part of results.split(';')) {
    let answer = part.trim();
    if (answer.startsWith('type:')) answer = answer.slice(answer.lastIndexOf(' ') + 1);
    if (answer.startsWith('::ffff:') && answer.includes('.')) answer = answer.slice(7);
    if (answer !== '' && answer !== '-') answers = answers === '' ? answer : `${answers};${answer}`;
  }
  return answers === '' ? undefined : answers;
}

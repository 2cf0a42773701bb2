import type { EventKind, RecordedField } from '../../events/endpointEvent';
import type { EventDraft } from '../../events/record';
import type { FieldValue } from '../rule';
import { devicePath, imagePath } from './devicePath';
import { looseName } from './fieldText';
import { hashList } from './hashes';
import { registryDetails, sysmonRegistryPath } from './registryPath';

/** How Sigma's field is read of an event of a product. */
export type EventReader = (event: EventDraft) => FieldValue;

/** The text of an event's field. */
function of(field: RecordedField): EventReader {
  return (event) => {
    const value = event[field];
    return typeof value === 'number' ? String(value) : value;
  };
}

/** The field's text, changed. */
function changed(field: RecordedField, change: (text: string) => FieldValue): EventReader {
  return (event) => {
    const value = event[field];
    return value === undefined ? undefined : change(String(value));
  };
}

function always(text: string): EventReader {
  return () => text;
}

/** Accounts whose names products write without their domain, or in the machine's language. */
const KNOWN_SIDS: ReadonlyMap<string, string> = new Map([
  ['S-1-5-18', 'NT AUTHORITY\\SYSTEM'],
  ['S-1-5-19', 'NT AUTHORITY\\LOCAL SERVICE'],
  ['S-1-5-20', 'NT AUTHORITY\\NETWORK SERVICE'],
]);

/** The same accounts by name, for products that write no more. */
const KNOWN_NAMES: ReadonlyMap<string, string> = new Map([
  ['system', 'NT AUTHORITY\\SYSTEM'],
  ['local service', 'NT AUTHORITY\\LOCAL SERVICE'],
  ['network service', 'NT AUTHORITY\\NETWORK SERVICE'],
]);

/** `DOMAIN\name`, as Sysmon writes an account. */
function user(event: EventDraft): FieldValue {
  const name = event['user.name'];
  const domain = event['user.domain'];
  const bare = domain === undefined ? name?.toLowerCase() : undefined;
  const known = KNOWN_SIDS.get(event['user.id'] ?? '') ?? KNOWN_NAMES.get(bare ?? '');
  const full = name === undefined || domain === undefined ? name : `${domain}\\${name}`;
  if (known === undefined || full === known) return full;
  return full === undefined ? known : [full, known];
}

const PROCESS_HASHES: EventReader = (event) =>
  hashList({
    SHA1: event['process.hash.sha1'],
    MD5: event['process.hash.md5'],
    SHA256: event['process.hash.sha256'],
    IMPHASH: event['process.pe.imphash'],
  });

const FILE_HASHES: EventReader = (event) =>
  hashList({
    SHA1: event['file.hash.sha1'],
    MD5: event['file.hash.md5'],
    SHA256: event['file.hash.sha256'],
  });

type Readers = Readonly<Record<string, EventReader>>;

/** Of every event: the process that acted, and the machine. */
const ACTOR: Readers = {
  Image: changed('process.executable', imagePath),
  ProcessId: of('process.pid'),
  ProcessGuid: of('process.entity_id'),
  CommandLine: of('process.command_line'),
  ParentImage: changed('process.parent.executable', imagePath),
  ParentCommandLine: of('process.parent.command_line'),
  ParentProcessId: of('process.parent.pid'),
  ParentProcessGuid: of('process.parent.entity_id'),
  User: user,
  Computer: (event) => event.host,
  ComputerName: (event) => event.host,
  Hostname: (event) => event.host,
};

const PROCESS: Readers = {
  CurrentDirectory: of('process.working_directory'),
  OriginalFileName: of('process.pe.original_file_name'),
  IntegrityLevel: of('process.integrity_level'),
  LogonId: of('winlog.logon.id'),
  Hashes: PROCESS_HASHES,
  md5: of('process.hash.md5'),
  sha1: of('process.hash.sha1'),
  sha256: of('process.hash.sha256'),
  Imphash: of('process.pe.imphash'),
};

const FILE: Readers = {
  TargetFilename: changed('file.path', devicePath),
  Hashes: FILE_HASHES,
  md5: of('file.hash.md5'),
  sha1: of('file.hash.sha1'),
  sha256: of('file.hash.sha256'),
};

function registry(eventType: string | undefined): Readers {
  return {
    TargetObject: changed('registry.path', sysmonRegistryPath),
    Details: changed('registry.data', registryDetails),
    ...(eventType === undefined ? {} : { EventType: always(eventType) }),
  };
}

function pipe(eventType: string): Readers {
  return { PipeName: changed('pipe.name', pipeName), EventType: always(eventType) };
}

/** As Sysmon writes it: `\name`. */
function pipeName(name: string): string {
  const bare = name.replace(/^(?:\\\\[.?]\\pipe\\|\\device\\namedpipe\\|\\??\\pipe\\)/i, '');
  return bare.startsWith('\\') ? bare : `\\${bare}`;
}

const STREAM = ':Zone.Identifier';

/** The mark's stream by its name, which products leave out. */
function streamPath(path: string): string {
  return path.indexOf(':', 2) > 0 ? path : `${path}${STREAM}`;
}

/** The mark of the web as Sysmon shows its text: line breaks are two blanks. */
function markContents(event: EventDraft): FieldValue {
  const zone = event['file.zone_identifier'];
  const host = event['file.origin_url'];
  const referrer = event['file.origin_referrer_url'];
  if (zone === undefined && host === undefined && referrer === undefined) return undefined;
  const lines = ['[ZoneTransfer]'];
  if (zone !== undefined) lines.push(`ZoneId=${zone}`);
  if (referrer !== undefined) lines.push(`ReferrerUrl=${referrer}`);
  if (host !== undefined) lines.push(`HostUrl=${host}`);
  return lines.join('  ');
}

const BY_KIND: Readonly<Partial<Record<EventKind, Readers>>> = {
  process_start: PROCESS,
  process_end: PROCESS,
  file_create: FILE,
  file_time: FILE,
  file_delete: FILE,
  file_rename: {
    ...FILE,
    SourceFilename: changed('file.Ext.original.path', devicePath),
    FilePath: changed('file.path', devicePath),
    FileName: changed('file.path', devicePath),
  },
  file_stream: {
    ...FILE,
    TargetFilename: changed('file.path', streamPath),
    Hash: FILE_HASHES,
    Contents: markContents,
  },
  file_access: {
    FileName: changed('file.path', devicePath),
    TargetFilename: changed('file.path', devicePath),
  },
  network_connect: {
    DestinationIp: of('destination.ip'),
    DestinationHostname: of('destination.domain'),
    DestinationPort: of('destination.port'),
    DestinationIsIpv6: changed('destination.ip', (address) => String(address.includes(':'))),
    SourceIp: of('source.ip'),
    SourcePort: of('source.port'),
    SourceIsIpv6: changed('source.ip', (address) => String(address.includes(':'))),
    Protocol: of('network.transport'),
    Initiated: changed('network.direction', (direction) => String(direction === 'egress')),
  },
  dns_query: { QueryName: of('dns.question.name'), QueryResults: of('dns.answers') },
  image_load: {
    ImageLoaded: changed('dll.path', imagePath),
    Hashes: FILE_HASHES,
    md5: of('file.hash.md5'),
    sha1: of('file.hash.sha1'),
    sha256: of('file.hash.sha256'),
    Signed: changed('dll.code_signature.status', (status) => String(!UNSIGNED.test(status))),
    SignatureStatus: changed('dll.code_signature.status', (status) =>
      status === 'trusted' || status === 'valid' ? 'Valid' : status,
    ),
  },
  registry_add: registry('CreateKey'),
  registry_set: registry('SetValue'),
  // Whether a key or a value was deleted few products say.
  registry_delete: registry(undefined),
  registry_rename: { ...registry('RenameKey'), NewName: of('registry.data') },
  pipe_create: pipe('CreatePipe'),
  pipe_connect: pipe('ConnectPipe'),
  script_block: {
    ScriptBlockText: of('powershell.script_block_text'),
    Path: changed('file.path', devicePath),
  },
  script_module: { Payload: of('powershell.script_block_text') },
  remote_thread: {
    SourceImage: changed('process.executable', imagePath),
    SourceProcessId: of('process.pid'),
    SourceProcessGuid: of('process.entity_id'),
    SourceUser: user,
    SourceCommandLine: of('process.command_line'),
    TargetImage: changed('Target.process.executable', imagePath),
    TargetProcessId: of('Target.process.pid'),
    TargetProcessGuid: of('Target.process.entity_id'),
  },
  alert: { Signature: of('rule.name'), Filename: changed('file.path', devicePath) },
};

const UNSIGNED = /unsigned|nosignature|no[_ ]signature|not[_ ]signed/i;

/**
 * Sigma's fields that events of a kind can have, by loose name: no ECS field stands for another. A reader answers
 * undefined where the event does not say.
 */
export function productFields(kind: EventKind): ReadonlyMap<string, EventReader> {
  return new Map(
    Object.entries({ ...ACTOR, ...BY_KIND[kind] }).map(([name, read]) => [looseName(name), read]),
  );
}

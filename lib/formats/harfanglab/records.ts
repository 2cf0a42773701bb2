import type { EventKind } from '../../events/endpointEvent';
import { type OpenDraft, put, putUser } from '../eventDraft';
import type { VendorRecord } from '../exportFormat';
import { at, countOf, digestOf, joined, textAt, textOf } from '../vendorValues';
import { putActor, putStarted, signedWord } from './process';

/** How records of one type become events. */
export type RecordType = {
  /** The kind; undefined for operations that are not used. */
  readonly kind: (record: VendorRecord) => EventKind | undefined;
  /** Sets the fields; false when the record names no process. */
  readonly fill: (draft: OpenDraft, record: VendorRecord) => boolean;
};

/** Whether a record names HarfangLab's agent in the agent's own words, as all but a few do. */
export function namesAgent(record: VendorRecord): boolean {
  return at(record, 'agent.agentid') !== undefined;
}

/**
 * The type of a record: its `log_type`, or in exports of the API, which leave it out, told by the member that only
 * one type has.
 */
export function typeOf(record: VendorRecord): string {
  const type = textAt(record, 'log_type');
  if (type !== undefined) return type;
  if (
    record.alert_unique_id !== undefined ||
    (record.rule_name !== undefined && record.alert_type !== undefined)
  )
    return 'alert';
  for (const [member, name] of SIGNS) if (record[member] !== undefined) return name;
  return 'record without a type';
}

const SIGNS: readonly (readonly [string, string])[] = [
  ['requested_name', 'dns_resolution'],
  ['target_object', 'registry'],
  ['hive_path', 'registry'],
  ['library_path', 'library'],
  ['pipe_name', 'named_pipe'],
  ['daddr', 'network'],
  ['tamper_flag', 'process_tamper'],
  ['sock_type', 'raw_socket_creation'],
  ['transport_protocol', 'network_listen'],
  ['device_class', 'usb_device'],
  ['event_path', 'file'],
  ['commandline', 'process'],
  ['imagepath', 'driverload'],
  ['query', 'wmi_event'],
];

/** Every type that becomes an event. */
export const RECORD_TYPES: ReadonlyMap<string, RecordType> = new Map<string, RecordType>([
  ['process', { kind: () => 'process_start', fill: putStarted }],
  ['file', { kind: fileKind, fill: fillFile }],
  ['file_download', { kind: () => 'file_create', fill: fillFile }],
  ['network', { kind: () => 'network_connect', fill: fillNetwork }],
  ['dns_resolution', { kind: () => 'dns_query', fill: fillQuery }],
  ['dns', { kind: () => 'dns_query', fill: fillQuery }],
  ['url_request', { kind: () => 'network_connect', fill: fillUrl }],
  ['registry', { kind: registryKind, fill: fillRegistry }],
  ['library', { kind: () => 'image_load', fill: fillLibrary }],
  ['libraryload', { kind: () => 'image_load', fill: fillLibrary }],
  ['named_pipe', { kind: pipeKind, fill: fillPipe }],
  ['namedpipe', { kind: pipeKind, fill: fillPipe }],
  ['authentication', { kind: logonKind, fill: fillLogon }],
]);

function fileKind(record: VendorRecord): EventKind | undefined {
  const operation = textAt(record, 'operation')?.toLowerCase() ?? '';
  if (/delete|remove|unlink/.test(operation)) return 'file_delete';
  if (/rename|move/.test(operation)) return 'file_rename';
  if (/read|open|access/.test(operation)) return 'file_access';
  return /create|write|download|modif|link/.test(operation) ? 'file_create' : undefined;
}

/** A file, with the mark of the web where the agent saw it written (`operation: download`). */
function fillFile(draft: OpenDraft, record: VendorRecord): boolean {
  const target = textAt(record, 'target_path', 'new_path', 'destination_path');
  const path = textAt(record, 'event_path', 'path', 'file_path');
  if (draft.kind === 'file_rename' && target !== undefined) {
    draft['file.path'] = target;
    put(draft, 'file.Ext.original.path', path);
  } else put(draft, 'file.path', path);
  put(
    draft,
    'file.hash.sha256',
    digestOf(at(record, 'written_file_hashes.sha256') ?? at(record, 'hashes.sha256'), 64),
  );
  put(
    draft,
    'file.hash.sha1',
    digestOf(at(record, 'written_file_hashes.sha1') ?? at(record, 'hashes.sha1'), 40),
  );
  put(
    draft,
    'file.hash.md5',
    digestOf(at(record, 'written_file_hashes.md5') ?? at(record, 'hashes.md5'), 32),
  );
  put(draft, 'file.origin_url', textAt(record, 'source_url'));
  put(draft, 'file.origin_referrer_url', textAt(record, 'referrer_url'));
  const zone = Number(textOf(record.zone_id) ?? Number.NaN);
  if (Number.isInteger(zone) && zone >= 0 && zone <= 4) draft['file.zone_identifier'] = zone;
  return putActor(draft, record);
}

/** `saddr` opened the connection in both directions, as in ECS. */
function fillNetwork(draft: OpenDraft, record: VendorRecord): boolean {
  put(draft, 'destination.ip', textAt(record, 'daddr'));
  put(draft, 'destination.port', countOf(record.dport));
  put(draft, 'source.ip', textAt(record, 'saddr'));
  put(draft, 'source.port', countOf(record.sport));
  const direction = textAt(record, 'direction')?.toLowerCase();
  const initiated = textOf(record.initiated)?.toLowerCase();
  if (direction === 'out' || (direction === undefined && initiated === 'true'))
    draft['network.direction'] = 'egress';
  else if (direction === 'in' || (direction === undefined && initiated === 'false'))
    draft['network.direction'] = 'ingress';
  const type = textOf(record.conn_type);
  put(draft, 'network.transport', type === '0' ? 'tcp' : type === '1' ? 'udp' : undefined);
  return putActor(draft, record);
}

function fillUrl(draft: OpenDraft, record: VendorRecord): boolean {
  put(draft, 'url.full', textAt(record, 'url', 'requested_url'));
  put(draft, 'destination.domain', textAt(record, 'domain', 'hostname'));
  draft['network.direction'] = 'egress';
  return putActor(draft, record);
}

function fillQuery(draft: OpenDraft, record: VendorRecord): boolean {
  put(draft, 'dns.question.name', textAt(record, 'requested_name')?.replace(/\.$/, ''));
  put(draft, 'dns.answers', joined(record.ip_addresses));
  return putActor(draft, record);
}

function registryKind(record: VendorRecord): EventKind | undefined {
  const type = textAt(record, 'event_type', 'operation')?.toLowerCase() ?? '';
  if (type.includes('delete')) return 'registry_delete';
  if (type.includes('rename')) return 'registry_rename';
  if (type.includes('create')) return 'registry_add';
  if (type.includes('set')) return 'registry_set';
  return type.includes('read') || type.includes('query') ? 'registry_access' : undefined;
}

function fillRegistry(draft: OpenDraft, record: VendorRecord): boolean {
  put(draft, 'registry.path', textAt(record, 'target_object'));
  put(
    draft,
    'registry.data',
    textAt(record, ...(draft.kind === 'registry_rename' ? ['new_name'] : ['details'])),
  );
  return putActor(draft, record);
}

function fillLibrary(draft: OpenDraft, record: VendorRecord): boolean {
  put(draft, 'dll.path', textAt(record, 'library_path', 'image_loaded'));
  put(draft, 'dll.code_signature.status', signedWord(record.signed));
  put(draft, 'file.hash.sha256', digestOf(at(record, 'hashes.sha256'), 64));
  put(draft, 'file.hash.sha1', digestOf(at(record, 'hashes.sha1'), 40));
  put(draft, 'file.hash.md5', digestOf(at(record, 'hashes.md5'), 32));
  return putActor(draft, record);
}

function pipeKind(record: VendorRecord): EventKind | undefined {
  const operation = textAt(record, 'pipe_operation')?.toLowerCase();
  return operation === 'connect' ? 'pipe_connect' : operation === 'create' ? 'pipe_create' : undefined;
}

function fillPipe(draft: OpenDraft, record: VendorRecord): boolean {
  put(draft, 'pipe.name', textAt(record, 'pipe_name'));
  // The pipe's other end is the one in `process_unique_id`; who acted is the source.
  const source = record.source_process_unique_id;
  return putActor(draft, source === undefined ? record : { ...record, process_unique_id: source });
}

function logonKind(record: VendorRecord): EventKind | undefined {
  return textOf(record.success) === 'true' ? 'logon' : undefined;
}

function fillLogon(draft: OpenDraft, record: VendorRecord): boolean {
  putActor(draft, record);
  putUser(draft, textAt(record, 'target_username'));
  put(draft, 'user.id', textAt(record, 'windows.target_sid'));
  put(draft, 'winlog.logon.type', textAt(record, 'windows.logon_type'));
  const logon = countOf(at(record, 'windows.target_logon_id'));
  if (logon !== undefined) draft['winlog.logon.id'] = `0x${logon.toString(16)}`;
  const source = textAt(record, 'source_address', 'windows.ip_address');
  if (source !== undefined && /^[0-9a-f.:]+$/i.test(source)) draft['source.ip'] = source;
  return true;
}

import type { EventKind } from '../../events/endpointEvent';
import { type OpenDraft, put } from '../eventDraft';
import type { VendorRecord } from '../exportFormat';
import { at, countAt, joined, textAt } from '../vendorValues';
import { enumAt, hashesOf, nameAt, objectAt, objectsAt, pathOf } from './ocsfValues';

/** Sets what the process did it to, by the event's kind. */
export function putSubject(draft: OpenDraft, record: VendorRecord): void {
  SETTERS[draft.kind]?.(draft, record);
}

type Setter = (draft: OpenDraft, record: VendorRecord) => void;

/** The file of an event or of an alert's evidence. */
export function putFile(draft: OpenDraft, record: VendorRecord): void {
  const file = objectAt(record, 'file');
  put(draft, 'file.path', pathOf(file));
  const hashes = hashesOf(file);
  put(draft, 'file.hash.md5', hashes.md5);
  put(draft, 'file.hash.sha1', hashes.sha1);
  put(draft, 'file.hash.sha256', hashes.sha256);
}

/** A rename: `file` is what it was, `file_result` what it became. */
function putRename(draft: OpenDraft, record: VendorRecord): void {
  putFile(draft, record);
  const result = pathOf(objectAt(record, 'file_result'));
  if (result === undefined) return;
  put(draft, 'file.Ext.original.path', draft['file.path']);
  draft['file.path'] = result;
}

/** The source opened the connection and the destination took it, in OCSF as in ECS. */
export function putConnection(draft: OpenDraft, record: VendorRecord): void {
  put(draft, 'destination.ip', nameAt(record, 'dst_endpoint.ip'));
  put(draft, 'destination.port', countAt(record, 'dst_endpoint.port'));
  const domain = nameAt(record, 'dst_endpoint.hostname', 'dst_endpoint.domain', 'http_request.url.hostname');
  put(draft, 'destination.domain', domain === draft['destination.ip'] ? undefined : domain);
  put(draft, 'source.ip', nameAt(record, 'src_endpoint.ip'));
  put(draft, 'source.port', countAt(record, 'src_endpoint.port'));
  put(draft, 'network.transport', transportOf(record));
  put(draft, 'network.direction', directionOf(draft, record));
  put(draft, 'url.full', nameAt(record, 'http_request.url.url_string', 'url.url_string'));
}

function transportOf(record: VendorRecord): string | undefined {
  const name = nameAt(record, 'connection_info.protocol_name')?.toLowerCase();
  if (name !== undefined) return name;
  const number = enumAt(record, 'connection_info.protocol_num');
  return number === 6 ? 'tcp' : number === 17 ? 'udp' : undefined;
}

/** As recorded, else by whose address the device has; a record that leaves the source out is the source's own. */
function directionOf(draft: OpenDraft, record: VendorRecord): string | undefined {
  const number = enumAt(record, 'connection_info.direction_id');
  if (number === 1) return 'ingress';
  if (number === 2) return 'egress';
  const device = nameAt(record, 'device.ip');
  const source = nameAt(record, 'src_endpoint.ip');
  if (source === undefined && draft['destination.ip'] !== undefined && draft['destination.ip'] !== device)
    return 'egress';
  if (device === undefined) return undefined;
  if (device === source) return 'egress';
  return device === nameAt(record, 'dst_endpoint.ip') ? 'ingress' : undefined;
}

/** A query and its answers; resolvers write names with the root's dot. */
export function putQuery(draft: OpenDraft, record: VendorRecord): void {
  put(draft, 'dns.question.name', nameAt(record, 'query.hostname')?.replace(/\.$/, ''));
  const answers = objectsAt(record, 'answers').map((answer) => nameAt(answer, 'rdata')?.replace(/\.$/, ''));
  put(draft, 'dns.answers', joined(answers));
}

function putModule(draft: OpenDraft, record: VendorRecord): void {
  const file = objectAt(record, 'module.file');
  put(draft, 'dll.path', pathOf(file));
  const hashes = hashesOf(file);
  put(draft, 'file.hash.md5', hashes.md5);
  put(draft, 'file.hash.sha1', hashes.sha1);
  put(draft, 'file.hash.sha256', hashes.sha256);
  put(draft, 'dll.code_signature.status', nameAt(record, 'module.file.signature.state')?.toLowerCase());
}

/** A key, or a value under its key's path. */
function putRegistry(draft: OpenDraft, record: VendorRecord): void {
  const key = nameAt(record, 'reg_value.path', 'reg_key.path');
  const name = nameAt(record, 'reg_value.name');
  const whole =
    key === undefined || name === undefined || key.endsWith(`\\${name}`) ? key : `${key}\\${name}`;
  put(draft, 'registry.path', whole);
  const data = at(record, 'reg_value.data');
  put(draft, 'registry.data', Array.isArray(data) ? joined(data) : textAt(record, 'reg_value.data'));
}

function putLogon(draft: OpenDraft, record: VendorRecord): void {
  const type = enumAt(record, 'logon_type_id');
  if (type !== undefined && type > 0 && type < 99) draft['winlog.logon.type'] = String(type);
  put(draft, 'source.ip', nameAt(record, 'src_endpoint.ip'));
}

const SETTERS: Readonly<Partial<Record<EventKind, Setter>>> = {
  file_create: putFile,
  file_access: putFile,
  file_delete: putFile,
  file_rename: putRename,
  network_connect: putConnection,
  dns_query: putQuery,
  image_load: putModule,
  registry_add: putRegistry,
  registry_set: putRegistry,
  registry_delete: putRegistry,
  registry_rename: putRegistry,
  registry_access: putRegistry,
  logon: putLogon,
};

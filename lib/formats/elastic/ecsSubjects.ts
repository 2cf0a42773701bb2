import type { EventKind } from '../../events/endpointEvent';
import type { OpenDraft } from '../eventDraft';
import { put } from '../eventDraft';
import type { VendorRecord } from '../exportFormat';
import { at, digestOf, joined, textAt } from '../vendorValues';
import { answersOf, logonId } from './ecsProcess';
import { ecsCount, ecsFlag } from './ecsValues';

/** Sets what the process did it to: the file, the connection, the query, the module, the registry value. */
export function putSubject(draft: OpenDraft, record: VendorRecord): void {
  SETTERS[draft.kind]?.(draft, record);
}

type Setter = (draft: OpenDraft, record: VendorRecord) => void;

/** The file of an event, with the mark of the web that Defend reads from it. */
export function putFile(draft: OpenDraft, record: VendorRecord): void {
  put(draft, 'file.path', textAt(record, 'file.path'));
  put(draft, 'file.Ext.original.path', textAt(record, 'file.Ext.original.path'));
  put(draft, 'file.hash.sha256', digestOf(at(record, 'file.hash.sha256'), 64));
  put(draft, 'file.hash.sha1', digestOf(at(record, 'file.hash.sha1'), 40));
  put(draft, 'file.hash.md5', digestOf(at(record, 'file.hash.md5'), 32));
  put(draft, 'file.origin_url', textAt(record, 'file.origin_url'));
  put(draft, 'file.origin_referrer_url', textAt(record, 'file.origin_referrer_url'));
  const zone = Number(textAt(record, 'file.Ext.windows.zone_identifier') ?? Number.NaN);
  if (Number.isInteger(zone) && zone >= 0 && zone <= 4) draft['file.zone_identifier'] = zone;
}

/** As in ECS, `source` is the side that opened the connection; Defend writes it so in both directions. */
export function putConnection(draft: OpenDraft, record: VendorRecord): void {
  put(draft, 'destination.ip', address(record, 'destination'));
  put(draft, 'destination.port', ecsCount(record, 'destination.port'));
  put(draft, 'destination.domain', textAt(record, 'destination.domain', 'url.domain'));
  put(draft, 'source.ip', address(record, 'source'));
  put(draft, 'source.port', ecsCount(record, 'source.port'));
  put(draft, 'network.transport', textAt(record, 'network.transport')?.toLowerCase());
  put(draft, 'network.direction', directionOf(record));
  put(draft, 'url.full', textAt(record, 'url.full', 'url.original'));
}

function address(record: VendorRecord, side: 'source' | 'destination'): string | undefined {
  const ip = textAt(record, `${side}.ip`);
  if (ip !== undefined) return ip;
  const text = textAt(record, `${side}.address`);
  return text !== undefined && /^[0-9a-f.:]+$/i.test(text) && /[.:]/.test(text) ? text : undefined;
}

function directionOf(record: VendorRecord): string | undefined {
  const word = textAt(record, 'network.direction')?.toLowerCase();
  if (word !== undefined) return DIRECTIONS.get(word);
  return DIRECTIONS.get(textAt(record, 'event.action') ?? '');
}

const DIRECTIONS: ReadonlyMap<string, string> = new Map([
  ['egress', 'egress'],
  ['connection_attempted', 'egress'],
  ['udp_flow_outbound', 'egress'],
  ['connection_accepted', 'ingress'],
  ['udp_flow_inbound', 'ingress'],
  ['outbound', 'egress'],
  ['outgoing', 'egress'],
  ['ingress', 'ingress'],
  ['inbound', 'ingress'],
  ['incoming', 'ingress'],
  ['listening', 'ingress'],
]);

function putQuery(draft: OpenDraft, record: VendorRecord): void {
  put(draft, 'dns.question.name', textAt(record, 'dns.question.name'));
  put(draft, 'dns.answers', answersOf(record));
}

function putModule(draft: OpenDraft, record: VendorRecord): void {
  put(draft, 'dll.path', textAt(record, 'dll.path', 'dll.name', 'file.path'));
  const status = textAt(record, 'dll.code_signature.status')?.toLowerCase();
  const unsigned = ecsFlag(record, 'dll.code_signature.exists') === false ? 'unsigned' : undefined;
  put(draft, 'dll.code_signature.status', status ?? unsigned);
  put(draft, 'file.hash.sha256', digestOf(at(record, 'dll.hash.sha256'), 64));
  put(draft, 'file.hash.sha1', digestOf(at(record, 'dll.hash.sha1'), 40));
  put(draft, 'file.hash.md5', digestOf(at(record, 'dll.hash.md5'), 32));
}

function putRegistry(draft: OpenDraft, record: VendorRecord): void {
  put(draft, 'registry.path', textAt(record, 'registry.path', 'registry.key'));
  put(
    draft,
    'registry.data',
    joined(at(record, 'registry.data.strings')) ?? textAt(record, 'registry.data.bytes'),
  );
}

function putLogon(draft: OpenDraft, record: VendorRecord): void {
  // The session of who logged on, not of the process that asked for it.
  put(draft, 'winlog.logon.id', logonId(record, 'Target.process.Ext.authentication_id'));
  put(draft, 'source.ip', textAt(record, 'source.ip', 'process.Ext.session_info.client_address'));
  const type = textAt(record, 'process.Ext.session_info.logon_type', 'winlog.logon.type');
  put(
    draft,
    'winlog.logon.type',
    type === undefined ? undefined : (LOGON_TYPES.get(type.toLowerCase()) ?? type),
  );
}

/** Windows' numbers, which the event log has, for the words that Defend writes. */
const LOGON_TYPES: ReadonlyMap<string, string> = new Map([
  ['interactive', '2'],
  ['network', '3'],
  ['batch', '4'],
  ['service', '5'],
  ['unlock', '7'],
  ['networkcleartext', '8'],
  ['newcredentials', '9'],
  ['remoteinteractive', '10'],
  ['cachedinteractive', '11'],
]);

const SETTERS: Readonly<Partial<Record<EventKind, Setter>>> = {
  file_create: putFile,
  file_rename: putFile,
  file_delete: putFile,
  file_access: putFile,
  file_stream: putFile,
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

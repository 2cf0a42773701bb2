import type { EventKind } from '../../events/endpointEvent';
import type { NormalisedRecord } from '../../events/record';
import { event, ignored, type OpenDraft, put, quarantined, startEvent } from '../eventDraft';
import type { VendorRecord } from '../exportFormat';
import { isObject } from '../jsonSink';
import { countAt, joined, textAt, textOf } from '../vendorValues';
import { deviceIn, hasProcess, hostIn, putCloudParent, putCloudProcess, signatureOf } from './cloudProcesses';
import { cloudGuid } from './processGuid';
import { addressOf, flagOf, hashesOf, timeOf, transportOf } from './values';

/**
 * Endpoint events of Carbon Black Cloud: the data forwarder's `endpoint.event.*` and, in nearly the same
 * members, the console's events of a process (`event_type`). `process_*` acts and `parent_*` is its parent;
 * in a process start `childproc_*` is the process that started, unless the sensor found it running.
 */
export function normaliseCloudEvent(record: VendorRecord): NormalisedRecord {
  const type = textAt(record, 'type') ?? textAt(record, 'event_type') ?? '';
  const name = type.replace(/^endpoint\.event\./, '');
  const actions = actionsOf(record, name);
  const kind = kindOf(record, name, actions);
  if (kind === undefined) return ignored(actions.size === 0 ? type : `${type} ${[...actions].join('|')}`);
  const draft = startEvent({
    kind,
    host: hostIn(record),
    deviceId: deviceIn(record),
    time:
      timeOf(record.device_timestamp) ??
      timeOf(record.event_timestamp) ??
      timeOf(record.backend_timestamp) ??
      timeOf(record.create_time),
    channel: 'Carbon Black Cloud',
    code: type,
  });
  if (typeof draft === 'string') return quarantined(draft);
  if (!hasProcess(record, 'process') && !hasProcess(record, 'childproc'))
    return quarantined(`${type}: names no process`);
  putActor(draft, record, name, actions);
  SETTERS[name]?.(draft, record);
  return event(draft);
}

type Actions = ReadonlySet<string>;

/** `ACTION_FILE_CREATE | ACTION_FILE_OPEN_WRITE` → FILE_CREATE, FILE_OPEN_WRITE; the console lists them. */
function actionsOf(record: VendorRecord, name: string): Actions {
  const value = record.action ?? record[`${name}_action`];
  const text = (Array.isArray(value) ? value.slice(0, 20).map(textOf) : [textOf(value)]).join('|');
  const words = text.split(/[\s|,]+/).map((word) => word.toUpperCase().replace(/^ACTION_/, ''));
  return new Set(words.filter((word) => word !== ''));
}

function kindOf(record: VendorRecord, name: string, actions: Actions): EventKind | undefined {
  switch (name) {
    case 'procstart':
    case 'childproc':
      return 'process_start';
    case 'procend':
      return 'process_end';
    case 'filemod':
      return fileKind(record, actions);
    case 'regmod':
      return registryKind(actions);
    case 'netconn':
    case 'netconn_proxy':
      if (actions.has('CONNECTION_LISTEN')) return undefined;
      return textAt(record, 'netconn_dns_query_name') === undefined ? 'network_connect' : 'dns_query';
    case 'moduleload':
    case 'modload':
      return 'image_load';
    case 'scriptload':
      if (textAt(record, 'scriptload_content') !== undefined) return 'script_block';
      return textAt(record, 'scriptload_name') === undefined ? undefined : 'file_access';
    case 'fileless_scriptload':
      return textAt(record, 'fileless_scriptload_cmdline', 'fileless_scriptload_cmdline_raw') === undefined
        ? undefined
        : 'script_block';
    case 'crossproc':
      return isInjection(actions) ? 'remote_thread' : undefined;
    default:
      return undefined;
  }
}

/** Access to another process that made it run code; opening a handle is none. */
function isInjection(actions: Actions): boolean {
  return ['CREATE_REMOTE_THREAD', 'INJECT_CODE', 'PROCESS_HOLLOW'].some((action) => actions.has(action));
}

/** One record may hold several actions; the one that changes most is the event. Opening a file is none. */
function fileKind(record: VendorRecord, actions: Actions): EventKind | undefined {
  if (actions.has('FILE_RENAME')) return 'file_rename';
  if (actions.has('FILE_CREATE')) return 'file_create';
  if (actions.has('FILE_DELETE')) return 'file_delete';
  // The last write with the digest of what was written: a file creation that also knows the hash.
  const written = actions.has('FILE_LAST_WRITE') || actions.has('FILE_WRITE');
  const hashes = hashesOf(record.filemod_hash, record.filemod_sha256);
  return written && (hashes.sha256 ?? hashes.md5) !== undefined ? 'file_create' : undefined;
}

function registryKind(actions: Actions): EventKind | undefined {
  if (actions.has('WRITE_VALUE')) return 'registry_set';
  if (actions.has('DELETE_KEY') || actions.has('DELETE_VALUE')) return 'registry_delete';
  if (actions.has('RENAME_KEY')) return 'registry_rename';
  return actions.has('CREATE_KEY') ? 'registry_add' : undefined;
}

function putActor(draft: OpenDraft, record: VendorRecord, name: string, actions: Actions): void {
  const starts = name === 'procstart' || name === 'childproc';
  if (starts && !actions.has('PROCESS_DISCOVERED') && hasProcess(record, 'childproc')) {
    putCloudProcess(draft, record, 'childproc');
    putCloudParent(draft, record, 'process');
    return;
  }
  putCloudProcess(draft, record, 'process');
  putCloudParent(draft, record, 'parent');
}

type Setter = (draft: OpenDraft, record: VendorRecord) => void;

const SETTERS: Readonly<Record<string, Setter>> = {
  filemod: (draft, record) => {
    put(draft, 'file.path', textAt(record, 'filemod_name'));
    const hashes = hashesOf(record.filemod_hash, record.filemod_sha256, record.filemod_md5);
    put(draft, 'file.hash.md5', hashes.md5);
    put(draft, 'file.hash.sha256', hashes.sha256);
  },
  regmod: (draft, record) => put(draft, 'registry.path', textAt(record, 'regmod_name')),
  moduleload: putModule,
  modload: putModule,
  netconn: putConnection,
  netconn_proxy: putConnection,
  scriptload: (draft, record) => {
    put(draft, 'file.path', textAt(record, 'scriptload_name'));
    const hashes = hashesOf(record.scriptload_hash, record.scriptload_sha256, record.scriptload_md5);
    put(draft, 'file.hash.md5', hashes.md5);
    put(draft, 'file.hash.sha256', hashes.sha256);
    if (draft.kind === 'file_access') draft['file.access'] = 'ACTION_LOAD_SCRIPT';
    else put(draft, 'powershell.script_block_text', textAt(record, 'scriptload_content'));
  },
  crossproc: (draft, record) => {
    const other = cloudGuid(textAt(record, 'crossproc_guid', 'crossproc_process_guid'));
    const [id, pid, image] = [
      other?.entityId,
      countAt(record, 'crossproc_pid') ?? other?.pid,
      'crossproc_name',
    ];
    put(draft, 'Target.process.entity_id', id);
    put(draft, 'Target.process.pid', pid);
    put(draft, 'Target.process.executable', textAt(record, image));
    if (flagOf(record.crossproc_target) === true) turnRound(draft);
  },
  fileless_scriptload: (draft, record) =>
    put(
      draft,
      'powershell.script_block_text',
      textAt(record, 'fileless_scriptload_cmdline', 'fileless_scriptload_cmdline_raw'),
    ),
};

/** The record is about the process acted upon: the other one is the actor, of which no more is known. */
function turnRound(draft: OpenDraft): void {
  const [id, pid, image] = [
    draft['process.entity_id'],
    draft['process.pid'],
    draft['process.executable'],
  ] as const;
  for (const field of Object.keys(draft) as (keyof OpenDraft)[])
    if (field.startsWith('process.') || field.startsWith('user.')) delete draft[field];
  put(draft, 'process.entity_id', draft['Target.process.entity_id']);
  put(draft, 'process.pid', draft['Target.process.pid']);
  put(draft, 'process.executable', draft['Target.process.executable']);
  for (const field of TARGET) delete draft[field];
  put(draft, 'Target.process.entity_id', id);
  put(draft, 'Target.process.pid', pid);
  put(draft, 'Target.process.executable', image);
}

const TARGET = ['Target.process.entity_id', 'Target.process.pid', 'Target.process.executable'] as const;

function putModule(draft: OpenDraft, record: VendorRecord): void {
  put(draft, 'dll.path', textAt(record, 'modload_name'));
  put(draft, 'dll.code_signature.status', signatureOf(record.modload_publisher).status);
}

function putConnection(draft: OpenDraft, record: VendorRecord): void {
  const inbound = flagOf(record.netconn_inbound) === true;
  const remote = addressOf(
    record.remote_ip ?? record.netconn_remote_ipv4 ?? record.netconn_remote_ipv6 ?? record.netconn_ipv4,
  );
  const local = addressOf(record.local_ip ?? record.netconn_local_ipv4 ?? record.netconn_local_ipv6);
  const remotePort = countAt(record, 'remote_port', 'netconn_remote_port', 'netconn_port');
  const localPort = countAt(record, 'local_port', 'netconn_local_port');
  draft['network.direction'] = inbound ? 'ingress' : 'egress';
  put(draft, 'network.transport', transportOf(record.netconn_protocol));
  put(draft, 'destination.ip', inbound ? local : remote);
  put(draft, 'destination.port', inbound ? localPort : remotePort);
  put(draft, 'source.ip', inbound ? remote : local);
  put(draft, 'source.port', inbound ? remotePort : localPort);
  if (!inbound) put(draft, 'destination.domain', textAt(record, 'netconn_domain'));
  put(draft, 'dns.question.name', textAt(record, 'netconn_dns_query_name'));
  put(draft, 'dns.answers', answersOf(record.netconn_dns_answer_data ?? record.netconn_dns_answers));
}

function answersOf(value: unknown): string | undefined {
  const list = Array.isArray(value) ? value.slice(0, 100) : [value];
  return joined(list.map((one) => (isObject(one) ? (one.data ?? one.answer_data) : one)));
}

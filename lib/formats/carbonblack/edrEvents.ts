import type { EventKind } from '../../events/endpointEvent';
import type { NormalisedRecord } from '../../events/record';
import { event, ignored, type OpenDraft, put, putUser, quarantined, startEvent } from '../eventDraft';
import type { VendorRecord } from '../exportFormat';
import { countAt, digestOf, textAt } from '../vendorValues';
import { edrGuid } from './processGuid';
import { addressOf, flagOf, timeOf, transportOf } from './values';

/** Raw events of EDR sensors (`ingress.event.*`). Every one names the process that did it. */
export function normaliseEdrEvent(record: VendorRecord): NormalisedRecord {
  const type = textAt(record, 'type') ?? '';
  const kind = kindOf(type, record);
  if (kind === undefined) return ignored(nameOf(type, record));
  const sensor = edrGuid(textAt(record, 'process_guid'))?.deviceId;
  const draft = startEvent({
    kind,
    host: textAt(record, 'computer_name', 'hostname'),
    deviceId: textAt(record, 'sensor_id') ?? sensor,
    time: timeOf(record.timestamp) ?? timeOf(record.event_timestamp),
    channel: kind === 'alert' ? 'Carbon Black EDR/Alerts' : 'Carbon Black EDR',
    code: type,
  });
  if (typeof draft === 'string') return quarantined(draft);
  if (type === 'ingress.event.childproc') putChild(draft, record);
  else putActor(draft, record, type);
  if (!isAttached(draft)) return quarantined(`${type}: names no process`);
  SETTERS[type]?.(draft, record);
  return event(draft);
}

function isAttached(draft: OpenDraft): boolean {
  return (
    draft.kind === 'alert' ||
    draft['process.entity_id'] !== undefined ||
    draft['process.pid'] !== undefined ||
    draft['process.executable'] !== undefined
  );
}

function kindOf(type: string, record: VendorRecord): EventKind | undefined {
  switch (type) {
    case 'ingress.event.filemod':
      return fileKind(record);
    case 'ingress.event.regmod':
      return REGISTRY_KINDS.get(actionOf(record, REGISTRY_ACTIONS));
    case 'ingress.event.childproc':
      return flagOf(record.created) === false ? 'process_end' : 'process_start';
    default:
      return KINDS.get(type);
  }
}

const KINDS: ReadonlyMap<string, EventKind> = new Map<string, EventKind>([
  ['ingress.event.process', 'process_start'],
  ['ingress.event.procstart', 'process_start'],
  ['ingress.event.procend', 'process_end'],
  ['ingress.event.netconn', 'network_connect'],
  ['ingress.event.moduleload', 'image_load'],
  ['ingress.event.remotethread', 'remote_thread'],
  ['ingress.event.emetmitigation', 'alert'],
  ['ingress.event.processblock', 'alert'],
  ['ingress.event.tamper', 'alert'],
]);

/** A last write that carries the digest of what was written is a file creation that also knows the hash; others say no more than the creation did. */
function fileKind(record: VendorRecord): EventKind | undefined {
  const action = actionOf(record, FILE_ACTIONS);
  if (action === 'create') return 'file_create';
  if (action === 'delete') return 'file_delete';
  const isNew = action === 'lastwrite' && digestOf(record.file_md5, 32) !== undefined;
  return isNew ? 'file_create' : undefined;
}

const FILE_ACTIONS: Readonly<Record<string, string>> = {
  1: 'create',
  2: 'write',
  4: 'delete',
  8: 'lastwrite',
};

const REGISTRY_KINDS: ReadonlyMap<string, EventKind> = new Map<string, EventKind>([
  ['createkey', 'registry_add'],
  ['writeval', 'registry_set'],
  ['delkey', 'registry_delete'],
  ['delval', 'registry_delete'],
]);

const REGISTRY_ACTIONS: Readonly<Record<string, string>> = {
  1: 'createkey',
  2: 'writeval',
  4: 'delkey',
  8: 'delval',
};

function actionOf(record: VendorRecord, numbers: Readonly<Record<string, string>>): string {
  const word = textAt(record, 'action')?.toLowerCase().replace(/[\s_]/g, '');
  return word ?? numbers[textAt(record, 'actiontype') ?? ''] ?? '';
}

function nameOf(type: string, record: VendorRecord): string {
  const action = textAt(record, 'action');
  return action === undefined ? type : `${type} ${action}`;
}

/** process.* is the process of the guid: the one that acts, that started, that ended. */
function putActor(draft: OpenDraft, record: VendorRecord, type: string): void {
  const guid = edrGuid(textAt(record, 'process_guid'));
  put(draft, 'process.entity_id', guid?.entityId);
  put(draft, 'process.pid', countAt(record, 'pid') ?? guid?.pid);
  put(draft, 'process.start', guid?.start);
  const whole =
    draft.kind === 'process_start' || draft.kind === 'process_end' || type.endsWith('processblock');
  put(
    draft,
    'process.executable',
    whole ? textAt(record, 'path', 'process_path') : textAt(record, 'process_path'),
  );
  putUser(draft, textAt(record, 'username'));
  // In a module load the digests are the module's.
  if (draft.kind !== 'image_load') {
    put(draft, 'process.hash.md5', digestOf(record.md5, 32));
    put(draft, 'process.hash.sha256', digestOf(record.sha256, 64));
  }
  if (!whole) return;
  put(draft, 'process.command_line', textAt(record, 'command_line'));
  const parent = edrGuid(textAt(record, 'parent_process_guid') ?? textAt(record, 'parent_guid'));
  put(draft, 'process.parent.entity_id', parent?.entityId);
  put(draft, 'process.parent.pid', countAt(record, 'parent_pid') ?? parent?.pid);
  put(draft, 'process.parent.start', parent?.start ?? timeOf(record.parent_create_time));
  put(draft, 'process.parent.executable', textAt(record, 'parent_path'));
}

/** A child as its parent reports it: the only record of a suppressed child, a second one of any other. */
function putChild(draft: OpenDraft, record: VendorRecord): void {
  const child = edrGuid(textAt(record, 'child_process_guid'));
  put(draft, 'process.entity_id', child?.entityId);
  put(draft, 'process.pid', countAt(record, 'child_pid') ?? child?.pid);
  put(draft, 'process.start', child?.start);
  put(draft, 'process.executable', textAt(record, 'path'));
  put(draft, 'process.command_line', textAt(record, 'child_command_line'));
  put(draft, 'process.hash.md5', digestOf(record.md5, 32));
  put(draft, 'process.hash.sha256', digestOf(record.sha256, 64));
  putUser(draft, textAt(record, 'child_username'));
  const parent = edrGuid(textAt(record, 'process_guid'));
  put(draft, 'process.parent.entity_id', parent?.entityId);
  put(draft, 'process.parent.pid', countAt(record, 'pid') ?? parent?.pid);
  put(draft, 'process.parent.start', parent?.start);
  put(draft, 'process.parent.executable', textAt(record, 'process_path'));
}

type Setter = (draft: OpenDraft, record: VendorRecord) => void;

const SETTERS: Readonly<Record<string, Setter>> = {
  'ingress.event.filemod': (draft, record) => {
    put(draft, 'file.path', textAt(record, 'path'));
    put(draft, 'file.hash.md5', digestOf(record.file_md5, 32));
    put(draft, 'file.hash.sha256', digestOf(record.file_sha256, 64));
  },
  'ingress.event.regmod': (draft, record) => put(draft, 'registry.path', textAt(record, 'path')),
  'ingress.event.moduleload': (draft, record) => put(draft, 'dll.path', textAt(record, 'path')),
  'ingress.event.netconn': putConnection,
  'ingress.event.remotethread': (draft, record) => {
    const target = edrGuid(textAt(record, 'target_process_guid'));
    put(draft, 'Target.process.entity_id', target?.entityId);
    put(draft, 'Target.process.pid', countAt(record, 'target_pid') ?? target?.pid);
    put(draft, 'Target.process.executable', textAt(record, 'target_path'));
  },
  'ingress.event.emetmitigation': (draft, record) => {
    put(draft, 'rule.name', `EMET mitigation ${textAt(record, 'mitigation') ?? ''}`.trim());
    put(draft, 'message', textAt(record, 'log_message'));
  },
  'ingress.event.processblock': (draft, record) => {
    draft['rule.name'] = 'Process blocked by a banned hash';
    put(draft, 'message', textAt(record, 'blocked_result'));
  },
  'ingress.event.tamper': (draft, record) => {
    put(draft, 'rule.name', `Sensor tampering ${textAt(record, 'tamper_type') ?? ''}`.trim());
  },
};

function putConnection(draft: OpenDraft, record: VendorRecord): void {
  const remote = addressOf(record.remote_ip) ?? addressOf(record.ipv4);
  const remotePort = countAt(record, 'remote_port', 'port');
  const local = addressOf(record.local_ip);
  const localPort = countAt(record, 'local_port');
  const inbound = textAt(record, 'direction')?.toLowerCase() === 'inbound';
  draft['network.direction'] = inbound ? 'ingress' : 'egress';
  put(draft, 'network.transport', transportOf(record.protocol));
  put(draft, 'destination.ip', inbound ? local : remote);
  put(draft, 'destination.port', inbound ? localPort : remotePort);
  put(draft, 'source.ip', inbound ? remote : local);
  put(draft, 'source.port', inbound ? remotePort : localPort);
  if (!inbound) put(draft, 'destination.domain', textAt(record, 'domain'));
}

import type { EventKind } from '../../events/endpointEvent';
import { type OpenDraft, put } from '../eventDraft';
import { countOf, digestOf } from '../vendorValues';
import { putConnection } from './connections';
import { detectionSetter } from './detections';
import { setClientQuery, setInspectedQuery, setLogClear, setPipe, setScript } from './deviceEvents';
import { logonId, namesProcess, putAccount, putActor, putStarted } from './processes';
import { setService, setTarget, setTask } from './requests';
import { cell, type HuntingRow, pathOf } from './row';

/** What becomes of rows with one ActionType. */
export type Action = {
  /** The table that has them. */
  readonly table: string;
  readonly kind: EventKind;
  /** Sets the fields; a text is the reason why the row is of no use. */
  readonly set: (draft: OpenDraft, row: HuntingRow) => string | undefined;
};

/**
 * The action behind an ActionType; undefined for those that are not used. An aggregated report (one row for
 * an hour's like events) is read as the first of them.
 */
export function actionOf(type: string): Action | undefined {
  const plain = type.endsWith(AGGREGATED) ? type.slice(0, -AGGREGATED.length) : type;
  return ACTIONS.get(plain) ?? detectionOf(plain);
}

const AGGREGATED = 'AggregatedReport';

function detectionOf(type: string): Action | undefined {
  const set = detectionSetter(type);
  return set === undefined ? undefined : { table: 'DeviceEvents', kind: 'alert', set };
}

function setStart(draft: OpenDraft, row: HuntingRow): string | undefined {
  putStarted(draft, row);
  return namesProcess(draft) ? undefined : 'names no process (no ProcessId, FolderPath or FileName)';
}

function setFile(draft: OpenDraft, row: HuntingRow): string | undefined {
  putActor(draft, row);
  const path = pathOf(cell(row, 'FolderPath'), cell(row, 'FileName'));
  put(draft, 'file.path', path);
  put(
    draft,
    'file.Ext.original.path',
    pathOf(cell(row, 'PreviousFolderPath'), cell(row, 'PreviousFileName')),
  );
  put(draft, 'file.hash.sha256', digestOf(row.SHA256, 64));
  put(draft, 'file.hash.sha1', digestOf(row.SHA1, 40));
  put(draft, 'file.hash.md5', digestOf(row.MD5, 32));
  put(draft, 'file.origin_url', cell(row, 'FileOriginUrl') ?? cell(row, 'FileOriginIP'));
  put(draft, 'file.origin_referrer_url', cell(row, 'FileOriginReferrerUrl'));
  // Written over the network: the machine that asked for it.
  put(draft, 'source.ip', cell(row, 'RequestSourceIP'));
  return path === undefined ? 'no FolderPath and no FileName' : undefined;
}

function setRename(draft: OpenDraft, row: HuntingRow): string | undefined {
  const refusal = setFile(draft, row);
  return draft['file.Ext.original.path'] === undefined ? (refusal ?? 'no PreviousFileName') : refusal;
}

function setConnection(draft: OpenDraft, row: HuntingRow): string | undefined {
  putActor(draft, row);
  return putConnection(draft, row);
}

function setModule(draft: OpenDraft, row: HuntingRow): string | undefined {
  putActor(draft, row);
  const path = pathOf(cell(row, 'FolderPath'), cell(row, 'FileName'));
  put(draft, 'dll.path', path);
  return path === undefined ? 'no FolderPath and no FileName' : undefined;
}

/** Of a deletion only the previous key and value are given; of a renaming the new key is the data. */
function setRegistry(draft: OpenDraft, row: HuntingRow): string | undefined {
  putActor(draft, row);
  const renamed = draft.kind === 'registry_rename';
  const now = registryPath(row, '');
  const before = registryPath(row, 'Previous');
  const path = renamed || (draft.kind === 'registry_delete' && row.RegistryKey == null) ? before : now;
  put(draft, 'registry.path', path ?? now ?? before);
  put(draft, 'registry.data', renamed ? now : cell(row, 'RegistryValueData'));
  return draft['registry.path'] === undefined ? 'no RegistryKey' : undefined;
}

function registryPath(row: HuntingRow, prefix: string): string | undefined {
  const key = cell(row, `${prefix}RegistryKey`);
  const value = cell(row, `${prefix}RegistryValueName`);
  return key === undefined || value === undefined ? key : `${key}\\${value}`;
}

/** user.* is the account that logged on, as in the Security log; the process is the one that asked for it. */
function setLogon(draft: OpenDraft, row: HuntingRow): string | undefined {
  putActor(draft, row);
  for (const field of ['user.name', 'user.domain', 'user.id', 'winlog.logon.id'] as const)
    delete draft[field];
  putAccount(draft, row, 'Account');
  put(draft, 'winlog.logon.id', logonId(row.LogonId));
  const type = cell(row, 'LogonType');
  put(draft, 'winlog.logon.type', type === undefined ? undefined : (LOGON_TYPES.get(type) ?? type));
  put(draft, 'source.ip', cell(row, 'RemoteIP'));
  put(draft, 'source.port', countOf(row.RemotePort));
  return draft['user.name'] === undefined && draft['user.id'] === undefined
    ? 'names no account (no AccountName or AccountSid)'
    : undefined;
}

/** Numbers of the Security log, so that a logon reads the same from both. */
const LOGON_TYPES: ReadonlyMap<string, string> = new Map([
  ['Interactive', '2'],
  ['Network', '3'],
  ['Batch', '4'],
  ['Service', '5'],
  ['Unlock', '7'],
  ['NetworkCleartext', '8'],
  ['NewCredentials', '9'],
  ['RemoteInteractive', '10'],
  ['CachedInteractive', '11'],
]);

function rows(table: string, kinds: Readonly<Record<string, EventKind>>, set: Action['set']) {
  return Object.entries(kinds).map(([type, kind]) => [type, { table, kind, set }] as const);
}

const ACTIONS: ReadonlyMap<string, Action> = new Map<string, Action>([
  ...rows('DeviceProcessEvents', { ProcessCreated: 'process_start' }, setStart),
  ...rows(
    'DeviceFileEvents',
    // The vendor tells a file's first writing from a later one; Sysmon's event 11 is both.
    { FileCreated: 'file_create', FileModified: 'file_create', FileDeleted: 'file_delete' },
    setFile,
  ),
  ...rows('DeviceFileEvents', { FileRenamed: 'file_rename' }, setRename),
  ...rows(
    'DeviceNetworkEvents',
    {
      ConnectionSuccess: 'network_connect',
      ConnectionAttempt: 'network_connect',
      ConnectionFailed: 'network_connect',
      ConnectionRequest: 'network_connect',
      ConnectionFound: 'network_connect',
      ConnectionAcknowledged: 'network_connect',
      InboundConnectionAccepted: 'network_connect',
      InboundConnectionAttempt: 'network_connect',
      InboundConnectionAcknowledged: 'network_connect',
      InboundConnectionRequest: 'network_connect',
      InboundConnectionBlocked: 'network_connect',
      HttpConnectionInspected: 'network_connect',
      SslConnectionInspected: 'network_connect',
    },
    setConnection,
  ),
  ...rows('DeviceNetworkEvents', { DnsConnectionInspected: 'dns_query' }, setInspectedQuery),
  ...rows('DeviceImageLoadEvents', { ImageLoaded: 'image_load' }, setModule),
  ...rows(
    'DeviceRegistryEvents',
    {
      RegistryKeyCreated: 'registry_add',
      RegistryValueSet: 'registry_set',
      RegistryKeyDeleted: 'registry_delete',
      RegistryValueDeleted: 'registry_delete',
      RegistryKeyRenamed: 'registry_rename',
    },
    setRegistry,
  ),
  ...rows('DeviceLogonEvents', { LogonSuccess: 'logon' }, setLogon),
  ...rows('DeviceEvents', { DnsQueryResponse: 'dns_query', DnsQueryRequest: 'dns_query' }, setClientQuery),
  ...rows(
    'DeviceEvents',
    { PowerShellCommand: 'script_block', ScriptContent: 'script_block', AmsiScriptContent: 'script_block' },
    setScript,
  ),
  ...rows('DeviceEvents', { NamedPipeEvent: 'pipe_connect' }, setPipe),
  ...rows(
    'DeviceEvents',
    {
      SensitiveFileRead: 'file_access',
      ShellLinkCreateFileEvent: 'file_create',
      FileTimestampModificationEvent: 'file_time',
    },
    setFile,
  ),
  ...rows('DeviceEvents', { SecurityLogCleared: 'log_clear' }, setLogClear),
  ...rows(
    'DeviceEvents',
    {
      CreateRemoteThreadApiCall: 'remote_thread',
      QueueUserApcRemoteApiCall: 'remote_thread',
      SetThreadContextRemoteApiCall: 'remote_thread',
    },
    setTarget,
  ),
  ...rows(
    'DeviceEvents',
    { ScheduledTaskCreated: 'task_create', ScheduledTaskUpdated: 'task_create' },
    setTask,
  ),
  ...rows('DeviceEvents', { ServiceInstalled: 'service_install' }, setService),
]);

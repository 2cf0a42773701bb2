import type { EventKind } from '../../events/endpointEvent';
import type { VendorRecord } from '../exportFormat';
import { textAt } from '../vendorValues';
import { wordsAt } from './ecsValues';

/** What a document's event is about. */
type Subject = 'process' | 'file' | 'network' | 'dns' | 'library' | 'registry' | 'session';

/**
 * The kind of an event in ECS, from its category, its types and its action; undefined for what is not used (a
 * flow that ended, a changed user id). Telemetry only: whether it is an alert, `event.kind` says.
 */
export function ecsKind(record: VendorRecord): EventKind | undefined {
  const subject = subjectOf(record);
  if (subject === undefined) return undefined;
  const types = wordsAt(record, 'event.type');
  const action = textAt(record, 'event.action')?.toLowerCase() ?? '';
  return KIND_OF[subject](types, action, record);
}

type KindOf = (types: readonly string[], action: string, record: VendorRecord) => EventKind | undefined;

const KIND_OF: Readonly<Record<Subject, KindOf>> = {
  process: processKind,
  file: fileKind,
  network: networkKind,
  dns: (_types, action) => (action === 'disconnect_received' ? undefined : 'dns_query'),
  library: (types, action) =>
    action === 'load' || action === '' || types.includes('start') ? 'image_load' : undefined,
  registry: registryKind,
  session: sessionKind,
};

function processKind(types: readonly string[], action: string): EventKind | undefined {
  // A fork is a copy of its parent until it runs something: the exec, of the same process, says what.
  if (action === 'fork') return undefined;
  if (STARTS.has(action) || types.includes('start') || types.includes('creation')) return 'process_start';
  if (ENDS.has(action) || types.includes('end')) return 'process_end';
  return undefined;
}

const STARTS: ReadonlySet<string> = new Set([
  'start',
  'exec',
  'executed',
  'already_running',
  'creation_event',
  'existing_process',
  'process_started',
  'process_created',
  'process-created',
  'process-started',
]);

const ENDS: ReadonlySet<string> = new Set([
  'end',
  'termination_event',
  'process_stopped',
  'process_terminated',
  'process-terminated',
  'process-stopped',
]);

function fileKind(types: readonly string[], action: string): EventKind | undefined {
  switch (action) {
    case 'rename':
    case 'renamed':
    case 'moved':
      return 'file_rename';
    case 'deletion':
    case 'deleted':
      return 'file_delete';
    case 'open':
    case 'opened-file':
    case 'access':
      return 'file_access';
    case 'attributes_modified':
    case 'extended_attributes_delete':
    case 'mount':
    case 'unmount':
    case 'endpoint_unquarantine':
      return undefined;
    default:
  }
  if (types.includes('deletion')) return 'file_delete';
  // What is overwritten or modified has new content of this process, as a new file has.
  if (types.includes('creation') || types.includes('change') || FILE_WRITES.has(action)) return 'file_create';
  return types.includes('access') ? 'file_access' : undefined;
}

const FILE_WRITES: ReadonlySet<string> = new Set([
  'creation',
  'created',
  'overwrite',
  'modification',
  'updated',
]);

function networkKind(types: readonly string[], action: string): EventKind | undefined {
  // The end of a flow that was told when it began.
  if (action.startsWith('disconnect') || action.endsWith('_ended')) return undefined;
  if (types.includes('end') && !types.includes('start') && action !== 'network_flow') return undefined;
  return 'network_connect';
}

function registryKind(types: readonly string[], action: string): EventKind | undefined {
  if (action === 'rename') return 'registry_rename';
  if (action === 'deletion' || types.includes('deletion')) return 'registry_delete';
  if (action === 'creation' || types.includes('creation')) return 'registry_add';
  if (action === 'query' || action === 'open' || types.includes('access')) return 'registry_access';
  return action === 'modification' || types.includes('change') ? 'registry_set' : undefined;
}

function sessionKind(types: readonly string[], action: string, record: VendorRecord): EventKind | undefined {
  if (wordsAt(record, 'event.outcome').includes('failure')) return undefined;
  // Of Windows' own audit, passed on, only a logon is one: not an unlocking, not a listing of groups.
  const audited = textAt(record, 'event.provider') === 'Microsoft-Windows-Security-Auditing';
  return LOGONS.has(action) || (types.includes('start') && !audited) ? 'logon' : undefined;
}

const LOGONS: ReadonlySet<string> = new Set(['log_on', 'logged-in', 'user_login', 'session_started']);

function subjectOf(record: VendorRecord): Subject | undefined {
  const categories = wordsAt(record, 'event.category');
  for (const [category, subject] of SUBJECTS) {
    if (!categories.includes(category)) continue;
    return subject === 'network' && textAt(record, 'dns.question.name') !== undefined ? 'dns' : subject;
  }
  // Categories of something else (configuration, iam) are not guessed at.
  if (categories.length > 0 && !categories.includes('host')) return undefined;
  for (const [path, subject] of SIGNS) if (textAt(record, path) !== undefined) return subject;
  return undefined;
}

const SUBJECTS: readonly (readonly [string, Subject])[] = [
  ['registry', 'registry'],
  ['library', 'library'],
  ['driver', 'library'],
  ['file', 'file'],
  ['network', 'network'],
  ['authentication', 'session'],
  ['session', 'session'],
  ['process', 'process'],
];

/** Where an export left the category out: the field that only one subject has. */
const SIGNS: readonly (readonly [string, Subject])[] = [
  ['registry.path', 'registry'],
  ['dll.path', 'library'],
  ['dns.question.name', 'dns'],
  ['destination.ip', 'network'],
  ['file.path', 'file'],
  ['process.pid', 'process'],
  ['process.executable', 'process'],
];

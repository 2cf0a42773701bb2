import type { EntityId } from '../../events/endpointEvent';
import { type OpenDraft, put, putUser } from '../eventDraft';
import type { VendorRecord } from '../exportFormat';
import { anyTime, countAt, digestOf, textAt } from '../vendorValues';

/**
 * The processes of a Cortex event. `actor` did it; `action` is the process that a process event is about. A process
 * instance id is base64, in which case has a meaning: it stays as written.
 */
export type Role = 'actor' | 'action' | 'os_actor' | 'causality_actor';

/** Sets `process.*` from one of the processes. False when the event does not name it. */
export function putProcess(draft: OpenDraft, record: VendorRecord, role: Role): boolean {
  const of = (name: string): string => `${role}_process_${name}`;
  const entity = textAt(record, of('instance_id'));
  const pid = countAt(record, of('os_pid'));
  const image = textAt(record, of('image_path'), of('image_name'));
  put(draft, 'process.entity_id', entity as EntityId | undefined);
  put(draft, 'process.pid', pid);
  put(draft, 'process.executable', image);
  put(draft, 'process.command_line', textAt(record, of('command_line'), of('image_command_line')));
  put(draft, 'process.working_directory', textAt(record, of('cwd')));
  put(draft, 'process.hash.sha256', digestOf(record[of('image_sha256')], 64));
  put(draft, 'process.hash.md5', digestOf(record[of('image_md5')], 32));
  put(draft, 'process.start', anyTime(record[of('execution_time')] ?? record[of('instance_execution_time')]));
  put(draft, 'process.integrity_level', integrityOf(textAt(record, of('integrity_level'))));
  const status = textAt(record, of('signature_status'))
    ?.toLowerCase()
    .replace(/^signature_/, '');
  put(draft, 'process.code_signature.status', status === 'unavailable' ? undefined : status);
  put(draft, 'process.code_signature.subject_name', textAt(record, of('signature_vendor')));
  return entity !== undefined || pid !== undefined || image !== undefined;
}

/** Sets `process.parent.*` from the process that started the one of the event. */
export function putParent(draft: OpenDraft, record: VendorRecord, role: Role): void {
  const of = (name: string): string => `${role}_process_${name}`;
  put(draft, 'process.parent.entity_id', textAt(record, of('instance_id')) as EntityId | undefined);
  put(draft, 'process.parent.pid', countAt(record, of('os_pid')));
  put(draft, 'process.parent.executable', textAt(record, of('image_path'), of('image_name')));
  put(draft, 'process.parent.command_line', textAt(record, of('command_line'), of('image_command_line')));
  put(draft, 'process.parent.start', anyTime(record[of('execution_time')]));
}

/** Sets the account: of the process that started, else of the one that acted. */
export function putAccount(draft: OpenDraft, record: VendorRecord, started: boolean): void {
  const own = started ? ['action_process_username', 'action_username'] : [];
  const names = [
    ...own,
    'actor_effective_username',
    'actor_primary_username',
    'user_name',
    'os_actor_effective_username',
  ];
  putUser(draft, textAt(record, ...names));
  const sids = [
    ...(started ? ['action_process_user_sid'] : []),
    'actor_effective_user_sid',
    'actor_primary_user_sid',
  ];
  put(draft, 'user.id', textAt(record, ...sids));
}

/** Windows' integrity levels as their RID; a word stays one. */
function integrityOf(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  return INTEGRITY.get(value) ?? (/^\d+$/.test(value) ? undefined : value.toLowerCase());
}

const INTEGRITY: ReadonlyMap<string, string> = new Map([
  ['4096', 'low'],
  ['8192', 'medium'],
  ['8448', 'medium'],
  ['12288', 'high'],
  ['16384', 'system'],
]);

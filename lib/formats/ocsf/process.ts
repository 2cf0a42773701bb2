import { type OpenDraft, put, putUser } from '../eventDraft';
import type { VendorRecord } from '../exportFormat';
import { at, countOf, textAt } from '../vendorValues';
import { entityOf, enumAt, hashesOf, nameAt, objectAt, pathOf, timeAt } from './ocsfValues';

/** Sets `process.*` from a process object. False when it names none. */
export function putProcess(draft: OpenDraft, process: VendorRecord | undefined): boolean {
  if (process === undefined) return false;
  const file = objectAt(process, 'file');
  const entity = entityOf(process);
  const pid = countOf(process.pid);
  const image = pathOf(file) ?? nameAt(process, 'path', 'name');
  put(draft, 'process.entity_id', entity);
  put(draft, 'process.pid', pid);
  put(draft, 'process.executable', image);
  put(draft, 'process.command_line', textAt(process, 'cmd_line'));
  put(draft, 'process.working_directory', nameAt(process, 'working_directory', 'cwd'));
  put(draft, 'process.start', timeAt(process, 'created_time'));
  put(draft, 'process.integrity_level', integrityOf(process));
  const hashes = hashesOf(file);
  put(draft, 'process.hash.md5', hashes.md5);
  put(draft, 'process.hash.sha1', hashes.sha1);
  put(draft, 'process.hash.sha256', hashes.sha256);
  if (file !== undefined) {
    put(draft, 'process.pe.original_file_name', nameAt(file, 'internal_name'));
    const state = nameAt(file, 'signature.state');
    put(draft, 'process.code_signature.status', state?.toLowerCase());
    put(draft, 'process.code_signature.subject_name', nameAt(file, 'signature.certificate.subject'));
  }
  return entity !== undefined || pid !== undefined || image !== undefined;
}

/**
 * Sets `process.parent.*`: the parent the process names, completed from the actor that launched it where they are
 * one; with no parent named, the actor stands for it.
 */
export function putParent(draft: OpenDraft, parent: VendorRecord | undefined, actor?: VendorRecord): void {
  const named = parent ?? actor;
  if (named === undefined) return;
  putParentFields(draft, named);
  if (actor !== undefined && actor !== named && sameProcess(named, actor)) putParentFields(draft, actor);
}

/** Sets what is not set yet. */
function putParentFields(draft: OpenDraft, parent: VendorRecord): void {
  fill(draft, 'process.parent.entity_id', entityOf(parent));
  fill(draft, 'process.parent.pid', countOf(parent.pid));
  fill(
    draft,
    'process.parent.executable',
    pathOf(objectAt(parent, 'file')) ?? nameAt(parent, 'path', 'name'),
  );
  fill(draft, 'process.parent.command_line', textAt(parent, 'cmd_line'));
  fill(draft, 'process.parent.start', timeAt(parent, 'created_time'));
}

function fill<Field extends keyof OpenDraft>(
  draft: OpenDraft,
  field: Field,
  value: OpenDraft[Field] | undefined,
): void {
  if (draft[field] === undefined) put(draft, field, value);
}

function sameProcess(a: VendorRecord, b: VendorRecord): boolean {
  const [one, two] = [entityOf(a), entityOf(b)];
  if (one !== undefined && two !== undefined) return one === two;
  const pid = countOf(a.pid);
  return pid !== undefined && pid === countOf(b.pid);
}

function integrityOf(process: VendorRecord): string | undefined {
  const word = nameAt(process, 'integrity')?.toLowerCase();
  if (word !== undefined && word !== 'unknown' && word !== 'other') return word;
  return INTEGRITY[enumAt(process, 'integrity_id') ?? 0];
}

const INTEGRITY: readonly (string | undefined)[] = [
  undefined,
  'untrusted',
  'low',
  'medium',
  'high',
  'system',
  'protected',
];

/** Sets the first of the user objects that names somebody. */
export function putUserOf(draft: OpenDraft, ...users: readonly (VendorRecord | undefined)[]): void {
  for (const user of users) {
    const name = user === undefined ? undefined : nameAt(user, 'name');
    if (user === undefined || name === undefined) continue;
    const domain = nameAt(user, 'domain');
    if (domain === undefined) putUser(draft, name);
    else {
      draft['user.domain'] = domain;
      draft['user.name'] = name.slice(name.lastIndexOf('\\') + 1);
    }
    const sid = nameAt(user, 'uid', 'uid_alt');
    if (sid?.startsWith('S-1-') === true) draft['user.id'] = sid;
    return;
  }
}

/** Sets the logon session, which Windows writes `0x3E7`. */
export function putSession(draft: OpenDraft, ...holders: readonly (VendorRecord | undefined)[]): void {
  for (const holder of holders) {
    const uid = holder === undefined ? undefined : textAt(holder, 'session.uid')?.toLowerCase();
    if (uid === undefined || !/^0x[0-9a-f]{1,16}$/.test(uid) || /^0x0+$/.test(uid)) continue;
    draft['winlog.logon.id'] = uid.replace(/^0x0+/, '0x');
    return;
  }
}

/** The process that acted: in `actor`, before 1.0 also beside it. */
export function actorOf(record: VendorRecord): VendorRecord | undefined {
  return (
    objectAt(record, 'actor.process') ??
    (at(record, 'actor') === undefined ? objectAt(record, 'process') : undefined)
  );
}

import type { EntityId } from '../../events/endpointEvent';
import { type OpenDraft, put, putUser } from '../eventDraft';
import type { VendorRecord } from '../exportFormat';
import { at, countOf, digestOf, isoTime, storable, textAt, textOf } from '../vendorValues';

/** A `…_unique_id`, lower case; all zeros is none. */
export function uniqueId(value: unknown): EntityId | undefined {
  const text = textOf(value)?.trim().toLowerCase();
  return text === undefined || text === '' || /^[0-]+$/.test(text) ? undefined : (storable(text) as EntityId);
}

/**
 * Sets the process that started, whole, with its parent. `parent_*` is the process that created it; where the
 * parent was forged, what it was made to look like stands in `fake_parent_*`: that is then the recorded parent, and
 * `parent_*` the real creator.
 */
export function putStarted(draft: OpenDraft, process: VendorRecord): boolean {
  const named = putActor(draft, process);
  put(draft, 'process.command_line', textAt(process, 'commandline'));
  put(draft, 'process.working_directory', textAt(process, 'current_directory'));
  put(draft, 'process.pe.original_file_name', textAt(process, 'pe_info.original_filename'));
  put(draft, 'process.hash.sha256', digestOf(at(process, 'hashes.sha256'), 64));
  put(draft, 'process.hash.sha1', digestOf(at(process, 'hashes.sha1'), 40));
  put(draft, 'process.hash.md5', digestOf(at(process, 'hashes.md5'), 32));
  put(draft, 'process.pe.imphash', digestOf(process.pe_imphash, 32));
  put(draft, 'process.integrity_level', textAt(process, 'integrity_level')?.toLowerCase());
  put(draft, 'process.start', isoTime(process.create_time));
  put(draft, 'process.code_signature.status', signedWord(process.signed));
  put(
    draft,
    'process.code_signature.subject_name',
    textAt(process, 'signature_info.signer_info.display_name'),
  );
  put(draft, 'user.id', textAt(process, 'usersid'));
  const logon = countOf(process.logonid);
  if (logon !== undefined) draft['winlog.logon.id'] = `0x${logon.toString(16)}`;
  putParent(draft, process);
  return named;
}

function putParent(draft: OpenDraft, process: VendorRecord): void {
  const creator = uniqueId(process.parent_unique_id);
  const creatorPid = countOf(process.ppid);
  const creatorImage = textAt(process, 'parent_image');
  const fake = uniqueId(process.fake_parent_unique_id);
  const fakePid = countOf(process.fake_ppid);
  const forged = fake !== undefined || fakePid !== undefined;
  const of = (name: string): string => (forged ? `fake_parent_${name}` : `parent_${name}`);
  put(draft, 'process.parent.entity_id', forged ? fake : creator);
  put(draft, 'process.parent.pid', forged ? fakePid : creatorPid);
  put(draft, 'process.parent.executable', textAt(process, of('image')));
  put(draft, 'process.parent.command_line', textAt(process, of('commandline')));
  if (!forged) return;
  put(draft, 'process.parent.Ext.real.entity_id', creator);
  put(draft, 'process.parent.Ext.real.pid', creatorPid);
  put(draft, 'process.parent.Ext.real.executable', creatorImage);
}

/** Sets the process that acted: its id, pid, image and user. False when none of them is there. */
export function putActor(draft: OpenDraft, record: VendorRecord): boolean {
  const entity = uniqueId(record.process_unique_id);
  const pid = countOf(record.pid);
  const image = textAt(record, 'process_image_path', 'process_imagename', 'image_name', 'process_name');
  put(draft, 'process.entity_id', entity);
  put(draft, 'process.pid', pid);
  put(draft, 'process.executable', image);
  put(draft, 'process.command_line', textAt(record, 'process_commandline'));
  putUser(draft, textAt(record, 'username'));
  return entity !== undefined || pid !== undefined || image !== undefined;
}

/** `signed` or `unsigned`. */
export function signedWord(value: unknown): string | undefined {
  const text = textOf(value);
  return text === 'true' ? 'signed' : text === 'false' ? 'unsigned' : undefined;
}

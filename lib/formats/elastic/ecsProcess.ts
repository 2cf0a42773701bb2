import type { OpenDraft } from '../eventDraft';
import { put, putUser } from '../eventDraft';
import type { VendorRecord } from '../exportFormat';
import { at, digestOf, joined, textAt, textOf } from '../vendorValues';
import { ecsCount, ecsEntity, ecsFlag, ecsTime } from './ecsValues';
import { startOfEntity } from './entityStart';

/**
 * Sets the process of an event, its parent and its user. In ECS `process.*` is the process that started or
 * acted, in every kind of event. False when the document names no process.
 */
export function putProcess(draft: OpenDraft, record: VendorRecord, root = 'process'): boolean {
  const entity = ecsEntity(record, `${root}.entity_id`, ...(root === 'process' ? [SEKOIA_GUID] : []));
  const pid = ecsCount(record, `${root}.pid`);
  const image = textAt(record, `${root}.executable`, `${root}.name`);
  put(draft, 'process.entity_id', entity);
  put(draft, 'process.pid', pid);
  put(draft, 'process.executable', image);
  put(draft, 'process.command_line', commandLine(record, root));
  put(draft, 'process.working_directory', textAt(record, `${root}.working_directory`));
  put(draft, 'process.pe.original_file_name', textAt(record, `${root}.pe.original_file_name`));
  put(draft, 'process.hash.sha256', digestOf(at(record, `${root}.hash.sha256`), 64));
  put(draft, 'process.hash.sha1', digestOf(at(record, `${root}.hash.sha1`), 40));
  put(draft, 'process.hash.md5', digestOf(at(record, `${root}.hash.md5`), 32));
  put(draft, 'process.pe.imphash', digestOf(at(record, `${root}.pe.imphash`), 32));
  const integrity = textAt(
    record,
    `${root}.Ext.token.integrity_level_name`,
    `${root}.token.integrity_level_name`,
  );
  put(draft, 'process.integrity_level', integrity?.toLowerCase());
  put(draft, 'process.start', ecsTime(record, `${root}.start`) ?? startOfEntity(entity));
  putSignature(draft, record, `${root}.code_signature`);
  put(draft, 'winlog.logon.id', logonId(record, `${root}.Ext.authentication_id`));
  putParent(draft, record, `${root}.parent`);
  return entity !== undefined || pid !== undefined || image !== undefined;
}

/** Where Sekoia's agent, which writes ECS otherwise, has its process ids. */
const SEKOIA_GUID = 'sekoiaio.process.guid';
const SEKOIA_PARENT_GUID = 'sekoiaio.process.parent_guid';

function putParent(draft: OpenDraft, record: VendorRecord, root: string): void {
  const entity = ecsEntity(record, `${root}.entity_id`, SEKOIA_PARENT_GUID);
  put(draft, 'process.parent.entity_id', entity);
  put(draft, 'process.parent.pid', ecsCount(record, `${root}.pid`, 'process.ppid'));
  put(draft, 'process.parent.executable', textAt(record, `${root}.executable`, `${root}.name`));
  put(draft, 'process.parent.command_line', commandLine(record, root));
  put(draft, 'process.parent.start', ecsTime(record, `${root}.start`) ?? startOfEntity(entity));
  // Defend names the creator only where it is another than the parent.
  put(draft, 'process.parent.Ext.real.entity_id', ecsEntity(record, `${root}.Ext.real.entity_id`));
  put(draft, 'process.parent.Ext.real.pid', ecsCount(record, `${root}.Ext.real.pid`));
  put(draft, 'process.parent.Ext.real.executable', textAt(record, `${root}.Ext.real.executable`));
}

/** The command line, or where only the arguments were kept, those. */
function commandLine(record: VendorRecord, root: string): string | undefined {
  const line = textAt(record, `${root}.command_line`);
  if (line !== undefined) return line;
  const args = at(record, `${root}.args`);
  if (!Array.isArray(args)) return undefined;
  const text = args
    .map((one) => textOf(one) ?? '')
    .join(' ')
    .trim();
  return text === '' ? undefined : text;
}

/** Sets the process acted upon, which ECS names `Target.process`. */
export function putTarget(draft: OpenDraft, record: VendorRecord): void {
  put(draft, 'Target.process.entity_id', ecsEntity(record, 'Target.process.entity_id'));
  put(draft, 'Target.process.pid', ecsCount(record, 'Target.process.pid'));
  put(draft, 'Target.process.executable', textAt(record, 'Target.process.executable', 'Target.process.name'));
}

function putSignature(draft: OpenDraft, record: VendorRecord, root: string): void {
  const status = textAt(record, `${root}.status`)?.toLowerCase();
  put(
    draft,
    'process.code_signature.status',
    status ?? (ecsFlag(record, `${root}.exists`) === false ? 'unsigned' : undefined),
  );
  put(draft, 'process.code_signature.subject_name', textAt(record, `${root}.subject_name`));
}

/** Defend's `0x3e7` in the form the Windows log has it. */
export function logonId(record: VendorRecord, path: string): string | undefined {
  const text = textAt(record, path)?.toLowerCase();
  return text !== undefined && /^0x[0-9a-f]{1,16}$/.test(text) && !/^0x0+$/.test(text)
    ? text.replace(/^0x0+/, '0x')
    : undefined;
}

/** Sets the account in ECS's `user` fields; `root` is `user.target` for the account that logged on. */
export function putAccount(draft: OpenDraft, record: VendorRecord, root = 'user'): void {
  const domain = textAt(record, `${root}.domain`);
  const name = textAt(record, `${root}.name`);
  if (domain === undefined) putUser(draft, name);
  else {
    draft['user.domain'] = domain;
    const slash = name?.lastIndexOf('\\') ?? -1;
    put(draft, 'user.name', slash < 0 ? name : name?.slice(slash + 1));
  }
  const id = textAt(record, `${root}.id`);
  put(draft, 'user.id', id === 'S-1-0-0' ? undefined : id);
}

/** Answers of a query: the names and addresses in `dns.answers`, else the addresses in `dns.resolved_ip`. */
export function answersOf(record: VendorRecord): string | undefined {
  const answers = at(record, 'dns.answers');
  const list: readonly unknown[] = Array.isArray(answers) ? answers : [answers];
  const data = joined(list.map((one) => textAt({ one }, 'one.data')));
  const flat = joined(at(record, 'dns.answers.data'));
  const addresses = joined(at(record, 'dns.resolved_ip'));
  return data ?? flat ?? (addresses === '<nil>' ? undefined : addresses);
}

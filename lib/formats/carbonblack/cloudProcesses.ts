import { type OpenDraft, put, putUser } from '../eventDraft';
import type { VendorRecord } from '../exportFormat';
import { isObject } from '../jsonSink';
import { countAt, digestOf, textAt, textOf } from '../vendorValues';
import { cloudGuid, type ProcessGuid } from './processGuid';
import { hashesOf } from './values';

/** Prefix of the members that describe a process: `process_pid`, `parent_pid`, `childproc_pid`. */
export type CloudRole = 'process' | 'parent' | 'childproc';

/** The guid of a process in its role, or in the old alerts' way: `pid-FILETIME-0`. */
export function guidIn(record: VendorRecord, role: CloudRole): ProcessGuid | undefined {
  const guid = cloudGuid(textAt(record, `${role}_guid`));
  return guid ?? (role === 'process' ? actorOfOldAlert(record) : undefined);
}

/**
 * Alerts of version 6 name the actor by pid and FILETIME (`3292-132541831999374961-0`). With the organisation
 * and the device that is all a guid is made of, so that the alert finds the process of the event stream.
 */
function actorOfOldAlert(record: VendorRecord): ProcessGuid | undefined {
  const match = /^(\d{1,10})-(\d{17,19})-\d+$/.exec(textAt(record, 'threat_cause_actor_process_pid') ?? '');
  const org = textAt(record, 'org_key');
  const device = countAt(record, 'device_id');
  if (match === null || org === undefined || device === undefined) return undefined;
  const hex = (value: string | number): string => BigInt(value).toString(16);
  const pid = hex(match[1] ?? '0').padStart(8, '0');
  return cloudGuid(`${org}-${hex(device).padStart(8, '0')}-${pid}-00000000-${hex(match[2] ?? '0')}`);
}

/** True if the record describes a process in this role. */
export function hasProcess(record: VendorRecord, role: CloudRole): boolean {
  return (
    guidIn(record, role) !== undefined ||
    textAt(record, `${role}_path`, `${role}_name`) !== undefined ||
    countAt(record, `${role}_pid`) !== undefined
  );
}

/** Sets process.* and user.* from a role. The command line of a child is `target_cmdline` in the event stream. */
export function putCloudProcess(draft: OpenDraft, record: VendorRecord, role: CloudRole): void {
  const guid = guidIn(record, role);
  put(draft, 'process.entity_id', guid?.entityId);
  put(draft, 'process.pid', countAt(record, `${role}_pid`) ?? guid?.pid);
  put(draft, 'process.start', guid?.start);
  put(draft, 'process.executable', textAt(record, `${role}_path`, `${role}_name`));
  const commandLine = textAt(record, `${role}_cmdline`);
  put(
    draft,
    'process.command_line',
    commandLine ?? (role === 'childproc' ? textAt(record, 'target_cmdline') : undefined),
  );
  const hashes = hashesOf(record[`${role}_hash`], record[`${role}_sha256`], record[`${role}_md5`]);
  put(draft, 'process.hash.md5', hashes.md5);
  put(draft, 'process.hash.sha256', hashes.sha256);
  if (role === 'process' && hashes.sha256 === undefined)
    put(draft, 'process.hash.sha256', digestOf(record.threat_cause_actor_sha256, 64));
  putUser(draft, textAt(record, `${role}_username`));
  const signature = signatureOf(record[`${role}_publisher`]);
  put(draft, 'process.code_signature.status', signature.status);
  put(draft, 'process.code_signature.subject_name', signature.subject);
}

/** Sets process.parent.* from a role. */
export function putCloudParent(draft: OpenDraft, record: VendorRecord, role: CloudRole): void {
  const guid = guidIn(record, role);
  put(draft, 'process.parent.entity_id', guid?.entityId);
  put(draft, 'process.parent.pid', countAt(record, `${role}_pid`) ?? guid?.pid);
  put(draft, 'process.parent.start', guid?.start);
  put(draft, 'process.parent.executable', textAt(record, `${role}_path`, `${role}_name`));
  put(draft, 'process.parent.command_line', textAt(record, `${role}_cmdline`));
}

/** Status and signer out of `[{name, state: "FILE_SIGNATURE_STATE_SIGNED | …"}]`, or of a list of names. */
export function signatureOf(value: unknown): {
  readonly status?: string | undefined;
  readonly subject?: string | undefined;
} {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  if (!isObject(first)) return { subject: textOf(first) };
  const state = textOf(first.state)?.toUpperCase();
  if (state === undefined) return { subject: textOf(first.name) };
  if (state.includes('NOT_SIGNED')) return { status: 'unsigned', subject: textOf(first.name) };
  return { status: state.includes('STATE_SIGNED') ? 'signed' : undefined, subject: textOf(first.name) };
}

/** Name of the machine: `DOMAIN\\HOST` without the domain. */
export function hostIn(record: VendorRecord): string | undefined {
  const name = textAt(record, 'device_name');
  return name?.slice(name.lastIndexOf('\\') + 1);
}

/** Id of the device: its own member, or the one within the process guid. */
export function deviceIn(record: VendorRecord): string | undefined {
  return textAt(record, 'device_id') ?? guidIn(record, 'process')?.deviceId;
}

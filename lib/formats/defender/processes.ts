import type { Micros } from '../../base/time';
import type { EntityId } from '../../events/endpointEvent';
import { type OpenDraft, put } from '../eventDraft';
import { countOf, digestOf } from '../vendorValues';
import { cell, type HuntingRow, pathOf, timeCell } from './row';

/**
 * Unique id of a process on its host: `pid-milliseconds of its creation since 1970`, e.g. `6412-1668016792034`.
 * Rows give the creation with seven digits, portal exports and the device timeline with three: cut to what all
 * of them have, the new process, an actor and an actor's parent get the same id in every export. The vendor's
 * own ProcessUniqueId is not used: only newer tenants have it, and no row has it for the actor's parent.
 * Undefined without pid (0 is none) or creation time; the process is then found by pid and time.
 */
export function processEntity(pid: number | undefined, start: Micros | undefined): EntityId | undefined {
  if (pid === undefined || start === undefined) return undefined;
  return `${pid}-${Math.floor(start / 1000)}` as EntityId;
}

/** Sets process.* to the row's initiating process, process.parent.* to its parent, user.* to its account. */
export function putActor(draft: OpenDraft, row: HuntingRow): void {
  putIdentity(draft, countOf(row.InitiatingProcessId), timeCell(row, 'InitiatingProcessCreationTime'));
  put(draft, 'process.executable', actorPath(row));
  put(draft, 'process.command_line', cell(row, 'InitiatingProcessCommandLine'));
  put(draft, 'process.hash.sha256', digestOf(row.InitiatingProcessSHA256, 64));
  put(draft, 'process.hash.sha1', digestOf(row.InitiatingProcessSHA1, 40));
  put(draft, 'process.hash.md5', digestOf(row.InitiatingProcessMD5, 32));
  put(draft, 'process.pe.original_file_name', cell(row, 'InitiatingProcessVersionInfoOriginalFileName'));
  put(draft, 'process.integrity_level', integrity(row, 'InitiatingProcessIntegrityLevel'));
  put(draft, 'process.code_signature.status', signature(row));
  putParentIdentity(
    draft,
    countOf(row.InitiatingProcessParentId),
    timeCell(row, 'InitiatingProcessParentCreationTime'),
  );
  put(draft, 'process.parent.executable', cell(row, 'InitiatingProcessParentFileName'));
  putAccount(draft, row, 'InitiatingProcessAccount');
  put(draft, 'winlog.logon.id', logonId(row.InitiatingProcessLogonId));
}

/** Sets process.* to the process that the row says was created, process.parent.* to the initiating process. */
export function putStarted(draft: OpenDraft, row: HuntingRow): void {
  putIdentity(draft, countOf(row.ProcessId), timeCell(row, 'ProcessCreationTime'));
  put(draft, 'process.executable', pathOf(cell(row, 'FolderPath'), cell(row, 'FileName')));
  put(draft, 'process.command_line', cell(row, 'ProcessCommandLine'));
  put(draft, 'process.hash.sha256', digestOf(row.SHA256, 64));
  put(draft, 'process.hash.sha1', digestOf(row.SHA1, 40));
  put(draft, 'process.hash.md5', digestOf(row.MD5, 32));
  put(draft, 'process.pe.original_file_name', cell(row, 'ProcessVersionInfoOriginalFileName'));
  put(draft, 'process.integrity_level', integrity(row, 'ProcessIntegrityLevel'));
  putParentIdentity(draft, countOf(row.InitiatingProcessId), timeCell(row, 'InitiatingProcessCreationTime'));
  put(draft, 'process.parent.executable', actorPath(row));
  put(draft, 'process.parent.command_line', cell(row, 'InitiatingProcessCommandLine'));
  putAccount(draft, row, 'Account');
  put(draft, 'winlog.logon.id', logonId(row.LogonId));
}

/** Sets pid, start and entity id of the process. */
export function putIdentity(draft: OpenDraft, pid: number | undefined, start: Micros | undefined): void {
  put(draft, 'process.entity_id', processEntity(pid, start));
  put(draft, 'process.pid', pid);
  put(draft, 'process.start', start);
}

/** Sets pid, start and entity id of the parent. */
export function putParentIdentity(
  draft: OpenDraft,
  pid: number | undefined,
  start: Micros | undefined,
): void {
  put(draft, 'process.parent.entity_id', processEntity(pid, start));
  put(draft, 'process.parent.pid', pid);
  put(draft, 'process.parent.start', start);
}

/** Sets user.* from the columns with this beginning: Domain, Name (else Upn), Sid. */
export function putAccount(draft: OpenDraft, row: HuntingRow, columns: string): void {
  put(draft, 'user.name', cell(row, `${columns}Name`) ?? cell(row, `${columns}Upn`));
  put(draft, 'user.domain', cell(row, `${columns}Domain`));
  put(draft, 'user.id', cell(row, `${columns}Sid`));
}

/** Whether the event names a process in any way. */
export function namesProcess(draft: OpenDraft): boolean {
  return draft['process.pid'] !== undefined || draft['process.executable'] !== undefined;
}

/** A logon session's number as Windows writes it, `0x3e7`; 0 is none. */
export function logonId(value: unknown): string | undefined {
  const number = countOf(value);
  return number === undefined ? undefined : `0x${number.toString(16)}`;
}

function actorPath(row: HuntingRow): string | undefined {
  return pathOf(cell(row, 'InitiatingProcessFolderPath'), cell(row, 'InitiatingProcessFileName'));
}

function integrity(row: HuntingRow, column: string): string | undefined {
  return cell(row, column)?.toLowerCase();
}

function signature(row: HuntingRow): string | undefined {
  const status = cell(row, 'InitiatingProcessSignatureStatus')?.toLowerCase();
  return status === 'unknown' ? undefined : status;
}

import type { Micros } from '../../base/time';
import type { EntityId } from '../../events/endpointEvent';
import { type OpenDraft, put, putUser } from '../eventDraft';
import { digestOf } from '../vendorValues';
import { countIn, type Fields, textIn, timeIn } from './fields';

/** A process as a record describes it; absent is what the record did not say. */
export type DescribedProcess = {
  readonly entityId?: EntityId | undefined;
  readonly pid?: number | undefined;
  readonly executable?: string | undefined;
  readonly commandLine?: string | undefined;
  readonly start?: Micros | undefined;
  readonly user?: string | undefined;
  readonly userId?: string | undefined;
  readonly integrity?: string | undefined;
  readonly md5?: string | undefined;
  readonly sha1?: string | undefined;
  readonly sha256?: string | undefined;
  readonly signature?: string | undefined;
  readonly publisher?: string | undefined;
};

/** `src.process` acts, `tgt.process` is acted on; both may name their parent. */
export type ProcessRole = 'src.process' | 'src.process.parent' | 'tgt.process' | 'tgt.process.parent';

/** Reads a process by its role; undefined when the record names none in it. */
export function processIn(fields: Fields, role: ProcessRole): DescribedProcess | undefined {
  const of = (name: string): string | undefined => textIn(fields, `${role}.${name}`);
  const process: DescribedProcess = {
    entityId: entityOf(of('uid') ?? textIn(fields, `${role}.procUid`)),
    pid: countIn(fields, `${role}.pid`),
    // Old agents and some tables give the image's name only.
    executable: of('image.path') ?? of('name'),
    commandLine: of('cmdline'),
    start: timeIn(fields, `${role}.startTime`),
    user: of('user'),
    userId: of('userSid'),
    integrity: integrityOf(of('integrityLevel')),
    md5: digestOf(of('image.md5'), 32),
    sha1: digestOf(of('image.sha1'), 40),
    sha256: digestOf(of('image.sha256'), 64),
    signature: of('signedStatus')?.toLowerCase(),
    publisher: of('publisher'),
  };
  return isNamed(process) ? process : undefined;
}

/** The acting process in Deep Visibility's first names (`processUniqueKey`, `processCmd`), of API 2.0. */
export function legacyProcess(fields: Fields): DescribedProcess | undefined {
  const process: DescribedProcess = {
    entityId: entityOf(textIn(fields, 'processUniqueKey')),
    pid: countIn(fields, 'pid'),
    executable: textIn(fields, 'processImagePath', 'processName'),
    commandLine: textIn(fields, 'processCmd'),
    start: timeIn(fields, 'processStartTime'),
    user: textIn(fields, 'user', 'processUserName'),
    integrity: integrityOf(textIn(fields, 'processIntegrityLevel')),
    sha1: digestOf(textIn(fields, 'processImageSha1Hash'), 40),
    signature: textIn(fields, 'signedStatus')?.toLowerCase(),
    publisher: textIn(fields, 'publisher'),
  };
  return isNamed(process) ? process : undefined;
}

/** Its parent. The vendor writes the process's own key as the parent's in some versions: then it is none. */
export function legacyParent(fields: Fields, child: DescribedProcess): DescribedProcess | undefined {
  const key = entityOf(textIn(fields, 'parentProcessUniqueKey'));
  const process: DescribedProcess = {
    entityId: key === child.entityId ? undefined : key,
    pid: countIn(fields, 'parentPid'),
    executable: textIn(fields, 'parentProcessImagePath', 'parentProcessName'),
    start: timeIn(fields, 'parentProcessStartTime'),
  };
  return isNamed(process) ? process : undefined;
}

/** True when there is something to know the process by. */
export function isNamed(process: DescribedProcess): boolean {
  return process.entityId !== undefined || process.pid !== undefined || process.executable !== undefined;
}

/** SentinelOne's process uid, unique on its machine; lower case. The storyline's id is none: processes share it. */
export function entityOf(uid: string | undefined): EntityId | undefined {
  const id = uid?.trim().toLowerCase();
  return id === undefined || id === '' || /^[0-]+$/.test(id) ? undefined : (id as EntityId);
}

/** `low`, `medium`, `high`, `system`; what the agent could not tell is absent. */
export function integrityOf(level: string | undefined): string | undefined {
  const word = level?.toLowerCase();
  return word === undefined || word.includes('unknown') ? undefined : word;
}

/** Sets process.* and user.* of an event; `parent` its process.parent.*. A process is not its own parent. */
export function putProcess(
  draft: OpenDraft,
  process: DescribedProcess,
  parent: DescribedProcess | undefined,
): void {
  put(draft, 'process.entity_id', process.entityId);
  put(draft, 'process.pid', process.pid);
  put(draft, 'process.executable', process.executable);
  put(draft, 'process.command_line', process.commandLine);
  put(draft, 'process.start', process.start);
  put(draft, 'process.integrity_level', process.integrity);
  put(draft, 'process.hash.md5', process.md5);
  put(draft, 'process.hash.sha1', process.sha1);
  put(draft, 'process.hash.sha256', process.sha256);
  put(draft, 'process.code_signature.status', process.signature);
  put(draft, 'process.code_signature.subject_name', process.publisher);
  putUser(draft, process.user);
  put(draft, 'user.id', process.userId);
  if (parent === undefined) return;
  // The kernel's entry names itself; an exact link to itself would hide that it is the root.
  if (parent.entityId !== undefined && parent.entityId === process.entityId) return;
  put(draft, 'process.parent.entity_id', parent.entityId);
  put(draft, 'process.parent.pid', parent.pid);
  put(draft, 'process.parent.executable', parent.executable);
  put(draft, 'process.parent.command_line', parent.commandLine);
  put(draft, 'process.parent.start', parent.start);
}

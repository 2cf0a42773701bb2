import type { Micros } from '../../base/time';
import { type OpenDraft, put } from '../eventDraft';
import { putIdentity, putParentIdentity } from './processes';

/** A value that the vendor may not have given. */
export type Maybe<Value> = Value | undefined;

/** An account as alerts name it. */
export type EvidenceUser = {
  readonly name: Maybe<string>;
  readonly domain: Maybe<string>;
  readonly sid: Maybe<string>;
};

/** A file as alerts name it: the image of a process, or a piece of evidence of its own. */
export type EvidenceFile = {
  readonly path: Maybe<string>;
  readonly sha256: Maybe<string>;
  readonly sha1: Maybe<string>;
  readonly md5: Maybe<string>;
  readonly signer: Maybe<string>;
};

/** A process as alerts name it. */
export type EvidenceProcess = {
  readonly pid: Maybe<number>;
  readonly start: Maybe<Micros>;
  readonly commandLine: Maybe<string>;
  readonly image: EvidenceFile;
  readonly parentPid: Maybe<number>;
  readonly parentStart: Maybe<Micros>;
  readonly parentPath: Maybe<string>;
  readonly parentCommandLine: Maybe<string>;
  readonly user: Maybe<EvidenceUser>;
};

/** Attaches an alert to a process: the same identity that the process has in the event tables. */
export function putProcess(draft: OpenDraft, process: EvidenceProcess): void {
  putIdentity(draft, process.pid, process.start);
  put(draft, 'process.executable', process.image.path);
  put(draft, 'process.command_line', process.commandLine);
  put(draft, 'process.hash.sha256', process.image.sha256);
  put(draft, 'process.hash.sha1', process.image.sha1);
  put(draft, 'process.hash.md5', process.image.md5);
  put(draft, 'process.code_signature.subject_name', process.image.signer);
  putParentIdentity(draft, process.parentPid, process.parentStart);
  put(draft, 'process.parent.executable', process.parentPath);
  put(draft, 'process.parent.command_line', process.parentCommandLine);
  if (process.user !== undefined) putEvidenceUser(draft, process.user);
}

/** Attaches an alert to a file. */
export function putFile(draft: OpenDraft, file: EvidenceFile): void {
  put(draft, 'file.path', file.path);
  put(draft, 'file.hash.sha256', file.sha256);
  put(draft, 'file.hash.sha1', file.sha1);
  put(draft, 'file.hash.md5', file.md5);
}

/** Sets user.* of an alert. */
export function putEvidenceUser(draft: OpenDraft, user: EvidenceUser): void {
  put(draft, 'user.name', user.name);
  put(draft, 'user.domain', user.domain);
  put(draft, 'user.id', user.sid);
}

import type { UnpackBudget } from './budget';
import { inflate } from './inflate';
import { isGzip, isTar, isZip, isZstd, peek, TAR_HEAD } from './magic';
import { type Member, messageOf, unreadable } from './member';
import { spooled } from './spool';
import { openTar } from './tar';
import { openZip } from './zip';
import { unpackZstd } from './zstd';

/** What the members of one upload are opened with. */
export type Opening = {
  readonly budget: UnpackBudget;
  /** Given by a person; absent, encrypted members stay closed. */
  readonly password?: string;
};

/** Archives that may lie within each other: the upload, and one in it. */
const ARCHIVES_MAX = 2;
/** Compressions that may lie within each other: a server often packs again what is packed already. */
const LAYERS_MAX = 2;

/**
 * The files within a member, told by its content: those of an archive (tar, ZIP), or the member itself, unpacked
 * if it is gzip or Zstandard. `archives` is how many archives it lies in already.
 */
export async function* openContent(
  member: Member,
  archives: number,
  opening: Opening,
): AsyncGenerator<Member, void, undefined> {
  const { content, kind } = await unwrap(member, opening.budget);
  if (kind === 'file') return yield content;
  if (archives >= ARCHIVES_MAX) {
    await content.bytes.return();
    return yield unreadable(
      content.name,
      'archives within archives within archives are not opened: unpack it and upload the files in it',
    );
  }
  const entries = kind === 'tar' ? openTar(content, opening.budget) : openSpooledZip(content, opening);
  for await (const entry of entries) yield* openContent(entry, archives + 1, opening);
}

async function unwrap(
  member: Member,
  budget: UnpackBudget,
): Promise<{ readonly content: Member; readonly kind: 'file' | 'tar' | 'zip' }> {
  let content = member;
  for (let layer = 0; ; layer++) {
    const { head, bytes } = await peek(content.bytes, TAR_HEAD);
    content = { ...content, bytes };
    const unpack = layer === LAYERS_MAX ? undefined : unpacker(head, budget);
    if (unpack === undefined) return { content, kind: isZip(head) ? 'zip' : isTar(head) ? 'tar' : 'file' };
    const outer = content;
    const inner = unpack(bytes);
    content = { ...outer, bytes: inner.bytes, problem: () => outer.problem() ?? inner.problem() };
  }
}

function unpacker(head: Uint8Array, budget: UnpackBudget) {
  if (isGzip(head)) return (bytes: AsyncIterable<Uint8Array>) => inflate(bytes, 'gzip', budget);
  if (isZstd(head)) return (bytes: AsyncIterable<Uint8Array>) => unpackZstd(bytes, budget);
  return undefined;
}

/** A ZIP archive is read from its end, so one that arrives as a stream is written to a temporary file first. */
async function* openSpooledZip(archive: Member, opening: Opening): AsyncGenerator<Member, void, undefined> {
  let opened = false;
  try {
    yield* spooled(archive.bytes, (file) => {
      opened = true;
      return openZip({ path: file, name: archive.name, fault: archive.problem() }, opening, { bytes: 0 });
    });
  } catch (error) {
    if (opened) throw error;
    yield unreadable(archive.name, `could not be unpacked to a temporary file (${messageOf(error)})`);
  }
}

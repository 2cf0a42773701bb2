import { type Extract, extract, type Header } from 'tar-stream';
import { admitEntry, overspent, type UnpackBudget } from './budget';
import { type Member, messageOf, unreadable } from './member';
import { safeMemberName, uniqueName } from './memberName';

/** Archives from before the format had a name of its own are read too; the types do not know the option. */
const OPTIONS = { allowUnknownFormat: true, highWaterMark: 64 * 1024 };

/**
 * The files of a tar archive in its order, each read as a stream; `archive` holds the archive's bytes. Directories
 * are passed over. Links, devices and what else has no bytes of its own are members with a problem. A fault of
 * the archive is told of the member it cuts, else of the archive itself.
 */
export async function* openTar(
  archive: Member,
  budget: UnpackBudget,
): AsyncGenerator<Member, void, undefined> {
  const tar = extract(OPTIONS);
  const feeding = feed(archive.bytes, tar);
  const entries = tar[Symbol.asyncIterator]();
  const names = new Map<string, number>();
  let fault: string | null = null;
  let told = false;
  let files = 0;
  try {
    for (;;) {
      const next = await nextOf(entries);
      if (typeof next === 'string') fault = next;
      if (next === undefined || typeof next === 'string') break;
      const pieces = next[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
      if (next.header.type !== 'directory') {
        files++;
        const name = `${archive.name}/${uniqueName(names, safeMemberName(next.header.name))}`;
        const refused = admitEntry(budget) ?? overspent(budget, 0, 0);
        if (refused !== null) {
          yield unreadable(archive.name, refused);
          return;
        }
        const unread = whyUnread(next.header);
        const member = unread === null ? read(name, pieces, archive) : unreadable(name, unread);
        yield member;
        told ||= unread === null && member.problem() !== null;
      }
      // Whatever the member's reader left.
      while (typeof (await nextOf(pieces)) === 'object');
    }
    const ending = await feeding;
    const problem = archive.problem() ?? fault ?? ending;
    if (problem !== null && !told) yield unreadable(archive.name, problem);
    else if (files === 0) yield unreadable(archive.name, 'the archive holds no files');
  } finally {
    tar.destroy(null);
    await feeding;
  }
}

function read(name: string, pieces: AsyncIterator<Uint8Array>, archive: Member): Member {
  let problem: string | null = null;
  async function* bytes(): AsyncGenerator<Uint8Array, void, undefined> {
    for (;;) {
      const next = await nextOf(pieces);
      if (typeof next === 'string') problem = next;
      if (next === undefined || typeof next === 'string') return;
      yield next;
    }
  }
  // A fault of the archive's own packing explains more than what tar makes of it.
  return {
    name,
    needsPassword: false,
    bytes: bytes(),
    problem: () => (problem === null ? null : (archive.problem() ?? problem)),
  };
}

/** Why an entry is not read, for a person; null for a file. */
function whyUnread(header: Header): string | null {
  const target = safeMemberName(header.linkname ?? '');
  if ('pax' in header && Object.keys(header.pax ?? {}).some((key) => key.startsWith('GNU.sparse')))
    return 'a sparse file, which is not read: pack it without --sparse';
  switch (header.type) {
    case 'file':
    case 'contiguous-file':
      return null;
    case 'symlink':
      return `a symbolic link to ${target}, which is not followed`;
    case 'link':
      return `a hard link to ${target}, which is not followed`;
    case 'character-device':
    case 'block-device':
      return 'a device, which is not read';
    case 'fifo':
      return 'a named pipe, which is not read';
    default:
      return 'an entry of a kind that is not read: pack it as a plain file';
  }
}

/** The iterator's next value; undefined at its end, a text if it fails. It is never let go: that would end the archive. */
async function nextOf<T extends object>(from: AsyncIterator<T>): Promise<T | string | undefined> {
  try {
    const next = await from.next();
    return next.done === true ? undefined : next.value;
  } catch (error) {
    const message = messageOf(error);
    return message === 'Unexpected end of data'
      ? 'cut off: the tar archive ends too early; the records before the cut were read'
      : `the tar archive is damaged (${message}); the rest was not read`;
  }
}

const END_MARK = 512;

/**
 * Hands the bytes to the reader at its pace, until either ends. Never rejects. Gives a problem if the archive does
 * not end with the zero bytes that mark a whole one.
 */
async function feed(source: AsyncIterable<Uint8Array>, tar: Extract): Promise<string | null> {
  let zeros = 0;
  for await (const chunk of source) {
    if (tar.destroyed) return null;
    const tail = chunk.subarray(-END_MARK);
    const at = tail.findLastIndex((byte) => byte !== 0);
    zeros = at < 0 ? zeros + tail.length : tail.length - 1 - at;
    if (!tar.write(chunk)) await drained(tar);
  }
  if (!tar.destroyed) tar.end(null);
  return zeros >= END_MARK ? null : 'the tar archive has no end mark: it may be cut off';
}

function drained(tar: Extract): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      for (const event of ['drain', 'close', 'error']) tar.removeListener(event, done);
      resolve();
    };
    for (const event of ['drain', 'close', 'error']) tar.once(event, done);
    if (tar.destroyed) done();
  });
}

import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import zlib from 'node:zlib';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { type FallibleBytes, inflate, type UnpackBudget } from './inflate';
import { counted, type Member, unwrapGzip } from './member';
import { safeMemberName } from './memberName';

const STORED = 0;
const DEFLATED = 8;

/**
 * The entries of a ZIP archive in its directory's order, each read as a stream. Directories are passed over;
 * an entry that cannot be read (encrypted, another method) is a member with a problem and no bytes. Names are
 * made safe and unique. A file that is no whole archive is one member with a problem.
 */
export async function* openZip(
  path: string,
  name: string,
  budget: UnpackBudget,
  consumed: { bytes: number },
): AsyncGenerator<Member, void, undefined> {
  const zip = await openArchive(path);
  if (typeof zip === 'string') {
    yield unreadable(name, `a damaged or cut-off ZIP archive (${zip})`);
    return;
  }
  const names = new Map<string, number>();
  let entries = 0;
  try {
    for (;;) {
      const entry = await nextEntry(zip);
      if (entry === undefined) break;
      if (typeof entry === 'string') {
        yield unreadable(name, `the ZIP archive's directory is damaged (${entry})`);
        break;
      }
      const entryName = fileNameOf(entry);
      if (entryName.endsWith('/')) continue;
      if (++entries > budget.limits.entries) {
        yield unreadable(
          name,
          `more than ${budget.limits.entries} files in the archive; the rest was not read`,
        );
        break;
      }
      const member = `${name}/${unique(names, safeMemberName(entryName))}`;
      const before = consumed.bytes;
      yield await openEntry(zip, entry, member, budget, consumed);
      // A member given up half way counts as done.
      consumed.bytes = before + entry.compressedSize;
    }
  } finally {
    zip.close();
  }
  consumed.bytes = Number.MAX_SAFE_INTEGER;
}

async function openEntry(
  zip: ZipFile,
  entry: Entry,
  name: string,
  budget: UnpackBudget,
  consumed: { bytes: number },
): Promise<Member> {
  if (entry.isEncrypted()) return unreadable(name, 'encrypted: unpack it with its password first');
  if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED) {
    return unreadable(
      name,
      `packed with ZIP method ${entry.compressionMethod}, which is not read: unpack it first`,
    );
  }
  let raw: AsyncIterable<Uint8Array>;
  try {
    raw = counted(await openRaw(zip, entry), consumed);
  } catch (error) {
    return unreadable(name, `damaged (${messageOf(error)})`);
  }
  const unpacked =
    entry.compressionMethod === DEFLATED ? inflate(raw, 'deflate', budget) : stored(raw, budget);
  return unwrapGzip({ name, ...checked(unpacked, entry.crc32) }, budget);
}

/** The entry's bytes as packed: unpacking is ours, so that a fault does not lose what came before it. */
function openRaw(zip: ZipFile, entry: Entry): Promise<AsyncIterable<Uint8Array>> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, { decodeFileData: false }, (error, stream) =>
      error === null ? resolve(stream) : reject(error),
    );
  });
}

/** Compares the checksum once all bytes have passed. */
function checked(source: FallibleBytes, expected: number): FallibleBytes {
  let mismatch = false;
  async function* read(): AsyncGenerator<Uint8Array, void, undefined> {
    let crc = 0;
    for await (const chunk of source.bytes) {
      crc = zlib.crc32(chunk, crc);
      yield chunk;
    }
    mismatch = crc !== expected;
  }
  return {
    bytes: read(),
    problem: () =>
      source.problem() ?? (mismatch ? 'its checksum does not match: the archive is damaged' : null),
  };
}

function stored(source: AsyncIterable<Uint8Array>, budget: UnpackBudget): FallibleBytes {
  let problem: string | null = null;
  async function* read(): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      for await (const chunk of source) {
        budget.used += chunk.length;
        yield chunk;
      }
    } catch (error) {
      problem = `damaged (${messageOf(error)})`;
    }
  }
  return { bytes: read(), problem: () => problem };
}

/** Names are decoded here, not by yauzl: it refuses a whole archive for one climbing path. */
const OPTIONS = { lazyEntries: true, autoClose: false, decodeStrings: false } as const;

async function openArchive(path: string): Promise<ZipFile | string> {
  const opened = await new Promise<ZipFile | string>((resolve) => {
    yauzl.open(path, OPTIONS, (error, zip) => resolve(error !== null ? error.message : zip));
  });
  if (typeof opened !== 'string') return opened;
  // Bytes after the archive (a newline from a web form, say) do not spoil it for other readers, nor for us.
  const size = await archiveSize(path);
  if (size === undefined) return opened;
  return new Promise<ZipFile | string>((resolve) => {
    const reader = new FileRangeReader(path);
    yauzl.fromRandomAccessReader(reader, size, OPTIONS, (error, zip) =>
      resolve(error !== null ? opened : zip),
    );
  });
}

/** Where the archive ends by its own account, if bytes follow; undefined if no end record is found near the end. */
async function archiveSize(path: string): Promise<number | undefined> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const tail = Buffer.alloc(Math.min(size, END_RECORD + 2 * 65_535));
    await file.read(tail, 0, tail.length, size - tail.length);
    const at = tail.lastIndexOf('PK\x05\x06', undefined, 'latin1');
    if (at < 0 || at + END_RECORD > tail.length) return undefined;
    const end = size - tail.length + at + END_RECORD + tail.readUInt16LE(at + 20);
    return end < size ? end : undefined;
  } finally {
    await file.close();
  }
}

const END_RECORD = 22;

/** Reads ranges of a file for yauzl when the archive is only its beginning. */
class FileRangeReader extends yauzl.RandomAccessReader {
  readonly path: string;

  constructor(path: string) {
    super();
    this.path = path;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return createReadStream(this.path, { start, end: end - 1 });
  }
}

function nextEntry(zip: ZipFile): Promise<Entry | string | undefined> {
  return new Promise((resolve) => {
    const settle = (result: Entry | string | undefined): void => {
      zip.removeListener('entry', settle);
      zip.removeListener('end', end);
      zip.removeListener('error', fail);
      resolve(result);
    };
    const end = (): void => settle(undefined);
    const fail = (error: Error): void => settle(error.message);
    zip.once('entry', settle);
    zip.once('end', end);
    zip.once('error', fail);
    zip.readEntry();
  });
}

function fileNameOf(entry: Entry): string {
  return yauzl.getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
}

function unique(names: Map<string, number>, name: string): string {
  const seen = (names.get(name) ?? 0) + 1;
  names.set(name, seen);
  return seen === 1 ? name : `${name} (${seen})`;
}

function unreadable(name: string, problem: string): Member {
  async function* nothing(): AsyncGenerator<Uint8Array, void, undefined> {}
  return { name, bytes: nothing(), problem: () => problem };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import yauzl, { type Entry, type ZipFile } from 'yauzl';

/** Names are decoded here, not by yauzl: it refuses a whole archive for one climbing path. */
const OPTIONS = {
  lazyEntries: true,
  autoClose: false,
  decodeStrings: false,
  validateEntrySizes: false,
} as const;

/** Opens a ZIP archive on disk; a text says why it is none. */
export async function openArchive(path: string): Promise<ZipFile | string> {
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

/** The directory's next entry; undefined at its end, a text if the directory is damaged. */
export function nextEntry(zip: ZipFile): Promise<Entry | string | undefined> {
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

/** An entry's name as it was written, nothing checked. */
export function fileNameOf(entry: Entry): string {
  return yauzl.getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
}

/** The entry's bytes as packed: unpacking is ours, so that a fault does not lose what came before it. */
export function openRaw(zip: ZipFile, entry: Entry): Promise<AsyncIterable<Uint8Array>> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, { decodeFileData: false }, (error, stream) =>
      error === null ? resolve(stream) : reject(error),
    );
  });
}

/** Where in the file an entry's packed bytes begin. Rejects if its own header is damaged. */
export function dataStart(zip: ZipFile, entry: Entry): Promise<number> {
  return new Promise((resolve, reject) => {
    zip.readLocalFileHeader(entry, { minimal: true }, (error, header) =>
      error === null ? resolve(header.fileDataStart) : reject(error),
    );
  });
}

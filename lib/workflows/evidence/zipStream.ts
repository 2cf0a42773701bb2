import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { configure, ZipWriter } from '@zip.js/zip.js';

/** A file to be packed; its content is taken once, when its turn comes. */
export type FileToPack = {
  readonly name: string;
  readonly content: string | Uint8Array | AsyncIterable<Uint8Array>;
};

/** A file as it was packed. */
export type PackedFile = { readonly name: string; readonly bytes: number; readonly sha256: string };

/**
 * One ZIP out of files, streamed: a file is taken only as its bytes are, so memory is one chunk, whatever the sizes.
 * `close` gives files to be added at the end, from what was packed. When a file fails the stream fails, and whoever
 * reads it has half a ZIP without a directory, which nothing takes for a whole one. Stopping early stops the files.
 */
export async function* zipStream(
  files: AsyncIterable<FileToPack>,
  close: (packed: readonly PackedFile[]) => Promise<readonly FileToPack[]>,
): AsyncGenerator<Uint8Array, void, undefined> {
  configure({ useWebWorkers: false });
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writing = write(writable, files, close);
  // Its error reaches the reader through the stream; nobody else listens when the reader has gone.
  writing.catch(() => undefined);
  const reader = readable.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      yield value;
    }
    await writing;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

async function write(
  writable: WritableStream<Uint8Array>,
  files: AsyncIterable<FileToPack>,
  close: (packed: readonly PackedFile[]) => Promise<readonly FileToPack[]>,
): Promise<void> {
  try {
    const zip = new ZipWriter(writable, {
      level: 6,
      extendedTimestamp: false,
      bufferedWrite: false,
      keepOrder: true,
    });
    const packed: PackedFile[] = [];
    for await (const file of files) packed.push(await addFile(zip, file));
    for (const file of await close(packed)) await addFile(zip, file);
    await zip.close();
  } catch (error) {
    await writable.abort(error).catch(() => undefined);
    throw error;
  }
}

async function addFile(zip: ZipWriter<unknown>, { name, content }: FileToPack): Promise<PackedFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  async function* counted(): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const chunk of chunksOf(content)) {
      hash.update(chunk);
      bytes += chunk.length;
      yield chunk;
    }
  }
  const body = Readable.toWeb(Readable.from(counted(), { objectMode: false }));
  await zip.add(name, body as unknown as ReadableStream, { lastModDate: EPOCH });
  return { name, bytes, sha256: hash.digest('hex') };
}

/** Times stand in the manifest; those of a ZIP are local and say nothing. */
const EPOCH = new Date(1980, 0, 1);

function chunksOf(content: FileToPack['content']): AsyncIterable<Uint8Array> | Iterable<Uint8Array> {
  if (typeof content === 'string') return [new TextEncoder().encode(content)];
  return content instanceof Uint8Array ? [content] : content;
}

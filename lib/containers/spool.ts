import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/**
 * Writes bytes to a file of their own in the system's folder for temporary files, hands its path to `use`, and
 * removes it when that ends, however it ends. Rejects if the file cannot be written.
 */
export async function* spooled<T>(
  bytes: AsyncIterable<Uint8Array>,
  use: (path: string) => AsyncGenerator<T, void, undefined>,
): AsyncGenerator<T, void, undefined> {
  const folder = await mkdtemp(path.join(tmpdir(), 'sequela-archive-'));
  try {
    const file = path.join(folder, 'archive');
    await pipeline(Readable.from(bytes, { objectMode: false }), createWriteStream(file));
    yield* use(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { type Connection, pool } from './client';

const compress = promisify<Buffer, { level: number }, Buffer>(gzip);
const decompress = promisify<Uint8Array, Buffer>(gunzip);

/** Verbatim record text of an import whose upload cannot be opened at an offset; `n` counts from 0 within it. */
export type RawChunk = { readonly n: number; readonly length: number; readonly bytes: Buffer };

/** Compresses one chunk, off the main thread. Chunks of about 1 MB compress well and open in milliseconds. */
export async function packRawChunk(n: number, text: Buffer): Promise<RawChunk> {
  return { n, length: text.length, bytes: await compress(text, { level: 1 }) };
}

/** Stores packed chunks within the batch's transaction. */
export async function saveRawChunks(
  connection: Connection,
  importId: number,
  chunks: readonly RawChunk[],
): Promise<void> {
  for (const chunk of chunks) {
    await connection.query('INSERT INTO raw_chunks (import_id, n, length, bytes) VALUES ($1, $2, $3, $4)', [
      importId,
      chunk.n,
      chunk.length,
      chunk.bytes,
    ]);
  }
}

/** Bytes [at, at + length) of one chunk's text. Throws when the chunk is not there. */
export async function rawChunkRange(
  importId: number,
  n: number,
  at: number,
  length: number,
): Promise<Buffer> {
  const { rows } = await pool().query<{ bytes: Buffer }>(
    'SELECT bytes FROM raw_chunks WHERE import_id = $1 AND n = $2',
    [importId, n],
  );
  if (rows[0] === undefined) throw new Error(`raw chunk ${n} of import ${importId} is missing`);
  return (await decompress(rows[0].bytes)).subarray(at, at + length);
}

/** Number for an import's next chunk: chunks of batches that never committed do not count. */
export async function nextRawChunk(importId: number): Promise<number> {
  const { rows } = await pool().query<{ n: number }>(
    'SELECT coalesce(max(n) + 1, 0) AS n FROM raw_chunks WHERE import_id = $1',
    [importId],
  );
  return rows[0]?.n ?? 0;
}

import { createHash, randomUUID } from 'node:crypto';
import { open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { AppError } from '../base/appError';
import { pool } from './client';

const PART_BYTES = 1024 * 1024;
/** Parts on their way to the database at once: bounds memory, and keeps both compressor and database busy. */
const PARTS_IN_FLIGHT = 3;
/** Level 1: a quarter larger than level 6 and several times cheaper; telemetry is repetitive at any level. */
const GZIP_LEVEL = 1;

/** One output buffer takes a whole part: growing it in steps costs more than unpacking it. */
const PART_ROOM = 2 ** 20 + 64;

const compress = promisify<Buffer, { level: number }, Buffer>(gzip);
const decompress = promisify<Uint8Array, { chunkSize: number }, Buffer>(gunzip);

export type SavedUpload = { readonly uploadId: string; readonly sha256: string; readonly bytes: number };

/**
 * Stores a stream of bytes in parts as it arrives, in constant memory, and returns its SHA-256 and size. No
 * import exists yet: receiving may stop anywhere and leaves nothing that counts. Cleans up after itself on
 * any error of the source. Throws `too_large` past `limitBytes`, `bad_input` for no bytes at all.
 */
export async function saveUpload(
  source: AsyncIterable<Uint8Array>,
  limitBytes: number,
): Promise<SavedUpload> {
  const uploadId = randomUUID();
  await pool().query('INSERT INTO uploads (id) VALUES ($1)', [uploadId]);
  try {
    return await saveParts(uploadId, source, limitBytes);
  } catch (error) {
    await deleteUpload(uploadId);
    throw error;
  }
}

/** Deletes an upload that no import names. */
export async function deleteUpload(uploadId: string): Promise<void> {
  await pool().query('DELETE FROM uploads WHERE id = $1', [uploadId]);
}

/** Deletes an upload that no import names any more, some parts at a time: it may be many gigabytes. */
export async function dropUpload(uploadId: string): Promise<void> {
  let rowCount: number | null;
  do {
    ({ rowCount } = await pool().query(
      `DELETE FROM upload_parts WHERE upload_id = $1 AND n = ANY(ARRAY(
         SELECT n FROM upload_parts WHERE upload_id = $1 ORDER BY n LIMIT ${PARTS_AT_ONCE}))`,
      [uploadId],
    ));
  } while (rowCount === PARTS_AT_ONCE);
  await deleteUpload(uploadId);
}

/** Parts deleted in one statement. */
const PARTS_AT_ONCE = 200;

/**
 * Deletes what broken connections and killed servers left: uploads that neither an import nor a
 * case names and that have not grown for `idleMinutes`. Returns how many.
 */
export async function sweepUploads(idleMinutes: number): Promise<number> {
  const { rowCount } = await pool().query(
    `DELETE FROM uploads u WHERE touched_at < now() - make_interval(mins => $1)
     AND NOT EXISTS (SELECT 1 FROM imports i WHERE i.upload_id = u.id)
     AND NOT EXISTS (SELECT 1 FROM case_attachments a WHERE a.upload_id = u.id)`,
    [idleMinutes],
  );
  return rowCount ?? 0;
}

/** The upload's bytes in order, as they were sent; the next part is fetched while one is consumed. */
export async function* uploadBytes(uploadId: string): AsyncGenerator<Buffer, void, undefined> {
  let next = loadPart(uploadId, 0);
  for (let n = 0; ; n++) {
    const part = await next;
    if (part === undefined) return;
    next = loadPart(uploadId, n + 1);
    // Awaited at the top of the loop, or never when the reader stops early: not an unhandled rejection then.
    next.catch(() => undefined);
    yield part;
  }
}

/** Bytes [at, at + length) of the upload; fewer when it ends before. Opens only the parts they lie in. */
export async function uploadRange(uploadId: string, at: number, length: number): Promise<Buffer> {
  const { rows } = await pool().query<PartRow>(
    `SELECT at, gzipped, bytes FROM upload_parts
     WHERE upload_id = $1 AND at < $2::bigint + $3::bigint AND at + length > $2::bigint ORDER BY n`,
    [uploadId, at, length],
  );
  const pieces: Buffer[] = [];
  for (const row of rows) {
    const whole = await unpacked(row);
    pieces.push(whole.subarray(Math.max(0, at - row.at), Math.max(0, at + length - row.at)));
  }
  return Buffer.concat(pieces);
}

/** Writes the upload to a file, several parts at a time. */
export async function spoolUpload(uploadId: string, path: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    let position = 0;
    let fetching: Promise<Buffer | undefined>[] = [];
    let n = 0;
    for (;;) {
      while (fetching.length < PARTS_IN_FLIGHT) fetching.push(quiet(loadPart(uploadId, n++)));
      const part = await fetching[0];
      if (part === undefined) return;
      fetching = fetching.slice(1);
      await file.write(part, 0, part.length, position);
      position += part.length;
    }
  } finally {
    await file.close();
  }
}

/** A promise that may be left behind unawaited without counting as unhandled. */
function quiet<Value>(promise: Promise<Value>): Promise<Value> {
  promise.catch(() => undefined);
  return promise;
}

type PartRow = { readonly at: number; readonly gzipped: boolean; readonly bytes: Buffer };

async function loadPart(uploadId: string, n: number): Promise<Buffer | undefined> {
  const { rows } = await pool().query<PartRow>({
    name: 'upload_part',
    text: 'SELECT at, gzipped, bytes FROM upload_parts WHERE upload_id = $1 AND n = $2',
    values: [uploadId, n],
  });
  return rows[0] === undefined ? undefined : unpacked(rows[0]);
}

async function unpacked(row: PartRow): Promise<Buffer> {
  return row.gzipped ? decompress(row.bytes, { chunkSize: PART_ROOM }) : row.bytes;
}

async function saveParts(
  uploadId: string,
  source: AsyncIterable<Uint8Array>,
  limitBytes: number,
): Promise<SavedUpload> {
  const hash = createHash('sha256');
  const inFlight = new Set<Promise<void>>();
  let pending: Uint8Array[] = [];
  let pendingBytes = 0;
  let bytes = 0;
  let n = 0;
  let gzipped: boolean | undefined;

  async function flush(): Promise<void> {
    const part = Buffer.concat(pending, pendingBytes);
    gzipped ??= !isCompressed(part);
    const at = bytes - pendingBytes;
    pending = [];
    pendingBytes = 0;
    if (inFlight.size >= PARTS_IN_FLIGHT) await Promise.race(inFlight);
    const saving = quiet(savePart(uploadId, n++, at, part, gzipped));
    inFlight.add(saving);
    // A part that fails stays in the set, so that the next wait meets the error.
    void saving.then(
      () => inFlight.delete(saving),
      () => undefined,
    );
  }

  try {
    for await (const chunk of source) {
      hash.update(chunk);
      bytes += chunk.length;
      if (bytes > limitBytes) {
        throw new AppError(
          'too_large',
          `The upload is larger than the ${limitBytes} bytes this server takes.`,
          { limitBytes },
        );
      }
      pending.push(chunk);
      pendingBytes += chunk.length;
      if (pendingBytes >= PART_BYTES) await flush();
    }
    if (pendingBytes > 0) await flush();
  } finally {
    await Promise.allSettled(inFlight);
  }
  await Promise.all(inFlight);
  if (bytes === 0) throw new AppError('bad_input', 'The upload is empty: no bytes arrived.');
  await pool().query('UPDATE uploads SET bytes = $2, touched_at = now() WHERE id = $1', [uploadId, bytes]);
  return { uploadId, sha256: hash.digest('hex'), bytes };
}

async function savePart(
  uploadId: string,
  n: number,
  at: number,
  part: Buffer,
  gzipped: boolean,
): Promise<void> {
  const bytes = gzipped ? await compress(part, { level: GZIP_LEVEL }) : part;
  await pool().query({
    name: 'save_part',
    text: `WITH touched AS (UPDATE uploads SET touched_at = now() WHERE id = $1)
      INSERT INTO upload_parts (upload_id, n, at, length, gzipped, bytes) VALUES ($1, $2, $3, $4, $5, $6)`,
    values: [uploadId, n, at, part.length, gzipped, bytes],
  });
}

/** Whether bytes begin as gzip, zip, zstd, bzip2, xz or 7z do: compressing them again would only cost. */
function isCompressed(head: Buffer): boolean {
  return MAGICS.some((magic) => head.subarray(0, magic.length).equals(magic));
}

const MAGICS = ['1f8b', '504b0304', '504b0506', '28b52ffd', '425a68', 'fd377a585a00', '377abcaf271c'].map(
  (hex) => Buffer.from(hex, 'hex'),
);

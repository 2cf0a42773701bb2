import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { AppError } from '../base/appError';
import { type FallibleBytes, inflate, type UnpackBudget } from './inflate';
import { UNPACK_LIMITS, type UnpackLimits } from './limits';
import { isGzip, isZip } from './magic';
import { counted, type Member } from './member';
import type { UploadProgress } from './upload';
import { openZip } from './zip';

/** The members of an upload, and how much of it has been consumed. */
export type OpenUpload = {
  readonly members: AsyncGenerator<Member, void, undefined>;
  readonly progress: () => UploadProgress;
};

const BLOCK = 1024 * 1024;

/**
 * Opens a file on disk and tells its container by content: ZIP (of several, gzip within it is unpacked),
 * gzip, or the plain file. tar, Zstandard and others come out as they are; detection then names them.
 * Throws AppError bad_input if the path cannot be read or is a directory.
 */
export async function openUpload(
  path: string,
  name: string,
  limits: UnpackLimits = UNPACK_LIMITS,
): Promise<OpenUpload> {
  const bytesTotal = await sizeOf(path, name);
  const budget: UnpackBudget = { used: 0, limits };
  const consumed = { bytes: 0 };
  const progress = (): UploadProgress => ({ bytesRead: Math.min(consumed.bytes, bytesTotal), bytesTotal });
  const head = await firstBytes(path);
  if (isZip(head)) return { members: openZip(path, name, budget, consumed), progress };
  async function* one(): AsyncGenerator<Member, void, undefined> {
    const bytes = counted(createReadStream(path, { highWaterMark: BLOCK }), consumed);
    yield isGzip(head) ? { name, ...inflate(bytes, 'gzip', budget) } : { name, ...plain(bytes) };
  }
  return { members: one(), progress };
}

function plain(source: AsyncIterable<Uint8Array>): FallibleBytes {
  let problem: string | null = null;
  async function* read(): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      yield* source;
    } catch (error) {
      problem = `could not be read to its end: ${error instanceof Error ? error.message : String(error)}`;
    }
  }
  return { bytes: read(), problem: () => problem };
}

async function sizeOf(path: string, name: string): Promise<number> {
  try {
    const found = await stat(path);
    if (found.isDirectory())
      throw new AppError('bad_input', `${name} is a directory; name the files in it`, { name });
    return found.size;
  } catch (error) {
    if (error instanceof AppError) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    throw new AppError(
      'bad_input',
      code === 'ENOENT' ? `${name} does not exist` : `${name} cannot be read (${code})`,
      { name },
    );
  }
}

async function firstBytes(path: string): Promise<Uint8Array> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    throw new AppError('bad_input', `${path} cannot be read (${error.code})`, { name: path });
  });
  try {
    const buffer = new Uint8Array(8);
    const { bytesRead } = await file.read(buffer, 0, 8, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

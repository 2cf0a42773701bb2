import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { AppError } from '../base/appError';
import { createBudget } from './budget';
import { type Opening, openContent } from './content';
import { UNPACK_LIMITS, type UnpackLimits } from './limits';
import { isZip } from './magic';
import { counted, type Member, plain } from './member';
import type { UploadProgress } from './upload';
import { openZip } from './zip';

/** The members of an upload, and how much of it has been consumed. */
export type OpenUpload = {
  readonly members: AsyncGenerator<Member, void, undefined>;
  readonly progress: () => UploadProgress;
};

const BLOCK = 1024 * 1024;

/**
 * Opens a file on disk and tells its container by content: ZIP, tar, gzip, Zstandard, each within the other, or the
 * plain file. An archive within an archive has its files named `upload.zip/inner.zip/file`. Encrypted members are
 * opened only with the password given. Throws AppError bad_input if the path cannot be read or is a directory.
 */
export async function openUpload(
  path: string,
  name: string,
  options: { readonly limits?: UnpackLimits; readonly password?: string } = {},
): Promise<OpenUpload> {
  const { limits = UNPACK_LIMITS, password } = options;
  const bytesTotal = await sizeOf(path, name);
  const opening: Opening = {
    budget: createBudget(limits, bytesTotal),
    ...(password === undefined ? {} : { password }),
  };
  const consumed = { bytes: 0 };
  const progress = (): UploadProgress => ({ bytesRead: Math.min(consumed.bytes, bytesTotal), bytesTotal });
  const zipped = isZip(await firstBytes(path));
  async function* members(): AsyncGenerator<Member, void, undefined> {
    if (zipped) {
      const entries = openZip({ path, name, fault: null }, opening, consumed);
      for await (const entry of entries) yield* openContent(entry, 1, opening);
    } else {
      const bytes = counted(createReadStream(path, { highWaterMark: BLOCK }), consumed);
      yield* openContent({ name, needsPassword: false, ...plain(bytes) }, 0, opening);
    }
  }
  return { members: members(), progress };
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

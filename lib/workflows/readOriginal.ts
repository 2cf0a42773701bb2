import { AppError } from '../base/appError';
import { loadImport } from '../storage/imports';
import { uploadBytes } from '../storage/uploads';

export type Original = {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly content: AsyncGenerator<Uint8Array, void, undefined>;
};

/** The bytes of an import exactly as they were sent, streamed. Throws `not_found`. */
export async function readOriginal(importId: number): Promise<Original> {
  const found = await loadImport(importId);
  if (found === undefined) throw new AppError('not_found', `There is no import ${importId}.`);
  return { name: found.name, bytes: found.bytes, sha256: found.sha256, content: uploadBytes(found.uploadId) };
}

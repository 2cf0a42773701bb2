import type { UploadOptions, UploadStep } from './upload';

/**
 * Reads an upload on disk to its end: unpacks it, recognises each member's format, decodes and normalises
 * every record. Does not remove duplicates, give ids or set the clock (events/identify.ts does).
 */
export async function* readUpload(_path: string, _options: UploadOptions): AsyncGenerator<UploadStep, void, undefined> {
  yield* [];
  throw new Error('not built yet');
}

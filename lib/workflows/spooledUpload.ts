import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import { limitsFromEnvironment } from '../containers/limits';
import { readUpload } from '../containers/readUpload';
import type { UploadStep } from '../containers/upload';
import { loadPassword, type StoredImport } from '../storage/imports';
import { spoolUpload } from '../storage/uploads';
import { loadMappingFormats } from './mappingFormats';
import { openSpool, type Spool } from './spool';

export type ParseOptions = {
  /** Folder for the unpacked copy of an upload while it is read. */
  readonly spoolDir: string;
  /** Aborts between batches, for an orderly shutdown. */
  readonly signal?: AbortSignal;
  /** What its copy is called after where it is not the import that is read (`sigma-12`): see sweepSpool. */
  readonly copyName?: string;
};

/**
 * Puts an import's upload on disk for as long as `work` runs, and hands it the steps of reading it as a
 * person chose: formats and password are those stored with the import.
 */
export async function withSpooledUpload<Result>(
  thisImport: StoredImport,
  options: ParseOptions,
  work: (steps: AsyncIterable<UploadStep>, spool: Spool) => Promise<Result>,
): Promise<Result> {
  await mkdir(options.spoolDir, { recursive: true });
  const folder = await mkdtemp(
    path.join(options.spoolDir, `${options.copyName ?? `import-${thisImport.id}`}-`),
  );
  try {
    const file = path.join(folder, 'upload');
    await spoolUpload(thisImport.uploadId, file);
    const spool = await openSpool(file);
    try {
      const password = await loadPassword(thisImport.id);
      const steps = readUpload(file, {
        name: thisImport.name,
        format: thisImport.requestedFormat,
        memberFormats: thisImport.memberFormats,
        formats: await loadMappingFormats(),
        limits: limitsFromEnvironment(process.env),
        ...(password === undefined ? {} : { password }),
      });
      return await work(steps, spool);
    } finally {
      await spool.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

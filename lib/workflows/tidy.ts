import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { freeDeadWorkers, takeExhaustedJobs } from '../storage/queue';
import { sweepUploads } from '../storage/uploads';
import { giveUpHost } from './correlateHostGroup';
import { giveUpImport } from './runImport';

/** An upload that has not grown for this long belongs to a connection that is gone. */
const IDLE_UPLOAD_MINUTES = 60;
const OLD_SPOOL_MS = 24 * 60 * 60 * 1000;

export type Tidied = { readonly uploads: number; readonly workers: number; readonly jobs: number };

/**
 * Cleans up after what was killed: bytes without an import, jobs held by dead workers, jobs that killed
 * every worker that took them. Safe to run at any time, from any number of workers.
 */
export async function tidy(): Promise<Tidied> {
  const workers = await freeDeadWorkers();
  const exhausted = await takeExhaustedJobs();
  for (const key of exhausted) {
    const [kind, id] = key.split(':');
    const error = new Error('every worker that took it was ended from outside');
    if (kind === 'import') await giveUpImport(Number(id), error);
    if (kind === 'host') await giveUpHost(Number(id), error);
  }
  return { uploads: await sweepUploads(IDLE_UPLOAD_MINUTES), workers, jobs: exhausted.length };
}

/** Removes unpacked copies that a killed worker left in this machine's spool folder. */
export async function sweepSpool(spoolDir: string, now: number): Promise<void> {
  const names = await readdir(spoolDir).catch(() => [] as string[]);
  for (const name of names) {
    const folder = path.join(spoolDir, name);
    const found = await stat(folder).catch(() => undefined);
    if (found !== undefined && now - found.mtimeMs > OLD_SPOOL_MS)
      await rm(folder, { recursive: true, force: true });
  }
}

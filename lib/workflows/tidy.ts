import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { requeueDeletions } from '../storage/importChanges';
import { parsingImports } from '../storage/imports';
import { exhaustedJobs, freeDeadWorkers, removeExhaustedJob } from '../storage/queue';
import { sweepRules } from '../storage/sigma/rules';
import { sigmaInWork } from '../storage/sigma/runsProgress';
import { sweepUploads } from '../storage/uploads';
import { giveUpHost } from './correlateHostGroup';
import { giveUpDelivery } from './deliverMessage';
import { giveUpBacktest } from './runBacktest';
import { giveUpImport } from './runImport';
import { abandonMatch } from './sigma/matchImport';
import { giveUpSigmaBacktest } from './sigma/runBacktest';
import { giveUpValidation } from './validation/runValidation';

/** An upload that has not grown for this long belongs to a connection that is gone. */
const IDLE_UPLOAD_MINUTES = 60;

export type Tidied = { readonly uploads: number; readonly workers: number; readonly jobs: number };

/**
 * Cleans up after what was killed: bytes without an import, jobs held by dead workers, jobs that killed
 * every worker that took them. Safe to run at any time, from any number of workers.
 */
export async function tidy(): Promise<Tidied> {
  const workers = await freeDeadWorkers();
  const jobs = await giveUpExhausted();
  await requeueDeletions();
  // Hits of a set that was removed named its rules until their run was made anew.
  await sweepRules();
  return { uploads: await sweepUploads(IDLE_UPLOAD_MINUTES), workers, jobs };
}

/** Gives up what no worker could do; returns of how many jobs. */
async function giveUpExhausted(): Promise<number> {
  let removed = 0;
  for (const key of await exhaustedJobs()) {
    const [kind, id] = key.split(':');
    const error = new Error('every worker that took it was ended from outside');
    if (kind === 'import') await giveUpImport(Number(id), error);
    if (kind === 'host') await giveUpHost(Number(id), error);
    if (kind === 'backtest') await giveUpBacktest(Number(id), error);
    if (kind === 'validation') await giveUpValidation(Number(id), error);
    if (kind === 'sigma' && id !== 'correlate') await abandonMatch(Number(id), error);
    if (kind === 'sigma_backtest') await giveUpSigmaBacktest(Number(id), error);
    if (kind === 'delivery') await giveUpDelivery(Number(id), error);
    // Only now: whoever is killed before this leaves the job to the next one, and giving up twice does no harm.
    if (await removeExhaustedJob(key)) removed++;
  }
  return removed;
}

/**
 * Removes unpacked copies that killed workers left in this machine's spool folder: those of imports that are
 * not being parsed any more, and of passes and back-tests of Sigma's rules that are over.
 */
export async function sweepSpool(spoolDir: string): Promise<void> {
  const names = await readdir(spoolDir).catch(() => [] as string[]);
  if (names.length === 0) return;
  // Listed before the states are read: a copy made in between belongs to an import that is still parsing.
  const inWork = { import: await parsingImports(), ...(await sigmaInWork()) };
  for (const name of names) {
    const [, kind, id] = /^(import|sigma|sigma_backtest)-(\d+)-/.exec(name) ?? [];
    if (kind === undefined || inWork[kind as keyof typeof inWork].has(Number(id))) continue;
    await rm(path.join(spoolDir, name), { recursive: true, force: true });
  }
}

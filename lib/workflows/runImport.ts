import { AppError } from '../base/appError';
import { regroupHosts } from '../storage/hosts';
import {
  abandonImport,
  failImport,
  finishImports,
  loadImportForWork,
  loadMembers,
  type StoredImport,
  startCorrelating,
} from '../storage/imports';
import { LOCK_CLASS, whileLocked } from '../storage/locks';
import { clearImport } from './clearImport';
import { parseImport } from './parseImport';
import { rereadQuarantine } from './rereadQuarantine';
import { giveUpMatchOfImport, matchWithImport } from './sigma/matchImport';
import type { ParseOptions } from './spooledUpload';

/** `tellSigma` is told why Sigma's rules could not be run over an import: that does not fail it. */
export type RunOptions = ParseOptions & { readonly tellSigma?: (error: unknown) => void };

/**
 * The work of one import: take out what is to be taken out, parse what is not parsed yet, try Sigma's rules on it,
 * decide which names are one host, queue correlation of every host that changed. Runs again from the last committed batch
 * whatever stopped it, and twice does no harm. What the upload itself is to blame for ends the import in
 * words; anything else is thrown, so that the queue tries again.
 *
 * One import is worked on by one worker at a time: a second job of it waits, then finds what is left to do.
 */
export async function runImport(importId: number, options: RunOptions): Promise<void> {
  await whileLocked(LOCK_CLASS.importWork, importId, () => workOnImport(importId, options), options.signal);
}

async function workOnImport(importId: number, options: RunOptions): Promise<void> {
  const thisImport = await clearedImport(importId, options);
  if (thisImport === undefined || thisImport.state === 'done' || thisImport.state === 'failed') return;
  if (thisImport.state === 'parsing') {
    try {
      await readImportUpload(thisImport, options);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      // What was stored before the trouble is evidence like any other.
      if (await hasEvents(importId)) await matchWithImport(thisImport, options, options.tellSigma);
      await failImport(importId, thisImport.reading, { message: error.message, detail: detailOf(error) });
      await regroupHosts();
      return;
    }
    // While a password is still there, and before its hosts are scored.
    await matchWithImport(thisImport, options, options.tellSigma);
  }
  await regroupHosts();
  await startCorrelating(importId, thisImport.reading);
  await finishImports();
}

/** Words for an import that could not be finished after all attempts. */
export async function giveUpImport(importId: number, error: unknown): Promise<void> {
  await abandonImport(importId, {
    message:
      'The import stopped on an internal error and several attempts did not help. What was read until then is stored; import the file again to go on.',
    detail: error instanceof Error ? error.message : String(error),
  });
  await giveUpMatchOfImport(importId, error);
}

async function hasEvents(importId: number): Promise<boolean> {
  return ((await loadImportForWork(importId))?.events ?? 0) > 0;
}

/** The import as it stands once nothing is left to take out; undefined when it is no more. */
async function clearedImport(importId: number, options: ParseOptions): Promise<StoredImport | undefined> {
  const found = await loadImportForWork(importId);
  if (found === undefined || found.clearing === null) return found;
  await clearImport(found, options.signal);
  const cleared = await loadImportForWork(importId);
  // Another change was asked for meanwhile: the job it queued does the rest.
  return cleared?.reading === found.reading ? cleared : undefined;
}

async function readImportUpload(thisImport: StoredImport, options: ParseOptions): Promise<void> {
  if (thisImport.scope === 'quarantined') return rereadQuarantine(thisImport, options);
  await parseImport(thisImport, options);
  await refuseIfNothingWasRead(thisImport);
}

async function refuseIfNothingWasRead({ id, name }: StoredImport): Promise<void> {
  const members = await loadMembers(id);
  if (members.some((member) => member.read > 0)) return;
  if (members.some((member) => member.needsPassword)) {
    throw new AppError(
      'bad_input',
      `${name} is encrypted and was not opened. Give its password and read it again; no password is tried unless you give it.`,
    );
  }
  const problem = members.find((member) => member.problem !== null)?.problem;
  if (problem != null) throw new AppError('unknown_format', problem);
}

function detailOf(error: AppError): string | null {
  return Object.keys(error.details).length === 0 ? null : JSON.stringify(error.details);
}

import { AppError } from '../../base/appError';
import { transaction } from '../../storage/client';
import { ImportTakenOver } from '../../storage/importBatches';
import { loadImportForWork, type StoredImport } from '../../storage/imports';
import { LOCK_CLASS, whileLocked } from '../../storage/locks';
import {
  failSigmaRun,
  loadSigmaRun,
  type RowsInForce,
  removeOtherRuns,
  removeSigmaRun,
} from '../../storage/sigma/runs';
import { postponeSigmaPass } from '../../storage/sigma/runsQueue';
import type { ParseOptions } from '../spooledUpload';
import { type ActiveRules, readActiveRules } from './activeRules';
import { passOver } from './matchImportPass';

/** An import that is still being read is looked at again after this; its own job runs the rules that are in force then. */
const LATER_MS = 15_000;

/**
 * Runs the rules in force over one import, unless just these were; takes its hits out where none is in force. Waits for
 * whoever works on the import. An upload that cannot be read ends the run in words; anything else is thrown, so that the
 * queue tries again.
 */
export async function matchImport(importId: number, options: ParseOptions): Promise<void> {
  const found = await loadImportForWork(importId);
  if (found?.state === 'parsing' && found.clearing === null) return later(importId);
  await whileLocked(LOCK_CLASS.importWork, importId, () => match(importId, options), options.signal);
}

async function match(importId: number, options: ParseOptions): Promise<void> {
  const thisImport = await loadImportForWork(importId);
  // Being cleared: its own job takes the hits out with all else, and reads it again if that was asked.
  if (thisImport === undefined || thisImport.clearing !== null) return;
  if (thisImport.state === 'parsing') return later(importId);
  const active = await readActiveRules();
  if (active.rules.length === 0 || nothingRead(thisImport)) return removeSigmaRun(importId);
  const run = await loadSigmaRun(importId);
  if (run?.state === 'done' && run.catalogue === active.digest) return removeOtherRuns(importId, run.run);
  // Given up: tried again when somebody asks.
  if (run?.state === 'failed') return;
  try {
    await passOver(thisImport, active, {
      ...options,
      queueHosts: true,
      copyName: `sigma-${importId}`,
    });
  } catch (error) {
    if (error instanceof ImportTakenOver) await later(importId);
    if (!(error instanceof AppError)) throw error;
    await failSigmaRun(importId, error.message, rowsOf(active));
  }
}

/**
 * The same as part of an import that was just parsed, whose password is still there; its hosts are queued by the
 * import. Nothing of it fails the import: the run ends in words, and `tell` is told the error. Only what takes the
 * import from this worker, or stops it, is thrown.
 */
export async function matchWithImport(
  thisImport: StoredImport,
  options: ParseOptions,
  tell: (error: unknown) => void = () => undefined,
): Promise<void> {
  try {
    const active = await readActiveRules();
    if (active.rules.length === 0) return;
    await passOver(thisImport, active, { ...options, queueHosts: false });
  } catch (error) {
    // What came between may not read the import again: a reading of its quarantine that was cancelled.
    if (error instanceof ImportTakenOver) await later(thisImport.id);
    if (error instanceof ImportTakenOver || options.signal?.aborted === true) throw error;
    tell(error);
    await failSigmaRun(thisImport.id, wordsOf(error));
  }
}

/** Words for a pass that all attempts failed at. */
export async function giveUpMatch(importId: number, error: unknown): Promise<void> {
  await failSigmaRun(importId, wordsOf(error));
}

function wordsOf(error: unknown): string {
  if (error instanceof AppError) return error.message;
  return `The rules could not be run over it: ${error instanceof Error ? error.message : String(error)}`;
}

async function later(importId: number): Promise<void> {
  await transaction((connection) => postponeSigmaPass(connection, importId, new Date(Date.now() + LATER_MS)));
}

/** Cancelled, or nothing of it could be read. */
function nothingRead({ state, events }: StoredImport): boolean {
  return state === 'failed' && events === 0;
}

function rowsOf({ rules, idOf, silent }: ActiveRules): RowsInForce {
  return { rules: rules.map(idOf), silent: [...silent] };
}

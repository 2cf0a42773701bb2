import { AppError } from '../../base/appError';
import { transaction } from '../../storage/client';
import { regroupHosts } from '../../storage/hosts';
import { ImportTakenOver } from '../../storage/importBatches';
import { loadImportForWork, type StoredImport } from '../../storage/imports';
import { LOCK_CLASS, whileLocked } from '../../storage/locks';
import { isPassing, retried } from '../../storage/retried';
import {
  abandonSigmaRun,
  failSigmaRun,
  loadSigmaRun,
  type RowsInForce,
  removeOtherRuns,
  removeSigmaRun,
  SigmaRunDropped,
} from '../../storage/sigma/runs';
import { lockSigma } from '../../storage/sigma/runsLock';
import { askSigmaPass, postponeSigmaPass } from '../../storage/sigma/runsQueue';
import type { ParseOptions } from '../spooledUpload';
import { type ActiveRules, activeDigest, readActiveRules } from './activeRules';
import { judgeAgain } from './judgeAgain';
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
  const rowsGone = { also: isRowGone, signal: options.signal };
  await retried(async () => matchRules(thisImport, await readActiveRules(), options), rowsGone);
  // Records that became no event name hosts too, for as long as rules look at them.
  await regroupHosts();
}

async function matchRules(
  thisImport: StoredImport,
  active: ActiveRules,
  options: ParseOptions,
): Promise<void> {
  const { id } = thisImport;
  if (active.rules.length === 0 || nothingRead(thisImport)) return removeSigmaRun(id);
  const run = await loadSigmaRun(id);
  if (run?.catalogue === active.digest) {
    if (run.state === 'done') return removeOtherRuns(id, run.run);
    // Given up with just these rules: tried again when somebody asks.
    if (run.state === 'failed') return;
  }
  try {
    await passOver(thisImport, active, { ...options, queueHosts: true, copyName: `sigma-${id}` });
    await judgeAgain(id);
  } catch (error) {
    // Whoever dropped the run asked for a pass that takes out what is left of it.
    if (error instanceof SigmaRunDropped) return;
    if (error instanceof ImportTakenOver) await later(id);
    if (!(error instanceof AppError)) throw error;
    await failSigmaRun(id, error.message, rowsOf(active));
  }
}

/** Passes in place of one import, for rules that change meanwhile while a password is there, and for errors that pass. */
const ROUNDS = 3;

/**
 * The same as part of an import that was just parsed, whose password is still there; its hosts are queued by the
 * import. Nothing of it fails the import: the run ends in words, or waits for a pass of its own where the trouble is
 * likely to pass; `tell` is told the error. Only what takes the import from this worker, or stops it, is thrown.
 */
export async function matchWithImport(
  thisImport: StoredImport,
  options: ParseOptions,
  tell: (error: unknown) => void = () => undefined,
): Promise<void> {
  for (let round = 1; ; round++) {
    let digest = '';
    try {
      digest = await passInPlace(thisImport, options);
    } catch (error) {
      // What came between may not read the import again: a reading of its quarantine that was cancelled.
      if (error instanceof ImportTakenOver) await later(thisImport.id);
      if (error instanceof ImportTakenOver || options.signal?.aborted === true) throw error;
      tell(error);
      if (isPassing(error) && !thisImport.encrypted) return later(thisImport.id);
      return failSigmaRun(thisImport.id, wordsOf(error));
    }
    const again = thisImport.encrypted && round < ROUNDS;
    if (!(await othersCame(thisImport.id, digest, !again)) || !again) return;
  }
}

/** Runs the rules in force, if there are any; returns their digest. */
function passInPlace(thisImport: StoredImport, options: ParseOptions): Promise<string> {
  const rowsGone = { also: isRowGone, signal: options.signal };
  return retried(async () => {
    const active = await readActiveRules();
    try {
      if (active.rules.length > 0) await passOver(thisImport, active, { ...options, queueHosts: false });
    } catch (error) {
      // Nobody took the import: it goes on without.
      if (!(error instanceof SigmaRunDropped)) throw error;
    }
    return active.digest;
  }, rowsGone);
}

/**
 * Whether other rules are in force than those an import was just read with; a pass is queued then if asked. A set that
 * is being switched on did not see an import that came in meanwhile, nor did that see the set: one waits for the other
 * here.
 */
async function othersCame(importId: number, digest: string, queue: boolean): Promise<boolean> {
  return transaction(async (connection) => {
    await lockSigma(connection);
    const now = await activeDigest(connection);
    if (now === digest) return false;
    if (queue) await askSigmaPass(connection, importId, now !== '');
    return true;
  });
}

/** Words for a pass that all attempts failed at. One that was asked for meanwhile goes on waiting. */
export async function giveUpMatch(importId: number, error: unknown): Promise<void> {
  await failSigmaRun(importId, wordsOf(error));
}

/** Words for a pass whose job is gone. */
export async function abandonMatch(importId: number, error: unknown): Promise<void> {
  await abandonSigmaRun(importId, wordsOf(error));
}

/** Ends the pass of an import that was given up; what was read of one that came to none is tried in a job of its own. */
export async function giveUpMatchOfImport(importId: number, error: unknown): Promise<void> {
  await giveUpMatch(importId, error);
  if ((await loadSigmaRun(importId)) === undefined) await othersCame(importId, '', true);
}

function wordsOf(error: unknown): string {
  if (error instanceof AppError) return error.message;
  return `The rules could not be run over it: ${error instanceof Error ? error.message : String(error)}`;
}

/** A rule's text was forgotten while it was being run: a new attempt knows the rules that are there. */
function isRowGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23503';
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

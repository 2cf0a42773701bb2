import { AppError } from '../../base/appError';
import type { SigmaBacktestView } from '../../contracts/sigmaBacktests';
import { createEngine } from '../../sigma/engine/engine';
import { createFieldWatch } from '../../sigma/sources/fieldWatch';
import { canonicalByName } from '../../storage/hosts';
import { loadImportForWork, loadPassword } from '../../storage/imports';
import {
  advanceSigmaBacktest,
  beginSigmaBacktest,
  endSigmaBacktest,
  importsToTry,
} from '../../storage/sigma/backtests';
import { loadTruePositives } from '../../storage/sigma/hitsTruePositive';
import { type ParseOptions, withSpooledUpload } from '../spooledUpload';
import { compileTexts } from './backtests';
import { matchRecords } from './matchImportRecords';
import { createBacktestTally } from './runBacktestTally';

/** It says this often how far it is, and looks whether it is still wanted. */
const TELL_MS = 1_000;

/** Thrown to leave the middle of an upload when somebody cancelled. */
class Cancelled extends Error {}

/**
 * Tries rules on stored records of imports, one after the other, and keeps no hit. Ends quietly when it was cancelled;
 * after a killed worker it starts from the beginning. An import that cannot be read, or whose password is not kept, is
 * left out and told. Memory is that of the counts.
 */
export async function runSigmaBacktest(id: number, options: ParseOptions): Promise<void> {
  const backtest = await beginSigmaBacktest(id);
  if (backtest === undefined) return;
  try {
    await tryRules(id, backtest.rules, await importsToTry(backtest.importIds), {
      ...options,
      copyName: `sigma_backtest-${id}`,
    });
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error;
  }
}

/** Ends a back-test that all attempts failed at. */
export async function giveUpSigmaBacktest(id: number, error: unknown): Promise<void> {
  await endSigmaBacktest(id, {
    state: 'failed',
    error: `It could not be run: ${error instanceof Error ? error.message : String(error)}`,
  });
}

async function tryRules(
  id: number,
  texts: readonly { readonly path: string; readonly text: string }[],
  importIds: readonly number[],
  options: ParseOptions,
): Promise<void> {
  const { rules, refused, correlations } = await compileTexts(texts);
  const engine = createEngine(rules);
  const watch = createFieldWatch(rules);
  const tally = createBacktestTally(rules, await canonicalByName(), await loadTruePositives());
  const leftOut: string[] = [];
  let records = 0;
  for (const [imports, importId] of importIds.entries()) {
    let told = performance.now();
    const tell = async (sofar: number): Promise<void> => {
      options.signal?.throwIfAborted();
      if (sofar > 0 && performance.now() - told < TELL_MS) return;
      told = performance.now();
      const wanted = await advanceSigmaBacktest(id, {
        imports,
        of: importIds.length,
        records: records + sofar,
      });
      if (!wanted) throw new Cancelled();
    };
    await tell(0);
    const tried = await readOne(importId, options, leftOut, (steps) =>
      matchRecords(steps, engine, {
        seen: watch.see,
        matched: (found) => {
          watch.hit(found.record);
          return tally.add(found);
        },
        piece: tell,
      }),
    );
    records += tried ?? 0;
  }
  const result: NonNullable<SigmaBacktestView['result']> = {
    ...{ records, imports: importIds.length - leftOut.length },
    refused: refused.slice(0, REFUSED_MAX).map((one) => ({ ...one })),
    rules: tally.rules(watch.seen()),
  };
  await endSigmaBacktest(id, { state: 'done', result, remark: remarkOf(leftOut, correlations) });
}

const REFUSED_MAX = 1_000;

/** Reads one import; undefined, and its name in `leftOut`, where it cannot be read. */
async function readOne(
  importId: number,
  options: ParseOptions,
  leftOut: string[],
  work: (steps: Parameters<Parameters<typeof withSpooledUpload>[2]>[0]) => Promise<number>,
): Promise<number | undefined> {
  const found = await loadImportForWork(importId);
  if (found === undefined || found.clearing !== null) {
    leftOut.push(`import ${importId} (gone meanwhile)`);
    return undefined;
  }
  if (found.encrypted && (await loadPassword(importId)) === undefined) {
    leftOut.push(`${found.name} (encrypted, and its password is not kept)`);
    return undefined;
  }
  try {
    return await withSpooledUpload(found, options, work);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    leftOut.push(`${found.name} (${error.message})`);
    return undefined;
  }
}

const NAMED_MAX = 5;

/** What a person should know of a back-test that is done; null where nothing. */
function remarkOf(leftOut: readonly string[], correlations: number): string | null {
  const more = leftOut.length > NAMED_MAX ? ` and ${leftOut.length - NAMED_MAX} more` : '';
  const parts = [
    ...(leftOut.length === 0 ? [] : [`Left out: ${leftOut.slice(0, NAMED_MAX).join(', ')}${more}.`]),
    ...(correlations === 0 ? [] : ['Correlation rules are not tried in a back-test.']),
  ];
  return parts.length === 0 ? null : parts.join(' ');
}

import { setImmediate as pause } from 'node:timers/promises';
import { AppError } from '../../base/appError';
import { type SigmaBacktestView, sigmaBacktest } from '../../contracts/sigmaBacktests';
import { compileRules } from '../../sigma/compileRules';
import { placeholdersOf } from '../../sigma/modifiers/placeholders';
import { parseSigma } from '../../sigma/parse/parseSigma';
import type { SigmaDocument, SigmaRefusal, SigmaRule } from '../../sigma/rule';
import { addAudit } from '../../storage/audit';
import { importsThatExist } from '../../storage/backtests';
import { transaction } from '../../storage/client';
import {
  addSigmaBacktest,
  endSigmaBacktest,
  loadSigmaBacktest,
  ruleTexts,
  setTexts,
} from '../../storage/sigma/backtests';
import { readCatalogue } from '../readCatalogue';

type RuleText = { readonly path: string; readonly text: string };

/** Rules of a back-test, compiled. */
export type TriedRules = {
  readonly rules: readonly SigmaRule[];
  readonly refused: readonly SigmaRefusal[];
  /** Correlations among them, which a back-test does not try. */
  readonly correlations: number;
};

/**
 * Queues a trial of rules on stored records, of some imports or of all. Throws `bad_request` where none of the texts
 * holds a rule that can be tried, `not_found` for a set, rule or import that there is not, `conflict` while another of
 * the person is not over.
 */
export async function askSigmaBacktest(
  body: {
    readonly files?: readonly RuleText[] | undefined;
    readonly set?: string | undefined;
    readonly rules?: readonly string[] | undefined;
    readonly imports: readonly string[];
  },
  by: string,
): Promise<SigmaBacktestView> {
  const rules = await textsOf(body);
  if (body.files !== undefined) await refuseUnusable(body.files);
  const importIds = await knownImports(body.imports);
  const id = await transaction(async (connection) => {
    const added = await addSigmaBacktest(connection, { askedBy: by, rules, importIds });
    if (added === undefined)
      throw new AppError('conflict', 'A back-test of yours is not over yet. Wait for it, or cancel it.');
    await addAudit(connection, {
      by,
      action: 'sigma.backtest_asked',
      subject: subjectOf(added),
      details: { set: body.set ?? null, files: rules.length, imports: importIds.length },
    });
    return added;
  });
  return readSigmaBacktest(String(id));
}

/** How a back-test goes, and what it found. Throws `not_found`. */
export async function readSigmaBacktest(id: string): Promise<SigmaBacktestView> {
  const { importIds: _imports, ...row } = await stored(id);
  return {
    ...row,
    id: String(row.id),
    askedAt: row.askedAt.toISOString(),
    // Results of another version are shown as none.
    result: sigmaBacktest.shape.result.safeParse(row.result).data ?? null,
  };
}

/** Stops a back-test; one that is over stays as it is. Throws `not_found`. */
export async function cancelSigmaBacktest(id: string, by: string): Promise<SigmaBacktestView> {
  const { id: known } = await stored(id);
  await transaction(async (connection) => {
    if (!(await endSigmaBacktest(known, { state: 'cancelled' }, connection))) return;
    await addAudit(connection, {
      by,
      action: 'sigma.backtest_cancelled',
      subject: subjectOf(known),
      details: {},
    });
  });
  return readSigmaBacktest(id);
}

/** Rules compiled before others get their turn. */
const AT_ONCE = 20;

/** Parses and compiles texts as a set of their own, with the values that our lists give placeholders. */
export async function compileTexts(texts: readonly RuleText[]): Promise<TriedRules> {
  const placeholders = placeholdersOf((await readCatalogue()).catalogue.lists);
  const documents: SigmaDocument[] = [];
  const refused: SigmaRefusal[] = [];
  for (const [i, { path, text }] of texts.entries()) {
    if (i % AT_ONCE === AT_ONCE - 1) await pause();
    const parsed = parseSigma(text, path, { placeholders });
    documents.push(...parsed.documents);
    refused.push(...parsed.refused);
  }
  const compiled = compileRules(documents);
  return {
    rules: compiled.rules,
    refused: [...refused, ...compiled.refused],
    correlations: compiled.correlations.length,
  };
}

/** Reasons a person is told of where nothing can be tried. */
const FIRST_REASONS = 5;

async function refuseUnusable(texts: readonly RuleText[]): Promise<void> {
  const { rules, refused } = await compileTexts(texts);
  if (rules.length > 0) return;
  const reasons = refused.slice(0, FIRST_REASONS).map((one) => `${one.path}:${one.line}: ${one.reason}`);
  throw new AppError(
    'bad_request',
    reasons.length === 0
      ? 'There is no detection rule in these texts to try.'
      : `None of these rules can be tried. ${reasons.join(' ')}`,
    { errors: refused.slice(0, FIRST_REASONS).map(({ path, reason }) => ({ path, message: reason })) },
  );
}

async function textsOf(body: {
  readonly files?: readonly RuleText[] | undefined;
  readonly set?: string | undefined;
  readonly rules?: readonly string[] | undefined;
}): Promise<readonly RuleText[]> {
  if (body.files !== undefined) return body.files;
  if (body.set !== undefined) {
    const texts = /^\d{1,9}$/.test(body.set) ? await setTexts(Number(body.set)) : undefined;
    if (texts === undefined)
      throw new AppError('not_found', `There is no set of Sigma rules ${body.set.slice(0, 40)}.`);
    return texts;
  }
  const ids = [...new Set(body.rules ?? [])];
  const texts = await ruleTexts(ids.map((id) => (/^\d{1,9}$/.test(id) ? Number(id) : -1)));
  if (texts.length < ids.length || texts.length === 0)
    throw new AppError('not_found', 'Some of these Sigma rules are gone.');
  return texts;
}

async function knownImports(given: readonly string[]): Promise<readonly number[]> {
  const ids = [...new Set(given)].map((id) => (/^\d{1,9}$/.test(id) ? Number(id) : -1));
  const known = await importsThatExist(ids);
  const missing = [...new Set(given)].find((_id, i) => !known.has(ids[i] ?? -1));
  if (missing !== undefined) throw new AppError('not_found', `There is no import ${missing.slice(0, 40)}.`);
  return ids.sort((a, b) => a - b);
}

async function stored(id: string) {
  const found = /^\d{1,9}$/.test(id) ? await loadSigmaBacktest(Number(id)) : undefined;
  if (found === undefined) throw new AppError('not_found', `There is no back-test ${id.slice(0, 40)}.`);
  return found;
}

/** Subject of the entries of a back-test of Sigma rules. */
function subjectOf(id: number): string {
  return `sigma-backtest:${id}`;
}

import type { Lists } from '../analytics/lists';
import { AppError } from '../base/appError';
import { type CompiledRules, compileRules } from '../sigma/compileRules';
import { placeholdersOf } from '../sigma/modifiers/placeholders';
import { parseSigma } from '../sigma/parse/parseSigma';
import type { SigmaDocument, SigmaRefusal, SigmaRule } from '../sigma/rule';
import { isForeign } from '../sigma/sources/logsource';
import { readRuleFiles } from './sigmaFiles';

/** Rules of Sigma that were given on the command line, compiled together. */
export type SigmaRules = Pick<CompiledRules, 'rules' | 'correlations' | 'filters'> & {
  /** Of `rules`: those about records that a format of ours reads. */
  readonly runs: readonly SigmaRule[];
  /** Files and documents that cannot be used, in order of path and line. */
  readonly refused: readonly SigmaRefusal[];
};

export type SigmaRulesOptions = {
  /** Values that placeholders of rules stand for, by their names. */
  readonly lists: Lists;
  /** Of an encrypted archive. */
  readonly password?: string | undefined;
};

/**
 * Reads and compiles the rules of folders, archives and files; a rule that is there twice counts once. Throws AppError
 * bad_input for what cannot be read, and where no rule of it can be used, with the first reason.
 */
export async function loadSigmaRules(
  given: readonly string[],
  { lists, password }: SigmaRulesOptions,
): Promise<SigmaRules> {
  const placeholders = placeholdersOf(lists);
  const documents: SigmaDocument[] = [];
  const refused: SigmaRefusal[] = [];
  for (const one of given) {
    const read = await readRuleFiles(one, password);
    const parsed = read.files.map(({ path, text }) => parseSigma(text, path, { placeholders }));
    const own = parsed.flatMap((file) => file.documents);
    const faults = [...read.refused, ...parsed.flatMap((file) => file.refused)];
    if (own.length === 0) throw nothingUsable(one, faults);
    documents.push(...own);
    refused.push(...faults);
  }
  const compiled = compileRules(documents);
  refused.push(...compiled.refused);
  const { rules, correlations, filters } = compiled;
  const runs = rules.filter(({ logsource }) => !isForeign(logsource));
  if (runs.length === 0)
    throw rules.length === 0
      ? nothingUsable(given.join(', '), refused)
      : new AppError(
          'bad_input',
          `${given.join(', ')}: none of its ${rules.length} rules is about records that can be read here`,
        );
  return { rules, correlations, filters, runs, refused: refused.sort(byPlace) };
}

function nothingUsable(given: string, refused: readonly SigmaRefusal[]): AppError {
  const [first] = refused;
  return new AppError(
    'bad_input',
    first === undefined
      ? `${given}: no Sigma rule in it (.yml, .yaml)`
      : `${given}: no Sigma rule of it can be used; ${first.path}:${first.line}:${first.column}: ${first.reason}`,
    { name: given },
  );
}

function byPlace(a: SigmaRefusal, b: SigmaRefusal): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line || a.column - b.column;
}

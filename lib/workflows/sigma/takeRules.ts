import { createHash } from 'node:crypto';
import { setImmediate as pause } from 'node:timers/promises';
import { AppError } from '../../base/appError';
import { uniqueName } from '../../containers/memberName';
import { compileRules } from '../../sigma/compileRules';
import { type Placeholders, placeholdersOf } from '../../sigma/modifiers/placeholders';
import { parseSigma } from '../../sigma/parse/parseSigma';
import type { SigmaDocument, SigmaRefusal } from '../../sigma/rule';
import { loadNamedRules, type RuleToKeep } from '../../storage/sigma/rules';
import { readCatalogue } from '../readCatalogue';
import { namesOf } from './choice';
import type { SentFiles } from './takeFiles';

/** What files of rules come to: what of them can be used, in the order of files and lines, and what cannot. */
export type TakenRules = {
  /** Files of rules among what was sent. */
  readonly files: number;
  readonly rules: readonly RuleToKeep[];
  readonly refused: readonly SigmaRefusal[];
  /** Over the hashes of its rules, in order. */
  readonly sha256: string;
};

/** Files read before others get their turn: some 20 ms of work. */
const AT_ONCE = 20;
/** Refusals that are kept and shown; the last one counts the rest. */
const REFUSED_MAX = 5_000;
/** Refusals a person is told of where nothing could be used. */
const FIRST_REASONS = 5;

/**
 * Reads, compiles and hashes rules; nothing is kept. `setId` is the set they are a new version of: what correlations
 * and filters name may also stand in any other. Throws `bad_request` where no document can be used, with the reasons.
 */
export async function takeRules(sent: SentFiles, setId?: number): Promise<TakenRules> {
  const { documents, refused } = await readDocuments(sent, setId);
  const rules = documents.map((document) => ({ document, sha256: sha256Of(document.yaml) }));
  if (rules.length === 0) throw nothingUsable(sent, refused);
  return {
    files: sent.files.length + sent.refused.length,
    rules,
    refused: firstOf(refused),
    sha256: sha256Of(rules.map(({ sha256 }) => sha256).join('\n')),
  };
}

/** Documents that can be used, and why others cannot, both in the order of files and lines. */
export async function readDocuments(
  sent: SentFiles,
  setId?: number,
): Promise<{ readonly documents: readonly SigmaDocument[]; readonly refused: readonly SigmaRefusal[] }> {
  const placeholders = placeholdersOf((await readCatalogue()).catalogue.lists);
  const documents: SigmaDocument[] = [];
  const refused: SigmaRefusal[] = [...sent.refused];
  const files = uniquePaths(sent.files).sort((a, b) => compare(a.path, b.path));
  for (const [i, { path, text }] of files.entries()) {
    if (i % AT_ONCE === AT_ONCE - 1) await pause();
    const parsed = parseSigma(text, path, { placeholders });
    documents.push(...parsed.documents);
    refused.push(...parsed.refused);
  }
  const others = await loadOthers(documents, setId, placeholders);
  const compiled = compileRules([...documents, ...others]);
  const unfit = compiled.refused.filter(({ path }) => !path.startsWith(ELSEWHERE));
  const unfitAt = new Set(unfit.map(({ path, line }) => `${line} ${path}`));
  return {
    documents: documents.filter(({ path, line }) => !unfitAt.has(`${line} ${path}`)),
    refused: [...refused, ...unfit].sort(byPlace),
  };
}

/** Begins the path of a document that stands in another set; no path that is sent begins with it. */
const ELSEWHERE = '\u0000';
/** Correlations of correlations of … in other sets that are looked up. */
const DEEP = 10;

/** Documents of other sets that these name, and that those name in turn. */
async function loadOthers(
  documents: readonly SigmaDocument[],
  setId: number | undefined,
  placeholders: Placeholders,
): Promise<readonly SigmaDocument[]> {
  const known = new Set(documents.flatMap(({ id, name = null }) => namesOf({ ruleId: id, name })));
  const others: SigmaDocument[] = [];
  let asking = documents.flatMap((document) => (document.kind === 'detection' ? [] : document.rules));
  for (let depth = 0; depth < DEEP; depth++) {
    const names = [...new Set(asking.map((name) => name.toLowerCase()))].filter((name) => !known.has(name));
    const found = await loadNamedRules(names, setId);
    if (found.length === 0) break;
    for (const name of found.flatMap(namesOf)) known.add(name);
    for (const { id, yaml } of found)
      others.push(...parseSigma(yaml, `${ELSEWHERE}${id}`, { placeholders }).documents);
    asking = found.flatMap((rule) => rule.names);
  }
  return others;
}

/** Two files of one path would be one place for a refusal. */
function uniquePaths(files: SentFiles['files']): { path: string; text: string }[] {
  const names = new Map<string, number>();
  return files.map(({ path, text }) => ({ path: uniqueName(names, path), text }));
}

function byPlace(a: SigmaRefusal, b: SigmaRefusal): number {
  return compare(a.path, b.path) || a.line - b.line || a.column - b.column;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function firstOf(refused: readonly SigmaRefusal[]): readonly SigmaRefusal[] {
  if (refused.length <= REFUSED_MAX) return refused;
  const rest = refused.slice(REFUSED_MAX - 1);
  const reason = `and ${rest.length} more documents from here on cannot be used`;
  return [
    ...refused.slice(0, REFUSED_MAX - 1),
    ...rest.slice(0, 1).map(({ path, line }) => ({ path, line, column: 1, reason })),
  ];
}

function nothingUsable(sent: SentFiles, refused: readonly SigmaRefusal[]): AppError {
  const all = [
    ...refused,
    ...sent.others.map((path) => ({ path, line: 1, column: 1, reason: 'not a rule file (.yml or .yaml)' })),
  ];
  const first = all.slice(0, FIRST_REASONS).map((one) => `${one.path}:${one.line}: ${one.reason}`);
  const more = all.length > first.length ? ` (and ${all.length - first.length} more)` : '';
  return new AppError(
    'bad_request',
    `No rule in it can be used; nothing was kept. ${first.join('; ')}${more}`,
    { refused: firstOf(all).slice(0, 100) },
  );
}

function sha256Of(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

import { createHash } from 'node:crypto';
import { setImmediate as pause } from 'node:timers/promises';
import type { Lists } from '../../analytics/lists';
import { type Placeholders, placeholdersOf } from '../../sigma/modifiers/placeholders';
import { parseSigma } from '../../sigma/parse/parseSigma';
import type { SigmaDocument, SigmaRefusal } from '../../sigma/rule';
import { databaseUrl } from '../../storage/client';
import { loadRuleTexts } from '../../storage/sigma/rules';
import { readCatalogue } from '../readCatalogue';

/** Where a stored rule stands. */
export type RulePlace = { readonly id: number; readonly path: string; readonly line: number };

/** A stored rule as it is parsed, or why it cannot be any more: a list that it needs is gone. */
export type ParsedRule = SigmaDocument | SigmaRefusal;

/** Documents kept in the process: a rule of the community is some 10 kB of them. The oldest go first. */
const KEPT = 8_000;
/** Rules parsed before others get their turn. */
const AT_ONCE = 20;

/** By database, environment and row of the text: neither the text of a row nor its meaning ever changes. */
const kept = new Map<string, ParsedRule>();
const digests = new WeakMap<Lists, string>();

/** Stored rules, parsed with the values that our environment's lists give placeholders; by the rows of their texts. */
export async function parsedRules(places: readonly RulePlace[]): Promise<ReadonlyMap<number, ParsedRule>> {
  const { lists } = (await readCatalogue()).catalogue;
  const placeholders = placeholdersOf(lists);
  const parsed = new Map<number, ParsedRule>();
  const missing: RulePlace[] = [];
  for (const place of places) {
    const known = kept.get(keyOf(place.id, lists));
    if (known === undefined) missing.push(place);
    else parsed.set(place.id, { ...known, path: place.path, line: place.line });
  }
  const texts = await loadRuleTexts(missing.map(({ id }) => id));
  for (const [i, place] of missing.entries()) {
    if (i % AT_ONCE === AT_ONCE - 1) await pause();
    const text = texts.get(place.id);
    if (text === undefined) continue;
    const rule = parseOne(text, place, placeholders);
    keep(keyOf(place.id, lists), rule);
    parsed.set(place.id, rule);
  }
  return parsed;
}

/** Keeps what taking rules in parsed already, by the rows of their texts, for whoever asks for it in this process. */
export async function keepParsed(rules: ReadonlyMap<number, SigmaDocument>): Promise<void> {
  const { lists } = (await readCatalogue()).catalogue;
  for (const [id, document] of rules) keep(keyOf(id, lists), document);
}

/** Whether a parsed rule can be used. */
export function isUsable(rule: ParsedRule | undefined): rule is SigmaDocument {
  return rule !== undefined && 'kind' in rule;
}

/** Differs whenever the lists do. */
export function digestOfLists(lists: Lists): string {
  const known = digests.get(lists);
  if (known !== undefined) return known;
  const digest = createHash('sha256')
    .update(JSON.stringify([...lists].map(([name, values]) => [name, ...values])))
    .digest('hex')
    .slice(0, 16);
  digests.set(lists, digest);
  return digest;
}

function keyOf(id: number, lists: Lists): string {
  return `${databaseUrl()} ${digestOfLists(lists)} ${id}`;
}

function parseOne(text: string, { path, line }: RulePlace, placeholders: Placeholders): ParsedRule {
  const { documents, refused } = parseSigma(text, path, { placeholders });
  const [found] = documents;
  if (found !== undefined) return { ...found, path, line };
  return { path, line, column: 1, reason: refused[0]?.reason ?? 'holds no rule' };
}

function keep(key: string, rule: ParsedRule): void {
  kept.set(key, rule);
  for (const oldest of kept.keys()) {
    if (kept.size <= KEPT) break;
    kept.delete(oldest);
  }
}

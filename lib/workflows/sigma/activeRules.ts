import { createHash } from 'node:crypto';
import type { Lists } from '../../analytics/lists';
import { compileRules } from '../../sigma/compileRules';
import type { SigmaCorrelation, SigmaFilter, SigmaRefusal, SigmaRule } from '../../sigma/rule';
import { type Connection, databaseUrl } from '../../storage/client';
import { anyExpands, loadEnabledMembers, type MemberRow } from '../../storage/sigma/rules';
import { enabledSetsStamp } from '../../storage/sigma/sets';
import { readCatalogue } from '../readCatalogue';
import { type InForce, rulesInForce } from './choice';
import { digestOfLists, isUsable, parsedRules } from './parsedRules';

/** The rules that run, compiled. */
export type ActiveRules = {
  /** Differs whenever other rules are in force, or the values of their placeholders differ; empty when none is. */
  readonly digest: string;
  /** With the filters that name them put in. */
  readonly rules: readonly SigmaRule[];
  readonly correlations: readonly SigmaCorrelation[];
  readonly filters: readonly SigmaFilter[];
  /** The row of a rule's text (sigma_rules.id), by the rule's own id. */
  readonly idOf: (rule: { readonly id: string }) => number;
  /** Rows of rules that run only because a correlation names them: nobody is told of their own hits. */
  readonly silent: ReadonlySet<number>;
  /** Rules that are in force and cannot run: what they name is in no set that is switched on, or a list is gone. */
  readonly refused: readonly SigmaRefusal[];
};

const NONE: ActiveRules = {
  digest: '',
  rules: [],
  correlations: [],
  filters: [],
  idOf: noRow,
  silent: new Set(),
  refused: [],
};

let known: { readonly key: string; readonly active: Promise<ActiveRules> } | undefined;

/**
 * The rules in force, compiled: those that the sets which are switched on choose, and those that correlations among
 * them need. Compiled again only when sets, choices or our lists have changed, which two short queries tell; one while
 * nothing is switched on.
 */
export async function readActiveRules(): Promise<ActiveRules> {
  const stamp = await enabledSetsStamp();
  if (stamp === '') return NONE;
  const { lists } = (await readCatalogue()).catalogue;
  const key = `${databaseUrl()} ${stamp} ${digestOfLists(lists)}`;
  if (known?.key !== key) known = { key, active: compileActive() };
  const { active } = known;
  active.catch(() => {
    if (known?.active === active) known = undefined;
  });
  return active;
}

/**
 * The digest of the rules in force, read by the caller's own connection; empty when none is. With lists that are about
 * to be saved instead of those in force, where given.
 */
export async function activeDigest(connection: Connection, lists?: Lists): Promise<string> {
  return digestOf(rulesInForce(await loadEnabledMembers(connection)), connection, lists);
}

async function compileActive(): Promise<ActiveRules> {
  const inForce = rulesInForce(await loadEnabledMembers());
  const places = inForce.map(({ rule }) => rule);
  const parsed = await parsedRules(places);
  const documents = places.flatMap(({ id }) => {
    const rule = parsed.get(id);
    return isUsable(rule) ? [rule] : [];
  });
  const unread = places.flatMap(({ id }) => {
    const rule = parsed.get(id);
    return rule === undefined || isUsable(rule) ? [] : [rule];
  });
  const { rules, correlations, filters, refused } = compileRules(documents);
  const rows = new Map(inForce.map(({ rule }) => [rule.ruleId, rule.id]));
  return {
    digest: await digestOf(inForce),
    ...{ rules, correlations, filters },
    idOf: ({ id }) => rows.get(id) ?? noRow({ id }),
    silent: new Set(inForce.flatMap(({ rule, silent }) => (silent ? [rule.id] : []))),
    refused: [...unread, ...refused],
  };
}

async function digestOf(
  inForce: readonly InForce<MemberRow>[],
  connection?: Connection,
  lists?: Lists,
): Promise<string> {
  if (inForce.length === 0) return '';
  const ids = inForce.map(({ rule, silent }) => `${rule.id}${silent ? ' silent' : ''}`).sort();
  const expands = await anyExpands(
    inForce.map(({ rule }) => rule.id),
    connection,
  );
  // Lists matter only where a placeholder stands for one: whoever changes another has no rule run again.
  if (expands) ids.push(digestOfLists(lists ?? (await readCatalogue()).catalogue.lists));
  return createHash('sha256').update(ids.join('\n')).digest('hex');
}

function noRow({ id }: { readonly id: string }): number {
  throw new Error(`no rule ${id} is in force`);
}

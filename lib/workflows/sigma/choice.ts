import type { SigmaChoice } from '../../contracts/sigmaSets';
import type { Logsource, SigmaDocument, SigmaLevel, SigmaStatus } from '../../sigma/rule';
import { logsourceText } from '../../sigma/sources/logsource';

/** What a choice looks at. */
export type Choosable = {
  readonly ruleId: string;
  readonly kind: SigmaDocument['kind'];
  readonly level: SigmaLevel;
  readonly status: SigmaStatus;
  readonly tags: readonly string[];
  readonly logsource: Logsource;
};

/**
 * Which rules a choice takes in: of its levels, its statuses, with one of its tags (a technique takes its
 * sub-techniques in) and of one of its log sources; no tags or no log sources mean whatever they are. `excluded` leaves
 * a rule out whatever else holds, `included` takes it in. Correlations have no log source, and are asked for none. A
 * filter belongs to its set and is left out only by name.
 */
export function createChooser(choice: SigmaChoice): (rule: Choosable) => boolean {
  const excluded = lowered(choice.excluded);
  const included = lowered(choice.included);
  const levels = new Set<string>(choice.levels);
  const statuses = new Set<string>(choice.statuses);
  const tags = [...lowered(choice.tags)];
  const logsources = lowered(choice.logsources);
  const hasTag = (rule: Choosable): boolean =>
    tags.length === 0 ||
    rule.tags.some((tag) => tags.some((wanted) => isTagWithin(tag.toLowerCase(), wanted)));
  return (rule) => {
    const id = rule.ruleId.toLowerCase();
    if (excluded.has(id)) return false;
    if (rule.kind === 'filter' || included.has(id)) return true;
    const hasLogsource =
      logsources.size === 0 ||
      rule.kind === 'correlation' ||
      logsources.has(logsourceText(rule.logsource).toLowerCase());
    return levels.has(rule.level) && statuses.has(rule.status) && hasLogsource && hasTag(rule);
  };
}

/** Whether a tag is the one wanted, or one beneath it: `attack.t1059.001` under `attack.t1059`. Both in lower case. */
export function isTagWithin(tag: string, wanted: string): boolean {
  return tag === wanted || tag.startsWith(`${wanted}.`);
}

function lowered(texts: readonly string[]): ReadonlySet<string> {
  return new Set(texts.map((text) => text.toLowerCase()));
}

/** A rule of a set that is switched on, as far as it matters which of them run. */
export type Candidate = {
  /** Of its text. */
  readonly id: number;
  readonly ruleId: string;
  readonly name: string | null;
  readonly kind: SigmaDocument['kind'];
  readonly names: readonly string[];
  readonly chosen: boolean;
};

/** A rule that runs; `silent`: only because a correlation names it, so that nobody is told of its own hits. */
export type InForce<Rule> = { readonly rule: Rule; readonly silent: boolean };

/**
 * Which rules of the sets that are switched on run: those chosen, and those that a chosen correlation needs, whatever
 * set holds them. Of two with one id the first runs, a chosen one before one that is not.
 */
export function rulesInForce<Rule extends Candidate>(candidates: readonly Rule[]): readonly InForce<Rule>[] {
  const first = new Map<string, Rule>();
  for (const rule of candidates) {
    const known = first.get(rule.ruleId);
    if (known === undefined || (rule.chosen && !known.chosen)) first.set(rule.ruleId, rule);
  }
  const rules = [...first.values()];
  const named = new Map<string, Rule[]>();
  for (const rule of rules)
    for (const key of namesOf(rule)) named.set(key, [...(named.get(key) ?? []), rule]);
  const needed = new Set<Rule>();
  const linking = rules.filter((rule) => rule.chosen);
  for (let rule = linking.pop(); rule !== undefined; rule = linking.pop()) {
    if (rule.kind !== 'correlation') continue;
    for (const found of rule.names.flatMap((name) => named.get(name.toLowerCase()) ?? [])) {
      if (found.kind === 'filter' || needed.has(found)) continue;
      needed.add(found);
      linking.push(found);
    }
  }
  return rules
    .filter((rule) => rule.chosen || needed.has(rule))
    .map((rule) => ({ rule, silent: !rule.chosen }));
}

/** What others may call a rule by, in lower case. */
export function namesOf({
  ruleId,
  name,
}: {
  readonly ruleId: string;
  readonly name: string | null;
}): readonly string[] {
  return name === null ? [ruleId.toLowerCase()] : [ruleId.toLowerCase(), name.toLowerCase()];
}

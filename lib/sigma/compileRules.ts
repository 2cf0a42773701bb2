import { REGEX_STEPS_MAX } from './modifiers/budget';
import { quoted } from './modifiers/fault';
import { fieldsOf, testsOf } from './parse/detection';
import type {
  Logsource,
  SigmaCorrelation,
  SigmaDocument,
  SigmaFilter,
  SigmaNode,
  SigmaRefusal,
  SigmaRule,
} from './rule';

/** Rules that belong together, ready to be matched and correlated. */
export type CompiledRules = {
  /** With the filters that concern them put in. */
  readonly rules: readonly SigmaRule[];
  readonly correlations: readonly SigmaCorrelation[];
  readonly filters: readonly SigmaFilter[];
  readonly refused: readonly SigmaRefusal[];
};

/** Characters of all values of a set, as they are looked for; SigmaHQ's rules come to some 10 million. */
const CHARACTERS_MAX = 50_000_000;

/**
 * Puts documents together in their order: filters into the rules they concern; a second document of one id is refused,
 * rules beyond what a set may come to, and a correlation that names a rule that is not here, goes in a circle, or hangs
 * on one that was refused. Correlations and filters name rules whatever the case.
 */
export function compileRules(documents: readonly SigmaDocument[]): CompiledRules {
  const refused: SigmaRefusal[] = [];
  const kept = withinBudget(withoutTwins(documents, refused), refused);
  const filters = kept.filter((one) => one.kind === 'filter');
  const rules = kept.filter((one) => one.kind === 'detection').map((rule) => filtered(rule, filters));
  const correlations = soundCorrelations(resolved(kept), rules, refused);
  return { rules, correlations, filters, refused };
}

function withoutTwins(
  documents: readonly SigmaDocument[],
  refused: SigmaRefusal[],
): readonly SigmaDocument[] {
  const first = new Map<string, SigmaDocument>();
  return documents.filter((document) => {
    const twin = first.get(document.id);
    if (twin === undefined) {
      first.set(document.id, document);
      return true;
    }
    refused.push(
      refusal(
        document,
        `the id ${quoted(document.id)} belongs to ${quoted(twin.title)} in ${twin.path}, line ${twin.line}, already; give this document an id of its own`,
      ),
    );
    return false;
  });
}

/** Documents are kept in their order for as long as there is room; what a rule takes is told by its tests. */
function withinBudget(
  documents: readonly SigmaDocument[],
  refused: SigmaRefusal[],
): readonly SigmaDocument[] {
  let [characters, regexSteps] = [0, 0];
  return documents.filter((document) => {
    if (document.kind === 'correlation') return true;
    const own = { characters: 0, regexSteps: 0 };
    for (const { size } of testsOf(document.condition)) {
      own.characters += size?.characters ?? 0;
      own.regexSteps += size?.regexSteps ?? 0;
    }
    const tooMuch =
      regexSteps + own.regexSteps > REGEX_STEPS_MAX
        ? `the regular expressions of all rules come to more than ${REGEX_STEPS_MAX.toLocaleString('en-US')} steps with this one`
        : characters + own.characters > CHARACTERS_MAX
          ? `the values of all rules come to more than ${CHARACTERS_MAX.toLocaleString('en-US')} characters with this one`
          : undefined;
    if (tooMuch !== undefined) {
      refused.push(refusal(document, `${tooMuch}; leave it out, or others`));
      return false;
    }
    characters += own.characters;
    regexSteps += own.regexSteps;
    return true;
  });
}

/** A rule with what its filters rule out taken away. */
function filtered(rule: SigmaRule, filters: readonly SigmaFilter[]): SigmaRule {
  const mine = filters.filter((filter) => concerns(filter, rule));
  if (mine.length === 0) return rule;
  const condition: SigmaNode = { op: 'all', of: [rule.condition, ...mine.map(keptBy)] };
  return { ...rule, condition, ...fieldsOf(condition) };
}

function concerns(filter: SigmaFilter, rule: SigmaRule): boolean {
  if (!covers(filter.logsource, rule.logsource)) return false;
  const { rules } = filter;
  const names = [rule.id, ...(rule.name === undefined ? [] : [rule.name])].map((name) => name.toLowerCase());
  return rules.length === 0 || rules.some((reference) => names.includes(reference.toLowerCase()));
}

/** Every part that a filter's log source names is the rule's. */
function covers(filter: Logsource, rule: Logsource): boolean {
  return (['product', 'category', 'service'] as const).every(
    (part) => filter[part] === undefined || filter[part] === rule[part],
  );
}

/**
 * What a filter leaves. Filters are written in two ways: pySigma's say what stays (`condition: not selection`), the
 * specification's example says what goes (`condition: selection`). As a filter is there "to suppress matches", a
 * condition that is made of nothing but `not` is what stays, any other is what goes.
 */
function keptBy(filter: SigmaFilter): SigmaNode {
  const kept: SigmaNode = onlyNegative(filter.condition)
    ? filter.condition
    : { op: 'not', of: filter.condition };
  return { op: 'part', name: `filter ${filter.title}`, of: kept };
}

function onlyNegative(node: SigmaNode): boolean {
  if (node.op === 'all' || node.op === 'any') return node.of.every(onlyNegative);
  return node.op === 'not';
}

/** Correlations with their references as the documents spell their ids and names; what nothing bears stays. */
function resolved(documents: readonly SigmaDocument[]): readonly SigmaCorrelation[] {
  const exact = new Set<string>();
  const spelled = new Map<string, string>();
  for (const document of documents) {
    if (document.kind === 'filter') continue;
    for (const name of [document.id, document.name]) {
      if (name === undefined) continue;
      exact.add(name);
      if (!spelled.has(name.toLowerCase())) spelled.set(name.toLowerCase(), name);
    }
  }
  const spelling = (reference: string): string =>
    exact.has(reference) ? reference : (spelled.get(reference.toLowerCase()) ?? reference);
  return documents.flatMap((document) => {
    if (document.kind !== 'correlation') return [];
    const { rules, aliases } = document;
    const respelled = Object.entries(aliases).map(([alias, byRule]) => [
      alias,
      withoutPrototype(Object.entries(byRule).map(([rule, field]) => [spelling(rule), field])),
    ]) as [string, Readonly<Record<string, string>>][];
    return [{ ...document, rules: rules.map(spelling), aliases: withoutPrototype(respelled) }];
  });
}

/** Names come from outside: none of them is one of an object's own. */
function withoutPrototype<Value>(entries: readonly (readonly [string, Value])[]): Record<string, Value> {
  return Object.assign(Object.create(null), Object.fromEntries(entries));
}

/** Correlations whose rules are all there, told in rounds: each settles those that hang on the ones before. */
function soundCorrelations(
  correlations: readonly SigmaCorrelation[],
  rules: readonly SigmaRule[],
  refused: SigmaRefusal[],
): readonly SigmaCorrelation[] {
  const nameOf = (document: SigmaDocument): readonly string[] =>
    document.name === undefined ? [document.id] : [document.id, document.name];
  const here = new Set(rules.flatMap(nameOf));
  const named = new Map<string, SigmaCorrelation>();
  for (const one of correlations) for (const name of nameOf(one)) if (!named.has(name)) named.set(name, one);
  const waiting = new Map<SigmaCorrelation, number>();
  const dependents = new Map<SigmaCorrelation, SigmaCorrelation[]>();
  const why = new Map<SigmaCorrelation, string>();
  for (const one of correlations) {
    const needed = new Set<SigmaCorrelation>();
    for (const reference of one.rules) {
      if (here.has(reference)) continue;
      const other = named.get(reference);
      if (other === undefined)
        why.set(one, `it names the rule ${quoted(reference)}, which is not in this set; add that rule`);
      else needed.add(other);
    }
    waiting.set(one, needed.size);
    for (const other of needed) dependents.set(other, [...(dependents.get(other) ?? []), one]);
  }
  settle(correlations, waiting, dependents, why);
  for (const one of correlations) {
    const left = (waiting.get(one) ?? 0) > 0;
    const reason =
      why.get(one) ??
      (left ? 'it goes in a circle: correlations that name each other; leave one out' : undefined);
    if (reason !== undefined) refused.push(refusal(one, reason));
  }
  return correlations.filter((one) => !why.has(one) && waiting.get(one) === 0);
}

/** Counts down what each waits for; a refused one refuses those that hang on it. */
function settle(
  correlations: readonly SigmaCorrelation[],
  waiting: Map<SigmaCorrelation, number>,
  dependents: ReadonlyMap<SigmaCorrelation, readonly SigmaCorrelation[]>,
  why: Map<SigmaCorrelation, string>,
): void {
  const settled = correlations.filter((one) => why.has(one) || waiting.get(one) === 0);
  const done = new Set(settled);
  for (const one of settled) {
    for (const dependent of dependents.get(one) ?? []) {
      if (why.has(one) && !why.has(dependent))
        why.set(
          dependent,
          `it names the correlation ${quoted(one.title)}, which cannot be used here; see there`,
        );
      waiting.set(dependent, (waiting.get(dependent) ?? 1) - 1);
      if (!done.has(dependent) && (why.has(dependent) || waiting.get(dependent) === 0)) {
        done.add(dependent);
        settled.push(dependent);
      }
    }
  }
}

function refusal({ path, line, title, id }: SigmaDocument, reason: string): SigmaRefusal {
  return { path, line, column: 1, title, id, reason };
}

import { quoted } from './modifiers/fault';
import { fieldsOf } from './parse/detection';
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

/**
 * Puts documents together in their order: filters into the rules they concern; a second document of one id is refused,
 * and a correlation that names a rule that is not here, goes in a circle, or hangs on one that was refused.
 */
export function compileRules(documents: readonly SigmaDocument[]): CompiledRules {
  const refused: SigmaRefusal[] = [];
  const kept = withoutTwins(documents, refused);
  const filters = kept.filter((one) => one.kind === 'filter');
  const rules = kept.filter((one) => one.kind === 'detection').map((rule) => filtered(rule, filters));
  const correlations = soundCorrelations(
    kept.filter((one) => one.kind === 'correlation'),
    rules,
    refused,
  );
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
  return (
    rules.length === 0 || rules.includes(rule.id) || (rule.name !== undefined && rules.includes(rule.name))
  );
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

import type { SigmaSource } from '../record';
import type { FieldValue, Logsource, SigmaNode, SigmaRule, SigmaTest } from '../rule';
import { looseName } from './fieldText';
import { logsourceText } from './logsource';
import { windowsClassOf } from './windowsSource';

/** What came of one class of records on a host. */
export type HostSource = {
  readonly source: SigmaSource;
  readonly records: number;
  /** Fields that rules ask for and that were seen filled at least once. */
  readonly fields: ReadonlySet<string>;
};

/** What a rule lacks on a host: the log source, or a field. */
export type Missing = { readonly kind: 'logsource' | 'field'; readonly what: string };

/**
 * Whether a rule can be decided on a host. `visible`: all it asks for is there. `partial`: it can come true, but not by
 * every way its author meant. `blind`: whatever happens there, it cannot come true.
 */
export type RuleSight = {
  readonly state: 'visible' | 'partial' | 'blind';
  /** One sentence, for a person. */
  readonly why: string;
  readonly missing: readonly Missing[];
};

/** Fewer records than this prove nothing of a field that none of them had filled. */
const PROOF_MIN = 20;
const NAMED_MAX = 5;

/** How well a rule sees a host, by the best of the host's classes of records that it is about. */
export function sightOfRule(
  rule: Pick<SigmaRule, 'logsource' | 'condition' | 'fields' | 'hasKeywords'>,
  sources: readonly HostSource[],
): RuleSight {
  let best: RuleSight | undefined;
  let taken: SigmaSource | undefined;
  for (const source of sources) {
    if (source.records === 0 || !source.source.takes(rule.logsource)) continue;
    taken ??= source.source;
    const sight = sightThrough(rule.condition, source);
    if (sight === undefined || (best !== undefined && !isBetter(sight, best))) continue;
    if (sight.state === 'visible') return sight;
    best = sight;
  }
  if (best !== undefined) return best;
  return taken === undefined ? noRecords(rule.logsource) : notYet(rule, taken);
}

const RANK = { visible: 0, partial: 1, blind: 2 } as const;

function isBetter(a: RuleSight, b: RuleSight): boolean {
  return RANK[a.state] - RANK[b.state] < 0 || (a.state === b.state && a.missing.length < b.missing.length);
}

function noRecords(logsource: Logsource): RuleSight {
  const what = logsource.category ?? logsource.service ?? logsource.product ?? 'such';
  return {
    state: 'blind',
    why: `No ${what} records came from this host.`,
    missing: [{ kind: 'logsource', what: logsourceText(logsource) }],
  };
}

/** The log comes, but of the events that the rule asks for by number none has yet: nothing happened, or it is not recorded. */
function notYet(rule: Pick<SigmaRule, 'logsource' | 'condition'>, { title }: SigmaSource): RuleSight {
  const numbers = [...new Set(eventNumbers(rule.condition))].slice(0, NAMED_MAX);
  const events = numbers.length === 0 ? 'the events it asks for' : `event ${numbers.join(', ')}`;
  const what = logsourceText(rule.logsource);
  return {
    state: 'partial',
    why: `Records of ${what} come from this host (${title}), but none of ${events} yet: nothing of the kind happened, or it is not recorded.`,
    missing: [
      { kind: 'logsource', what: numbers.length === 0 ? what : `${what} event ${numbers.join(', ')}` },
    ],
  };
}

function eventNumbers(condition: SigmaNode): readonly string[] {
  const numbers: string[] = [];
  const seen = new Set<SigmaNode>();
  const visit = (node: SigmaNode): void => {
    if (seen.has(node)) return;
    seen.add(node);
    if (node.op === 'test') {
      if (isConstant(node.test) && looseName(node.test.field ?? '') === 'eventid')
        numbers.push(...node.test.expected);
    } else if (node.op === 'part') visit(node.of);
    else if (node.op !== 'not') node.of.forEach(visit);
  };
  visit(condition);
  return numbers;
}

/** Which ways a part of a condition can turn out on a class of records. */
type Outcomes = { readonly true: boolean; readonly false: boolean };

const EITHER: Outcomes = { true: true, false: true };
const NEITHER: Outcomes = { true: false, false: false };
const ALWAYS: Outcomes = { true: true, false: false };
const NEVER: Outcomes = { true: false, false: true };

/** Undefined: no record of the class can be meant, such as of another event number. */
function sightThrough(condition: SigmaNode, host: HostSource): RuleSight | undefined {
  const supposed = createOutcomes((test) => constantOutcomes(test, host.source) ?? EITHER);
  if (!supposed(condition, true).true) return undefined;
  const missing = new Map<string, string>();
  const judged = createOutcomes((test, wanted) => {
    const constant = constantOutcomes(test, host.source);
    if (constant !== undefined) return constant;
    const lacks = lackOf(test, host);
    if (lacks === undefined) return EITHER;
    const left = lacks.why === 'never' ? NEITHER : unfilledOutcomes(test, host);
    // An exception that never applies takes nothing away, and a field asked to be empty is.
    if (!(wanted ? left.true : left.false)) missing.set(lacks.field, lacks.why);
    return left;
  }, supposed)(condition, true);
  const { title } = host.source;
  if (missing.size === 0)
    return { state: 'visible', why: `${title} records have all that it asks for.`, missing: [] };
  const fields = [...missing.keys()];
  const because = describeMissing(missing, title);
  return {
    state: judged.true ? 'partial' : 'blind',
    why: judged.true ? `It can come true here, but ${because}.` : `It cannot come true here: ${because}.`,
    missing: fields.map((what) => ({ kind: 'field', what })),
  };
}

function describeMissing(missing: ReadonlyMap<string, string>, title: string): string {
  const never: string[] = [];
  const empty: string[] = [];
  for (const [field, why] of missing) (why === 'never' ? never : empty).push(field);
  return [
    ...(never.length === 0 ? [] : [`${title} records have no ${listed(never)}`]),
    ...(empty.length === 0 ? [] : [`${listed(empty)} was never filled in ${title} records`]),
  ].join(', and ');
}

function listed(names: readonly string[]): string {
  const rest = names.length - NAMED_MAX;
  return `${names.slice(0, NAMED_MAX).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

/** How a node can turn out; `wanted`: what it should be for the condition to come true. */
type OutcomesOf = (node: SigmaNode, wanted: boolean) => Outcomes;

/**
 * Ways a condition can turn out, each node of it judged once. Its tests are taken as independent; a part that can turn
 * out neither way is unknown. What `settled` says comes out one way only is not asked again: of other events' fields
 * nothing is missing.
 */
function createOutcomes(
  judge: (test: SigmaTest, wanted: boolean) => Outcomes,
  settled?: OutcomesOf,
): OutcomesOf {
  const known = { true: new Map<SigmaNode, Outcomes>(), false: new Map<SigmaNode, Outcomes>() };
  const outcomes: OutcomesOf = (node, wanted) => {
    const memo = wanted ? known.true : known.false;
    const before = memo.get(node);
    if (before !== undefined) return before;
    const already = settled?.(node, wanted);
    const found = already !== undefined && already.true !== already.false ? already : work(node, wanted);
    memo.set(node, found);
    return found;
  };
  const work: OutcomesOf = (node, wanted) => {
    switch (node.op) {
      case 'test':
        return judge(node.test, wanted);
      case 'part':
        return outcomes(node.of, wanted);
      case 'not': {
        const inner = outcomes(node.of, !wanted);
        return { true: inner.false, false: inner.true };
      }
      case 'all': {
        const parts = node.of.map((one) => outcomes(one, wanted));
        if (parts.some(isNever)) return NEVER;
        return { true: parts.every((one) => one.true), false: parts.some((one) => one.false) };
      }
      case 'any': {
        const parts = node.of.map((one) => outcomes(one, wanted));
        if (parts.some(isAlways)) return ALWAYS;
        return { true: parts.some((one) => one.true), false: parts.every((one) => one.false) };
      }
    }
  };
  return outcomes;
}

function isNever(one: Outcomes): boolean {
  return !one.true && one.false;
}

function isAlways(one: Outcomes): boolean {
  return one.true && !one.false;
}

const CONSTANT: ReadonlySet<string> = new Set(['eventid', 'channel']);

function isConstant({ field, others }: SigmaTest): boolean {
  return field !== undefined && others.length === 0 && CONSTANT.has(looseName(field));
}

/** How a test turns out on every record of a class: of its event number and channel. */
function constantOutcomes(test: SigmaTest, source: SigmaSource): Outcomes | undefined {
  if (!isConstant(test)) return undefined;
  const known = windowsClassOf(source);
  if (known === undefined) return undefined;
  const isNumber = looseName(test.field ?? '') === 'eventid';
  const value = isNumber ? known.eventId?.toString() : known.channel;
  if (value === undefined || value === '') return undefined;
  const truth = test.judge(value, () => undefined);
  return truth === undefined ? NEITHER : truth ? ALWAYS : NEVER;
}

/** The field of a test that is missing on the host, and why; keywords lack nothing. */
function lackOf(
  test: SigmaTest,
  host: HostSource,
): { readonly field: string; readonly why: 'never' | 'empty' } | undefined {
  const fields = test.field === undefined ? test.others : [test.field, ...test.others];
  const never = fields.find((field) => host.source.reader(field) === undefined);
  if (never !== undefined) return { field: never, why: 'never' };
  const empty = fields.find((field) => isUnfilled(field, host));
  return empty === undefined ? undefined : { field: empty, why: 'empty' };
}

function isUnfilled(field: string, { records, fields }: HostSource): boolean {
  return records >= PROOF_MIN && !fields.has(field) && !SYSTEM.has(looseName(field));
}

/** What records hold in a field that is never filled: nothing, an empty text, Windows' dash. */
const UNFILLED: readonly FieldValue[] = [undefined, '', '-'];
/** Any text of a field that is filled, to be compared with one that is not. */
const FILLED: readonly FieldValue[] = [...UNFILLED, 'a text'];

/** How a test turns out, as it judges itself, on fields that are never filled. */
function unfilledOutcomes(test: SigmaTest, host: HostSource): Outcomes {
  const valuesOf = (field: string | undefined): readonly FieldValue[] =>
    field !== undefined && isUnfilled(field, host) ? UNFILLED : FILLED;
  // Other fields are tried alike: all at their first value, all at their second, …
  const others = test.others.length === 0 ? [0] : FILLED.keys();
  let found = NEITHER;
  for (const other of others)
    for (const value of valuesOf(test.field)) {
      const truth = test.judge(value, (field) => valuesOf(field)[other % valuesOf(field).length]);
      found = { true: found.true || truth === true, false: found.false || truth === false };
    }
  return found;
}

/** Always there in records of Windows. */
const SYSTEM: ReadonlySet<string> = new Set(['eventid', 'channel']);

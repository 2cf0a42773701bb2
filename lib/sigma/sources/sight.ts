import type { SigmaSource } from '../record';
import type { Logsource, SigmaNode, SigmaRule, SigmaTest } from '../rule';
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

function eventNumbers(node: SigmaNode): readonly string[] {
  switch (node.op) {
    case 'test':
      return isConstant(node.test) && looseName(node.test.field ?? '') === 'eventid'
        ? node.test.expected
        : [];
    case 'part':
      return eventNumbers(node.of);
    case 'not':
      return [];
    default:
      return node.of.flatMap(eventNumbers);
  }
}

/** Which ways a part of a condition can turn out on a class of records. */
type Outcomes = { readonly true: boolean; readonly false: boolean };

const EITHER: Outcomes = { true: true, false: true };
const NEITHER: Outcomes = { true: false, false: false };
const ALWAYS: Outcomes = { true: true, false: false };
const NEVER: Outcomes = { true: false, false: true };

/** Undefined: no record of the class can be meant, such as of another event number. */
function sightThrough(condition: SigmaNode, host: HostSource): RuleSight | undefined {
  const supposed = outcomes(condition, (test) => constantOutcomes(test, host.source) ?? EITHER);
  if (!supposed.true) return undefined;
  const missing = new Map<string, string>();
  const judged = outcomes(condition, (test) => {
    const constant = constantOutcomes(test, host.source);
    if (constant !== undefined) return constant;
    const lacks = lackOf(test, host);
    if (lacks === undefined) return EITHER;
    missing.set(lacks.field, lacks.why);
    return NEITHER;
  });
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

/**
 * Ways the condition can turn out. Its tests are taken as independent; a part that can turn out neither way is unknown.
 * Tests behind one that is never true are not asked: of other events' fields nothing is missing.
 */
function outcomes(node: SigmaNode, judge: (test: SigmaTest) => Outcomes): Outcomes {
  switch (node.op) {
    case 'test':
      return judge(node.test);
    case 'part':
      return outcomes(node.of, judge);
    case 'not': {
      const inner = outcomes(node.of, judge);
      return { true: inner.false, false: inner.true };
    }
    case 'all': {
      const first = constantFirst(node.of);
      let all = ALWAYS;
      for (const child of first) {
        const one = outcomes(child, judge);
        if (!one.true && one.false) return NEVER;
        all = { true: all.true && one.true, false: all.false || one.false };
      }
      return all;
    }
    case 'any': {
      let any = NEVER;
      for (const child of constantFirst(node.of)) {
        const one = outcomes(child, judge);
        if (one.true && !one.false) return ALWAYS;
        any = { true: any.true || one.true, false: any.false && one.false };
      }
      return any;
    }
  }
}

/** Parts that the class alone decides come first, so that the others need not be asked. */
function constantFirst(nodes: readonly SigmaNode[]): readonly SigmaNode[] {
  if (!nodes.some(holdsConstant)) return nodes;
  return [...nodes.filter(holdsConstant), ...nodes.filter((node) => !holdsConstant(node))];
}

function holdsConstant(node: SigmaNode): boolean {
  if (node.op === 'test') return isConstant(node.test);
  return node.op === 'part' ? holdsConstant(node.of) : node.op === 'all' && node.of.some(holdsConstant);
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
  { source, records, fields }: HostSource,
): { readonly field: string; readonly why: 'never' | 'empty' } | undefined {
  for (const field of test.field === undefined ? test.others : [test.field, ...test.others]) {
    if (source.reader(field) === undefined) return { field, why: 'never' };
    if (records >= PROOF_MIN && !fields.has(field) && !SYSTEM.has(looseName(field)))
      return { field, why: 'empty' };
  }
  return undefined;
}

/** Always there in records of Windows. */
const SYSTEM: ReadonlySet<string> = new Set(['eventid', 'channel']);

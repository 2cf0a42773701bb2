import { z } from 'zod';
import { negate, type Truth } from '../../base/truth';
import { type Condition, parseCondition } from '../../sigma/condition';
import type { SigmaFacts } from '../host/sigmaFacts';
import type { Lists } from '../lists';
import type { Subject } from '../subject';
import { UNKNOWN } from './fields';
import { compileTest, type FieldTest, type TestValue } from './fieldTest';
import { SIGMA_FIELD, type SigmaLack } from './sigmaTest';

/**
 * A compiled Sigma detection. `judge` is three-valued: unknown when it hangs on a field that the record's
 * source does not collect.
 */
export type Predicate = {
  readonly judge: (subject: Subject) => Truth;
  readonly explain: (subject: Subject) => PredicateExplanation;
  /** Fields it reads, for coverage. */
  readonly fields: readonly string[];
  /**
   * Of a predicate that names Sigma's rules: those that are not switched on, and whether it can come true or false
   * without them; undefined when all are on. Absent: it names none.
   */
  readonly lacks?: (sigma: SigmaFacts) => SigmaLack | undefined;
};

/** How the predicate came out on one subject, test by test. */
export type PredicateExplanation = {
  readonly op: 'all' | 'any' | 'not' | 'test';
  readonly result: 'true' | 'false' | 'unknown';
  readonly text?: string;
  readonly field?: string;
  readonly modifier?: string;
  readonly expected?: readonly string[];
  readonly expectedTotal?: number;
  readonly actual?: string;
  readonly matched?: string;
  readonly normalised?: boolean;
  readonly children?: readonly PredicateExplanation[];
};

const testValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const selection = z.record(z.string(), z.union([testValue, z.array(testValue)]));
const part = z.union([selection, z.array(selection).min(1)]);

/**
 * Sigma's `detection`: named selections and a `condition`; or, shorter, one selection by itself. A map is
 * *and*, a list of maps is *or*, a list of values is *or* (*and* with `|all`).
 */
export const detectionSchema = z.union([z.object({ condition: z.string() }).catchall(part), part]);
export type Detection = z.infer<typeof detectionSchema>;

type Node =
  | { readonly op: 'test'; readonly test: FieldTest }
  | { readonly op: 'all' | 'any'; readonly of: readonly Node[]; readonly text?: string }
  | { readonly op: 'not'; readonly of: Node };

/** Compiles a detection; throws an Error whose message names the part and what is wrong with it. */
export function compilePredicate(detection: Detection, lists: Lists): Predicate {
  const root = compileDetection(detection, lists);
  const fields = new Set<string>();
  collectFields(root, fields);
  return {
    judge: (subject) => judge(root, subject),
    explain: (subject) => explain(root, subject),
    fields: [...fields],
    ...(fields.has(SIGMA_FIELD) ? { lacks: lacksOf(root) } : {}),
  };
}

/** What a predicate could come to, whatever the record says: a test without its rule comes to nothing. */
function lacksOf(root: Node): (sigma: SigmaFacts) => SigmaLack | undefined {
  return (sigma) => {
    const rules = new Set<string>();
    let lacks = false;
    const possible = (node: Node): Omit<SigmaLack, 'rules'> => {
      if (node.op === 'test') {
        const lack = node.test.lacks?.(sigma);
        if (lack === undefined) return EITHER;
        lacks = true;
        for (const rule of lack.rules) rules.add(rule);
        return lack;
      }
      if (node.op === 'not') {
        const { canHold, canFail } = possible(node.of);
        return { canHold: canFail, canFail: canHold };
      }
      const parts = node.of.map(possible);
      return node.op === 'all'
        ? {
            canHold: parts.every(({ canHold }) => canHold),
            canFail: parts.some(({ canFail }) => canFail),
          }
        : {
            canHold: parts.some(({ canHold }) => canHold),
            canFail: parts.every(({ canFail }) => canFail),
          };
    };
    const { canHold, canFail } = possible(root);
    return lacks ? { rules: [...rules], canHold, canFail } : undefined;
  };
}

const EITHER = { canHold: true, canFail: true } as const;

/** A predicate that holds for everything. */
export const ALWAYS: Predicate = {
  judge: () => true,
  explain: () => ({ op: 'all', result: 'true', children: [] }),
  fields: [],
};

function compileDetection(detection: Detection, lists: Lists): Node {
  if (Array.isArray(detection) || typeof detection.condition !== 'string')
    return compilePart(detection as z.infer<typeof part>, lists);
  const { condition, ...parts } = detection as { condition: string } & Record<string, z.infer<typeof part>>;
  const nodes = new Map(
    Object.entries(parts).map(([name, value]) => [name, compilePart(value, lists)] as const),
  );
  return compileCondition(parseCondition(condition, [...nodes.keys()]), nodes);
}

function compileCondition(condition: Condition, nodes: ReadonlyMap<string, Node>): Node {
  switch (condition.op) {
    case 'name': {
      const node = nodes.get(condition.name);
      if (node === undefined) throw new Error(`"${condition.name}" is not a part of this detection`);
      return node;
    }
    case 'not':
      return { op: 'not', of: compileCondition(condition.of, nodes) };
    default:
      return { op: condition.op, of: condition.of.map((inner) => compileCondition(inner, nodes)) };
  }
}

function compilePart(value: z.infer<typeof part>, lists: Lists): Node {
  if (Array.isArray(value)) return { op: 'any', of: value.map((item) => compilePart(item, lists)) };
  const tests = Object.entries(value).map(
    ([key, expected]): Node => ({
      op: 'test',
      test: compileTest(key, expected as TestValue | readonly TestValue[], lists),
    }),
  );
  const [only] = tests;
  return tests.length === 1 && only !== undefined ? only : { op: 'all', of: tests };
}

/** Kleene logic over the tree, in plain loops: this runs millions of times for a large host. */
function judge(node: Node, subject: Subject): Truth {
  switch (node.op) {
    case 'test':
      return node.test.judge(subject);
    case 'not':
      return negate(judge(node.of, subject));
    case 'all': {
      let result: Truth = true;
      for (const child of node.of) {
        const truth = judge(child, subject);
        if (truth === false) return false;
        if (truth === undefined) result = undefined;
      }
      return result;
    }
    default: {
      let result: Truth = false;
      for (const child of node.of) {
        const truth = judge(child, subject);
        if (truth === true) return true;
        if (truth === undefined) result = undefined;
      }
      return result;
    }
  }
}

const LISTED_VALUES = 6;

function explain(node: Node, subject: Subject): PredicateExplanation {
  if (node.op === 'test') return explainTest(node.test, subject);
  if (node.op === 'not') {
    const inner = explain(node.of, subject);
    return { op: 'not', result: OPPOSITE[inner.result], children: [inner] };
  }
  const children = node.of.map((child) => explain(child, subject));
  return { op: node.op, result: together(children, node.op === 'all' ? 'false' : 'true'), children };
}

const OPPOSITE = { true: 'false', false: 'true', unknown: 'unknown' } as const;

/** `judge` over parts that are explained already: one that decides, else what is unknown, else the other. */
function together(
  children: readonly PredicateExplanation[],
  decisive: 'true' | 'false',
): 'true' | 'false' | 'unknown' {
  let unknown = false;
  for (const { result } of children) {
    if (result === decisive) return decisive;
    if (result === 'unknown') unknown = true;
  }
  return unknown ? 'unknown' : OPPOSITE[decisive];
}

function explainTest(test: FieldTest, subject: Subject): PredicateExplanation {
  const hit = test.hit(subject);
  const value = test.read(subject);
  const shown =
    hit?.actual ??
    (value === UNKNOWN || value === undefined ? undefined : Array.isArray(value) ? value[0] : String(value));
  return {
    op: 'test',
    result: hit !== undefined && hit.matched !== '' ? 'true' : word(test.judge(subject)),
    field: test.field,
    ...(test.modifiers.length > 0 ? { modifier: test.modifiers.join('|') } : {}),
    expected: relevant(test, hit?.matched).slice(0, LISTED_VALUES),
    expectedTotal: test.expected.length,
    ...(shown === undefined ? {} : { actual: shown }),
    ...(hit === undefined || hit.matched === '' ? {} : { matched: hit.matched }),
    ...(hit?.normalised === true ? { normalised: true } : {}),
  };
}

/** The values tried, the one that matched first. */
function relevant(test: FieldTest, matched: string | undefined): readonly string[] {
  if (matched === undefined) return test.expected;
  const found = matched.toLowerCase();
  const isFound = (value: string): boolean => value.length === found.length && value.toLowerCase() === found;
  const first = test.expected.filter(isFound);
  if (first.length === 0) return test.expected;
  const others: string[] = [];
  for (const value of test.expected) {
    if (others.length >= LISTED_VALUES) break;
    if (!isFound(value)) others.push(value);
  }
  return [...first, ...others];
}

function collectFields(node: Node, fields: Set<string>): void {
  if (node.op === 'test') fields.add(node.test.field);
  else if (node.op === 'not') collectFields(node.of, fields);
  else for (const child of node.of) collectFields(child, fields);
}

function word(truth: Truth): 'true' | 'false' | 'unknown' {
  return truth === undefined ? 'unknown' : truth ? 'true' : 'false';
}

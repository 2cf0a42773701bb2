import { type Condition, parseCondition } from '../condition';
import { type Budget, spend } from '../modifiers/budget';
import { type Compiling, compileTest, type RuleValue } from '../modifiers/compileTest';
import { located, quoted, SigmaFault } from '../modifiers/fault';
import type { SigmaNode, SigmaTest } from '../rule';
import type { YamlEntry, YamlMap, YamlValue } from './yamlValue';

/** Named parts of one detection. SigmaHQ's richest rule has some 60. */
const PARTS_MAX = 2_000;

/** What a detection comes to: its condition with the parts put in. */
export type Detection = {
  readonly condition: SigmaNode;
  readonly fields: readonly string[];
  readonly hasKeywords: boolean;
};

/**
 * Compiles a `detection` (or `filter`): every key but `condition` and `besides` names a part. Throws a SigmaFault with
 * its place for whatever cannot be read or used.
 */
export function readDetection(
  map: YamlMap,
  compiling: Compiling,
  besides: readonly string[] = [],
): Detection {
  refuseOldKeys(map);
  const entries = [...map.entries].filter(([key]) => key !== 'condition' && !besides.includes(key));
  if (entries.length === 0)
    throw new SigmaFault(
      'this detection has a condition but no part that it could name; add a selection',
      map.at,
    );
  if (entries.length > PARTS_MAX)
    throw new SigmaFault(
      `a detection has at most ${PARTS_MAX} parts, this one has ${entries.length}`,
      map.at,
    );
  const condition = map.entries.get('condition');
  if (condition === undefined)
    throw new SigmaFault(
      'this detection has no condition; add one that names its parts, as "condition: selection"',
      map.at,
    );
  const parts = new Map<string, SigmaNode>();
  for (const [name, { at, value }] of entries)
    parts.set(name, { op: 'part', name, of: located(at, () => partOf(value, compiling)) });
  const node = conditionOf(condition, parts, compiling.budget);
  return { condition: node, ...fieldsOf(node) };
}

/** Fields that the tests of a node read, each once, in order of appearance. */
export function fieldsOf(node: SigmaNode): Pick<Detection, 'fields' | 'hasKeywords'> {
  const fields = new Set<string>();
  let hasKeywords = false;
  for (const { field, others } of testsOf(node)) {
    if (field === undefined) hasKeywords = true;
    else fields.add(field);
    for (const other of others) fields.add(other);
  }
  return { fields: [...fields], hasKeywords };
}

/** Every test of a node, each once. */
export function testsOf(node: SigmaNode): ReadonlySet<SigmaTest> {
  const tests = new Set<SigmaTest>();
  const seen = new Set<SigmaNode>();
  const visit = (one: SigmaNode): void => {
    if (seen.has(one)) return;
    seen.add(one);
    switch (one.op) {
      case 'test':
        tests.add(one.test);
        return;
      case 'not':
      case 'part':
        visit(one.of);
        return;
      default:
        for (const child of one.of) visit(child);
    }
  };
  visit(node);
  return tests;
}

function refuseOldKeys(map: YamlMap): void {
  const timeframe = map.entries.get('timeframe');
  if (timeframe !== undefined)
    throw new SigmaFault(
      '"timeframe" counts events in an old way that Sigma gave up; use a correlation rule with "timespan"',
      timeframe.at,
    );
}

function conditionOf(
  { value, at }: YamlEntry,
  parts: ReadonlyMap<string, SigmaNode>,
  budget: Budget,
): SigmaNode {
  const items = value.kind === 'list' ? value.items : [value];
  if (items.length > 100) throw new SigmaFault('a rule has at most 100 conditions', at);
  const nodes = items.map((item) => {
    if (item.kind !== 'scalar' || item.text.trim() === '')
      throw new SigmaFault(
        'a condition is a text that names parts of the detection, as "selection and not filter"',
        item.at,
      );
    return located(item.at, () => nodeOf(parsedCondition(item.text, parts), parts, budget));
  });
  return joined('any', [...new Set(nodes)], at);
}

function parsedCondition(text: string, parts: ReadonlyMap<string, SigmaNode>): Condition {
  const words = text
    .slice(0, 20_000)
    .toLowerCase()
    .split(/[\s()]+/);
  if (text.includes('|'))
    throw new SigmaFault(
      'counting behind "|" (as "| count() > 5") is an old way that Sigma gave up; use a correlation rule',
    );
  if (words.includes('near') && !parts.has('near'))
    throw new SigmaFault('"near" is an old way that Sigma gave up; use a correlation rule of type temporal');
  try {
    return parseCondition(text, [...parts.keys()]);
  } catch (error) {
    throw new SigmaFault(error instanceof Error ? error.message : 'this condition cannot be read');
  }
}

/** Parts that stand in one place more than once are put in once. */
function nodeOf(condition: Condition, parts: ReadonlyMap<string, SigmaNode>, budget: Budget): SigmaNode {
  switch (condition.op) {
    case 'name': {
      spend(budget, 'named', 1);
      const part = parts.get(condition.name);
      if (part === undefined)
        throw new SigmaFault(`${quoted(condition.name)} is not a part of this detection`);
      return part;
    }
    case 'not':
      return { op: 'not', of: nodeOf(condition.of, parts, budget) };
    default: {
      const nodes = [...new Set(condition.of.map((one) => nodeOf(one, parts, budget)))];
      const [only] = nodes;
      return nodes.length === 1 && only !== undefined ? only : { op: condition.op, of: nodes };
    }
  }
}

/** Maps are all of their fields; lists one of their items, words of a list being tried together. */
function partOf(value: YamlValue, compiling: Compiling): SigmaNode {
  if (value.kind === 'map') return allOfMap(value, compiling);
  if (value.kind === 'scalar') return located(value.at, () => testNode('', [value], compiling));
  const words = value.items.filter((item) => item.kind === 'scalar');
  const others = value.items.filter((item) => item.kind !== 'scalar');
  const nodes: SigmaNode[] = [];
  if (words.length > 0) nodes.push(located(value.at, () => testNode('', words, compiling)));
  for (const item of others) nodes.push(partOf(item, compiling));
  return joined('any', nodes, value.at);
}

function allOfMap(map: YamlMap, compiling: Compiling): SigmaNode {
  const nodes = [...map.entries].map(([key, { at, value }]) =>
    located(at, () => testNode(key, valuesOf(value, key), compiling)),
  );
  return joined('all', nodes, map.at);
}

function valuesOf(value: YamlValue, key: string): readonly RuleValue[] {
  const items = value.kind === 'list' ? value.items : [value];
  return items.map((item) => {
    if (item.kind !== 'scalar')
      throw new SigmaFault(
        `${quoted(key)} holds a ${item.kind} where a value is meant; give it a value or a plain list of values`,
        item.at,
      );
    return item;
  });
}

function testNode(key: string, values: readonly RuleValue[], compiling: Compiling): SigmaNode {
  return { op: 'test', test: compileTest(key, values, compiling) };
}

function joined(op: 'all' | 'any', nodes: readonly SigmaNode[], at: number): SigmaNode {
  const [only] = nodes;
  if (only === undefined)
    throw new SigmaFault('this part is empty; give it a field with a value, or leave it out', at);
  return nodes.length === 1 ? only : { op, of: nodes };
}

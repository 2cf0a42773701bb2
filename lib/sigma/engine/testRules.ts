import type { Truth } from '../../base/truth';
import { negate } from '../../base/truth';
import { fieldsOf } from '../parse/detection';
import type { SigmaRecord, SigmaSource } from '../record';
import {
  type FieldValue,
  type Literals,
  type Logsource,
  type SigmaNode,
  type SigmaRule,
  type SigmaTest,
  UNKNOWN,
} from '../rule';

/** A record of the tests: its values by field. */
export type TestValues = Readonly<Record<string, FieldValue>>;

/** A source of records whose values a test writes down; `lacks`: fields that none of them can have. */
export function testSource(
  key: string,
  takes: (logsource: Logsource) => boolean = () => true,
  lacks: readonly string[] = [],
): SigmaSource & { readonly record: (values: TestValues) => SigmaRecord } {
  const held = new WeakMap<SigmaRecord, TestValues>();
  const source: SigmaSource = {
    key,
    title: key,
    takes,
    reader: (field) => (lacks.includes(field) ? undefined : (record) => held.get(record)?.[field]),
    values: (record) =>
      Object.values(held.get(record) ?? {}).flatMap((value) =>
        value === undefined || value === UNKNOWN ? [] : typeof value === 'string' ? [value] : [...value],
      ),
  };
  return {
    ...source,
    record(values) {
      const record: SigmaRecord = { source: this };
      held.set(record, values);
      return record;
    },
  };
}

/** A test by hand: does a value hold one of the texts at that place, case ignored; unknown where the field is. */
export function textTest(
  field: string | undefined,
  place: Literals['place'],
  texts: readonly string[],
  hasLiterals = true,
): SigmaTest {
  const wanted = texts.map((text) => text.toLowerCase());
  const holds = (value: string): boolean => {
    const text = value.toLowerCase();
    return wanted.some((one) =>
      place === 'equals'
        ? text === one
        : place === 'contains'
          ? text.includes(one)
          : place === 'startswith'
            ? text.startsWith(one)
            : text.endsWith(one),
    );
  };
  return {
    key: JSON.stringify([field, place, wanted]),
    field,
    modifiers: place === 'equals' ? [] : [place],
    expected: texts,
    others: [],
    judge: (value) => {
      if (value === UNKNOWN) return undefined;
      if (value === undefined) return false;
      return typeof value === 'string' ? holds(value) : value.some(holds);
    },
    ...(hasLiterals ? { literals: { place, texts: wanted } } : {}),
  };
}

/** A condition of one test. */
export function test(...args: Parameters<typeof textTest>): SigmaNode {
  return { op: 'test', test: textTest(...args) };
}

/** A rule around a condition. */
export function testRule(id: string, condition: SigmaNode, logsource: Logsource = {}): SigmaRule {
  return {
    kind: 'detection',
    id,
    title: id,
    status: 'test',
    level: 'medium',
    description: '',
    author: '',
    tags: [],
    references: [],
    falsePositives: [],
    related: [],
    path: `${id}.yml`,
    line: 1,
    yaml: '',
    logsource,
    condition,
    ...fieldsOf(condition),
  };
}

/** What the engine is compared with: every part of every rule is judged, by three-valued logic written plainly. */
export function referenceTruth(node: SigmaNode, record: SigmaRecord): Truth {
  const valueIn = (field: string): FieldValue => {
    const reader = record.source.reader(field);
    return reader === undefined ? UNKNOWN : reader(record);
  };
  switch (node.op) {
    case 'test': {
      const { field } = node.test;
      return node.test.judge(field === undefined ? record.source.values(record) : valueIn(field), valueIn);
    }
    case 'part':
      return referenceTruth(node.of, record);
    case 'not':
      return negate(referenceTruth(node.of, record));
    case 'all': {
      const truths = node.of.map((part) => referenceTruth(part, record));
      return truths.includes(false) ? false : truths.includes(undefined) ? undefined : true;
    }
    case 'any': {
      const truths = node.of.map((part) => referenceTruth(part, record));
      return truths.includes(true) ? true : truths.includes(undefined) ? undefined : false;
    }
  }
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FieldValue, SigmaNode, SigmaRule, SigmaTest } from '../rule';
import { UNKNOWN } from '../rule';
import { createEngine } from './engine';
import { referenceTruth, test, testRule, testSource, textTest } from './testRules';

const any = (...of: SigmaNode[]): SigmaNode => ({ op: 'any', of });
const all = (...of: SigmaNode[]): SigmaNode => ({ op: 'all', of });
const not = (of: SigmaNode): SigmaNode => ({ op: 'not', of });
const sysmon = testSource('Sysmon 1');

function idsOf(rules: readonly SigmaRule[], record: Parameters<ReturnType<typeof createEngine>['match']>[0]) {
  return createEngine(rules)
    .match(record)
    .map(({ rule }) => rule.id);
}

describe('the engine gives the rules that are true of a record', () => {
  it('in the order they were given, whatever order their literals are found in', () => {
    const rules = [
      testRule('last in the text', test('CommandLine', 'contains', ['zebra'])),
      testRule('not there', test('CommandLine', 'contains', ['giraffe'])),
      testRule('first in the text', test('CommandLine', 'contains', ['aardvark'])),
    ];
    const record = sysmon.record({ CommandLine: 'run AARDVARK then Zebra' });
    expect(idsOf(rules, record)).toEqual(['last in the text', 'first in the text']);
  });

  it('only among those whose log source the record belongs to', () => {
    const rules = [
      testRule('processes', test('Image', 'endswith', ['\\a.exe']), { category: 'process_creation' }),
      testRule('files', test('Image', 'endswith', ['\\a.exe']), { category: 'file_event' }),
    ];
    const files = testSource('Sysmon 11', ({ category }) => category === 'file_event');
    expect(idsOf(rules, files.record({ Image: 'C:\\A.EXE' }))).toEqual(['files']);
  });

  it('by another branch where the field of one branch cannot be known', () => {
    const poor = testSource('Security 4688', () => true, ['OriginalFileName']);
    const either = any(test('Image', 'endswith', ['\\a.exe']), test('OriginalFileName', 'equals', ['A.EXE']));
    expect(idsOf([testRule('either', either)], poor.record({ Image: 'x\\a.exe' }))).toEqual(['either']);
  });

  it('never one whose exclusion cannot be known', () => {
    const poor = testSource('Security 4688', () => true, ['OriginalFileName']);
    const rule = testRule(
      'excluded',
      all(test('Image', 'endswith', ['\\a.exe']), not(test('OriginalFileName', 'equals', ['b']))),
    );
    expect(idsOf([rule], poor.record({ Image: 'x\\a.exe' }))).toEqual([]);
    expect(idsOf([rule], sysmon.record({ Image: 'x\\a.exe' }))).toEqual(['excluded']);
  });

  it('also those that have nothing to look for, such as an exclusion alone', () => {
    const rule = testRule('anything else', not(test('Image', 'endswith', ['\\a.exe'])));
    expect(idsOf([rule], sysmon.record({ Image: 'b.exe' }))).toEqual(['anything else']);
  });

  it('by words anywhere in the record', () => {
    const rule = testRule(
      'words',
      all(test(undefined, 'contains', ['mimi']), test(undefined, 'contains', ['katz'])),
    );
    expect(idsOf([rule], sysmon.record({ A: 'MimiDog', B: ['x', 'KATZ'] }))).toEqual(['words']);
    expect(idsOf([rule], sysmon.record({ A: 'MimiDog' }))).toEqual([]);
  });

  it('whatever characters stand around or within the literal', () => {
    const rule = testRule('umlaut', test('CommandLine', 'contains', ['größe']));
    expect(idsOf([rule], sysmon.record({ CommandLine: 'DIE GRÖßE İ' }))).toEqual(['umlaut']);
    const plain = testRule('plain', test('CommandLine', 'endswith', ['.kit']));
    expect(idsOf([plain], sysmon.record({ CommandLine: 'Привет.\u212aIT' }))).toEqual(['plain']);
  });

  it('with literals longer than the index keeps', () => {
    const long = 'x'.repeat(70);
    for (const place of ['contains', 'startswith', 'endswith', 'equals'] as const) {
      const rule = testRule(place, test('CommandLine', place, [`${long}a${long}`]));
      expect(idsOf([rule], sysmon.record({ CommandLine: `${long}A${long}` }))).toEqual([place]);
      expect(idsOf([rule], sysmon.record({ CommandLine: `${long}b${long}` }))).toEqual([]);
    }
  });
});

describe('the engine spares work', () => {
  it('judges no rule whose literals the record does not hold', () => {
    const rules = Array.from({ length: 500 }, (_, i) =>
      testRule(
        `rule ${i}`,
        all(test('Image', 'endswith', ['\\cmd.exe']), test('CommandLine', 'contains', [`word-${i}-`])),
      ),
    );
    const engine = createEngine(rules);
    engine.match(
      sysmon.record({ Image: 'C:\\Windows\\System32\\cmd.exe', CommandLine: 'cmd /c word-7- word-9-' }),
    );
    expect(engine.work()).toMatchObject({ candidates: 2, ruleRecords: 500, matches: 2 });
  });

  it('judges a test that many rules share once for a record, and reads a field once', () => {
    let [judged, read] = [0, 0];
    const counted = textTest('Image', 'endswith', ['\\a.exe'], false);
    const shared: SigmaTest = {
      ...counted,
      judge: (value, other) => {
        judged++;
        return counted.judge(value, other);
      },
    };
    const source = testSource('Sysmon 1');
    const counting = {
      ...source,
      reader: (field: string) => {
        const reader = source.reader(field);
        return (record: Parameters<NonNullable<typeof reader>>[0]) => {
          read++;
          return reader?.(record);
        };
      },
    };
    const engine = createEngine(
      ['one', 'two', 'three'].map((id) => testRule(id, { op: 'test', test: { ...shared } })),
    );
    expect(engine.match(counting.record({ Image: 'a\\a.exe' }))).toHaveLength(3);
    expect([judged, read]).toEqual([1, 1]);
    engine.match(counting.record({ Image: 'a\\a.exe' }));
    expect([judged, read]).toEqual([2, 2]);
  });

  it('keeps bounded tables however many classes of records and however large rules come', () => {
    const texts = (n: number) =>
      Array.from({ length: 200 }, (_, i) => `${n}-${i}-${'abcdefghij'.repeat(2)}${n * i}`);
    const rules = Array.from({ length: 100 }, (_, n) =>
      testRule(`large ${n}`, test('CommandLine', 'contains', texts(n)), { service: `s${n % 20}` }),
    );
    const engine = createEngine(rules);
    for (let i = 0; i < 300; i++) {
      const source = testSource(`channel ${i}`, ({ service }) => service !== `s${i % 20}`);
      const found = engine.match(source.record({ CommandLine: `99-7-${'abcdefghij'.repeat(2)}693` }));
      expect(found.map(({ rule }) => rule.id)).toEqual(i % 20 === 19 ? [] : ['large 99']);
    }
    expect(engine.work().indexBytes).toBeLessThan(256 * 1024 * 1024);
  });
});

/** Few letters, so that literals overlap and values hold them often; with characters whose case is special. */
const letters = fc.constantFrom(
  'a',
  'A',
  'b',
  'B',
  '\\',
  '.',
  'ß',
  'É',
  'İ',
  '\u212a',
  'k',
  'ς',
  'Σ',
  'σ',
  '中',
);
const text = (minLength: number, maxLength: number) =>
  fc.array(letters, { minLength, maxLength }).map((list) => list.join(''));
const FIELDS = ['Image', 'CommandLine', 'User', 'Never'];

const leaf: fc.Arbitrary<SigmaNode> = fc
  .record({
    field: fc.constantFrom<string | undefined>(...FIELDS, undefined),
    place: fc.constantFrom(
      'contains' as const,
      'startswith' as const,
      'endswith' as const,
      'equals' as const,
    ),
    texts: fc.array(text(0, 4), { minLength: 1, maxLength: 3 }),
    hasLiterals: fc.boolean(),
  })
  .map(({ field, place, texts, hasLiterals }) => test(field, place, texts, hasLiterals));
const condition = fc.letrec<{ node: SigmaNode }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    leaf,
    fc.array(tie('node'), { maxLength: 3 }).map((of): SigmaNode => ({ op: 'all', of })),
    fc.array(tie('node'), { maxLength: 3 }).map((of): SigmaNode => ({ op: 'any', of })),
    tie('node').map((of): SigmaNode => ({ op: 'not', of })),
    tie('node').map((of): SigmaNode => ({ op: 'part', name: 'selection', of })),
  ),
})).node;
const value: fc.Arbitrary<FieldValue> = fc.oneof(
  { weight: 5, arbitrary: text(0, 8) },
  { weight: 1, arbitrary: fc.array(text(0, 5), { maxLength: 3 }) },
  { weight: 1, arbitrary: fc.constantFrom<FieldValue>(undefined, UNKNOWN) },
);

describe('for any rules and any records', () => {
  it('the engine finds exactly what trying every rule by three-valued logic finds', () => {
    fc.assert(
      fc.property(
        fc.array(condition, { minLength: 1, maxLength: 12 }),
        fc.array(fc.record({ Image: value, CommandLine: value, User: value }), {
          minLength: 1,
          maxLength: 6,
        }),
        fc.subarray(FIELDS),
        (conditions, records, lacks) => {
          const rules = conditions.map((one, i) => testRule(String(i), one));
          const engine = createEngine(rules);
          for (const source of [testSource('rich'), testSource('poor', () => true, lacks)])
            for (const values of records) {
              const record = source.record(values);
              const expected = rules.filter((rule) => referenceTruth(rule.condition, record) === true);
              expect(engine.match(record).map(({ rule }) => rule.id)).toEqual(expected.map(({ id }) => id));
            }
        },
      ),
      { numRuns: 1500 },
    );
  });
});

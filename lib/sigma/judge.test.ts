import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { explainRule } from './explain';
import { fold } from './fold';
import { judgeRule } from './judge';
import { type FieldValue, UNKNOWN } from './rule';
import { testRecord, testRule } from './testRule';

const rule = testRule(`
sel_img:
  - Image|endswith: ['\\other.exe', '\\cmd.exe']
  - OriginalFileName: 'cmd.exe'
sel_cli:
  CommandLine|contains|all: [' /c ', 'who']
filter_main:
  User|contains: 'admin'
condition: all of sel_* and not 1 of filter_*`);

describe('three values', () => {
  const fields = { Image: 'C:\\x\\CMD.exe', CommandLine: 'cmd /c whoami', User: 'u' };
  test.each<readonly [string, Readonly<Record<string, FieldValue>>, boolean | undefined]>([
    ['all there', fields, true],
    ['one of two known and true', { ...fields, OriginalFileName: UNKNOWN }, true],
    ['one of two known and false', { ...fields, Image: 'x', OriginalFileName: UNKNOWN }, undefined],
    ['false elsewhere', { ...fields, Image: 'x', OriginalFileName: UNKNOWN, CommandLine: 'x' }, false],
    ['the filter unknown', { ...fields, User: UNKNOWN }, undefined],
    ['the filter true', { ...fields, User: 'ADMIN2' }, false],
    ['nothing there', {}, false],
  ])('%s', (_what, record, expected) => {
    expect(judgeRule(rule, testRecord(record))).toBe(expected);
  });

  test('a record of another log source is none of the rule’s', () => {
    const record = testRecord(fields);
    const other = { ...record, source: { ...record.source, takes: () => false } };
    expect(judgeRule(rule, other)).toBe(false);
    expect(explainRule(rule, other)).toEqual([]);
  });
});

describe('why a rule holds', () => {
  test('is told by the tests that held, with the value of the rule and of the record', () => {
    const record = testRecord({ Image: 'C:\\x\\CMD.exe', CommandLine: `cmd /c whoami${'x'.repeat(2_000)}` });
    expect(explainRule(rule, record)).toEqual([
      {
        selection: 'sel_img',
        field: 'Image',
        modifiers: ['endswith'],
        expected: '\\cmd.exe',
        value: 'C:\\x\\CMD.exe',
      },
      {
        selection: 'sel_cli',
        field: 'CommandLine',
        modifiers: ['contains', 'all'],
        expected: ' /c ',
        value: `cmd /c whoami${'x'.repeat(987)}`,
      },
    ]);
    expect(explainRule(rule, testRecord({}))).toEqual([]);
  });

  test('names the word of a record that was found, and a field that is missing as null', () => {
    const words = testRule("kw: ['absent', 'needle']\nnone: {B: null}\ncondition: kw and none");
    expect(explainRule(words, testRecord({ A: 'x', C: 'a Needle b' }))).toEqual([
      { selection: 'kw', field: undefined, modifiers: [], expected: 'needle', value: 'a Needle b' },
      { selection: 'none', field: 'B', modifiers: [], expected: 'null', value: '' },
    ]);
  });

  test('a rule that only rules out tells what it did', () => {
    const none = testRule("f: {A: 'x'}\ncondition: not f");
    expect(explainRule(none, testRecord({ A: 'y' }))).toEqual([
      { selection: 'not f', field: 'A', modifiers: [], expected: 'x', value: 'y' },
    ]);
  });

  test('tells at most 50 tests', () => {
    const parts = Array.from({ length: 80 }, (_, i) => `s${i}: {A${i}: 'x'}`).join('\n');
    const record = testRecord(Object.fromEntries(Array.from({ length: 80 }, (_, i) => [`A${i}`, 'x'])));
    expect(explainRule(testRule(`${parts}\ncondition: all of s*`), record)).toHaveLength(50);
  });
});

/** The specification's words on wildcards, character by character, as an expression of another engine. */
function restated(pattern: string, place: string): RegExp {
  let source = '';
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern.charAt(i);
    const next = pattern.charAt(i + 1);
    if (c === '\\' && ['\\', '*', '?'].includes(next)) {
      source += `\\${next}`;
      i++;
    } else source += c === '*' ? '[^]*' : c === '?' ? '[^]' : c.replace(/[\\^$.|+()[\]{}/]/, '\\$&');
  }
  const before = place === 'contains' || place === 'endswith' ? '[^]*' : '';
  const behind = place === 'contains' || place === 'startswith' ? '[^]*' : '';
  return new RegExp(`^${before}(?:${source})${behind}$`, 'iu');
}

describe('values, against a restatement of the specification', () => {
  const letters = fc.constantFrom('a', 'B', 'c', '\\', '*', '?', '-', '/', ' ', 'é');
  const text = fc.string({ unit: letters, maxLength: 8 });
  const place = fc.constantFrom('', '|contains', '|startswith', '|endswith');
  const quoted = (value: string): string => `'${value}'`;

  test('plain values and places judge alike', () => {
    fc.assert(
      fc.property(text, place, text, (pattern, modifier, value) => {
        const compiled = testRule(`s:\n  A${modifier}: ${quoted(pattern)}\ncondition: s`);
        expect(judgeRule(compiled, testRecord({ A: value }))).toBe(
          restated(pattern, modifier.slice(1)).test(value),
        );
      }),
      { numRuns: 2_000 },
    );
  });

  test('whatever holds has one of the texts that must be there, at its place', () => {
    const selection = fc.tuple(
      fc.constantFrom('', '|cased', '|windash', '|all', '|re', '|re|i', '|base64offset', '|wide|base64'),
      place,
      fc.array(fc.string({ unit: letters, minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 3 }),
    );
    let held = 0;
    fc.assert(
      fc.property(selection, fc.string({ unit: letters, maxLength: 12 }), ([how, where, patterns], rest) => {
        const encoded = how.includes('64');
        const regex = how.startsWith('|re');
        const values = patterns.map((one) => (encoded || regex ? one.replace(/[\\*?]/g, 'sK') : one));
        const modifiers = regex ? how : encoded ? `${how}${where}` : `${where}${how}`;
        const compiled = encoded && !how.includes('wide') ? values.map((value) => `${value}abc`) : values;
        const written = testRule(`s:\n  A${modifiers}: [${compiled.map(quoted).join(', ')}]\ncondition: s`);
        const node = written.condition.op === 'part' ? written.condition.of : written.condition;
        if (node.op !== 'test') throw new Error('one test was written');
        const { literals, judge } = node.test;
        const bare = values[0]?.replace(/[\\*?]/g, '') ?? '';
        for (const value of [
          rest,
          `${rest}${bare}`,
          bare.toUpperCase(),
          `${values.join('')}${rest}`,
          `ſ${bare}`,
        ]) {
          if (judge(value, () => undefined) !== true || literals === undefined) continue;
          held++;
          const folded = fold(value);
          const found = literals.texts.some(
            (one) =>
              ({
                contains: folded.includes(one),
                startswith: folded.startsWith(one),
                endswith: folded.endsWith(one),
                equals: folded === one,
              })[literals.place],
          );
          expect(found, `${modifiers} ${JSON.stringify(values)} ${JSON.stringify(value)}`).toBe(true);
        }
      }),
      { numRuns: 1_500 },
    );
    expect(held).toBeGreaterThan(200);
  });

  const testOf = (selection: string): { key: string; literals?: unknown } => {
    const { condition } = testRule(`s:\n  ${selection}\ncondition: s`);
    const node = condition.op === 'part' ? condition.of : condition;
    if (node.op !== 'test') throw new Error('one test was written');
    return node.test;
  };

  test.each([
    ["A|endswith: ['\\Cmd.exe', '\\b.exe']", { place: 'endswith', texts: ['\\cmd.exe', '\\b.exe'] }],
    ["A|contains|all: ['ab', 'Abcdef']", { place: 'contains', texts: ['abcdef'] }],
    ["A: 'C:\\x*.exe'", { place: 'startswith', texts: ['c:\\x'] }],
    ["A|startswith: ['a', '*bc']", { place: 'contains', texts: ['a', 'bc'] }],
    ['A: [1, 2]', { place: 'equals', texts: ['1', '2'] }],
    ["A|contains: 'naïve'", { place: 'contains', texts: ['na'] }],
    ["A|contains|windash: '-e '", { place: 'contains', texts: ['-e ', '/e ', '–e ', '—e ', '―e '] }],
    ["A|re: '(?i)net[a-z]+\\.webclient'", { place: 'contains', texts: ['.webclient'] }],
    ["A|re: 'Foo|BarBaz'", { place: 'contains', texts: ['foo', 'barbaz'] }],
    ["A|re|i: 'password'", { place: 'contains', texts: ['word'] }],
    ["A|base64offset|contains: 'http:'", { place: 'contains', texts: ['ahr0cd', 'h0dha6', 'odhrwo'] }],
    ["A|neq: 'x'", undefined],
    ["A|contains: ''", undefined],
    ["A: '*'", undefined],
    ['A: null', undefined],
    ['A|gt: 5', undefined],
    ["A|cidr: '10.0.0.0/8'", undefined],
  ])('%s must find %j', (selection, expected) => {
    expect(testOf(selection).literals).toEqual(expected);
  });

  test('tests that judge alike have one key, others another', () => {
    const key = (selection: string): string => testOf(selection).key;
    expect(key("A|contains|all: ['x', 'y']")).toBe(key("A|all|contains: ['Y', 'X', 'x']"));
    expect(key("A: '5'")).toBe(key('A: 5'));
    expect(key("A: '*x*'")).toBe(key("A|contains: 'X'"));
    expect(key("A|re: '(?i)x'")).toBe(key("A|re|i: 'x'"));
    const others = [
      "A: 'x'",
      "A|cased: 'x'",
      "A|contains: 'x'",
      "A|contains|neq: 'x'",
      "A|contains: ['x', 'y']",
      "A|contains|all: ['x', 'y']",
      "A|re: 'x'",
      "A|fieldref: 'x'",
      "B: 'x'",
      "'|cased': 'x'",
      'A: null',
      'A|exists: true',
      'A|gt: 5',
      'A|gte: 5',
      'A|hour|gte: 5',
    ];
    expect(new Set(others.map(key)).size).toBe(others.length);
  });
});

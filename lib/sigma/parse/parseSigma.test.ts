import { describe, expect, test } from 'vitest';
import { explainRule } from '../explain';
import { judgeRule } from '../judge';
import { testDocument, testRecord, testRefusal, testRule, testYaml } from '../testRule';
import { parseSigma } from './parseSigma';

const RULE = testYaml(
  "s:\n  A: 'x'\ncondition: s",
  'title: a rule\nid: 0F0E0D0C-0000-4000-8000-000000000001',
);

describe('what a rule says of itself', () => {
  test('is read as written, its id and tags in lower case', () => {
    const rule = testDocument(`
title: Something odd
id: 5F5E5D5C-0000-4000-8000-000000000001
name: something_odd
related:
  - id: 5F5E5D5C-0000-4000-8000-000000000002
    type: derived
status: stable
description: |
  Says
  more.
license: MIT
references:
  - https://example.org/a
author: A. Person, B. Person
date: 2022/12/13
modiified: 2023-01-02
tags: [attack.T1059, attack.execution]
logsource: {category: Process_Creation, product: windows, definition: anything}
detection:
  sel: {A: 1}
  condition: sel
falsepositives: Administrators
level: HIGH
fields: [A, B]
regression_tests_path: any/custom/key
`);
    expect(rule).toMatchObject({
      kind: 'detection',
      id: '5f5e5d5c-0000-4000-8000-000000000001',
      name: 'something_odd',
      title: 'Something odd',
      status: 'stable',
      level: 'high',
      description: 'Says\nmore.',
      author: 'A. Person, B. Person',
      license: 'MIT',
      date: '2022/12/13',
      tags: ['attack.t1059', 'attack.execution'],
      references: ['https://example.org/a'],
      falsePositives: ['Administrators'],
      related: ['5f5e5d5c-0000-4000-8000-000000000002'],
      logsource: { category: 'process_creation', product: 'windows' },
      path: 'test.yml',
      line: 2,
      fields: ['A'],
      hasKeywords: false,
    });
    expect(rule.yaml).toContain('modiified: 2023-01-02');
    expect(rule).not.toHaveProperty('modified');
  });

  test('a missing level is medium, a missing status experimental, a missing id the name or the title', () => {
    expect(testDocument(testYaml('s: {A: x}\ncondition: s'))).toMatchObject({
      level: 'medium',
      status: 'experimental',
      id: 'a rule',
      description: '',
      author: '',
      tags: [],
    });
    expect(testDocument(testYaml('s: {A: x}\ncondition: s', 'title: T\nname: n')).id).toBe('n');
    expect(testDocument(testYaml('s: {A: x}\ncondition: s', 'id: 17')).title).toBe('17');
    expect(testDocument(testYaml('s: {A: x}\ncondition: s', 'title: T\nstatus: testing')).status).toBe(
      'test',
    );
  });

  test.each([
    ['title: T\nlevel: hihg', '"hihg" is not a level; there are informational', 2],
    ['title: T\nstatus: fine', '"fine" is not a status', 2],
    ['title: T\ntaxonomy: ecs', 'the taxonomy "ecs" names fields', 2],
    ['author: me', 'neither title nor id', 1],
  ])('%s is refused', (head, reason, line) => {
    const refusal = testRefusal(testYaml('s: {A: x}\ncondition: s', head));
    expect(refusal.reason).toContain(reason);
    expect(refusal.line).toBe(line);
  });
});

describe('Detection: lists and maps', () => {
  const judged = (detection: string, fields: Record<string, string>): boolean | undefined =>
    judgeRule(testRule(detection), testRecord(fields));

  test('all of a map, one of a list of maps, lists within lists', () => {
    const map = "s:\n  A: 'x'\n  B: 'y'\ncondition: s";
    expect(judged(map, { A: 'x', B: 'y' })).toBe(true);
    expect(judged(map, { A: 'x', B: 'z' })).toBe(false);
    const list = "s:\n  - A: 'x'\n    B: 'y'\n  - C: 'z'\n  - - D: 'w'\ncondition: s";
    expect(judged(list, { C: 'z' })).toBe(true);
    expect(judged(list, { A: 'x' })).toBe(false);
    expect(judged(list, { D: 'w' })).toBe(true);
  });

  test('words and maps may stand in one list, a word alone is a list of one', () => {
    const mixed = "s:\n  - 'word'\n  - A: 'x'\ncondition: s";
    expect(judged(mixed, { A: 'x' })).toBe(true);
    expect(judged(mixed, { B: 'some words' })).toBe(true);
    expect(judged("s: 'word'\ncondition: s", { B: 'some words' })).toBe(true);
    expect(testRule(mixed).hasKeywords).toBe(true);
  });

  test('a list of conditions is any of them', () => {
    const rule = "s: {A: 'x'}\nt: {B: 'y'}\ncondition:\n  - s\n  - t and not s";
    expect(judged(rule, { A: 'x' })).toBe(true);
    expect(judged(rule, { B: 'y' })).toBe(true);
    expect(judged(rule, {})).toBe(false);
  });

  test('numbers are read as numbers, where YAML reads them so, and kept as written where none holds them', () => {
    expect(judged('s: {A: 0x10}\ncondition: s', { A: '16' })).toBe(true);
    expect(judged('s: {A: 18446744073709551615}\ncondition: s', { A: '18446744073709551615' })).toBe(true);
    expect(judged('s: {A: 007}\ncondition: s', { A: '007' })).toBe(true);
    expect(judged('s: {A: 1.50}\ncondition: s', { A: '1.50' })).toBe(true);
  });

  test('aliases of YAML stand for what they name', () => {
    expect(judged("s: {A: &list ['x', 'y']}\nt: {B: *list}\ncondition: s and t", { A: 'x', B: 'y' })).toBe(
      true,
    );
  });

  test.each([
    ['s: {A: x}', 'this detection has no condition'],
    ['condition: s', 'no part that it could name'],
    ['s: {A: x}\ncondition: t', '"t" is not a part of this detection (it has s)'],
    ['s: {A: x}\ncondition: 1 of t*', '"t*" names no part'],
    ['s: {A: x}\ncondition: s | count() > 5', 'use a correlation rule'],
    ['s: {A: x}\ncondition: s | count(B) by C > 5', 'use a correlation rule'],
    ['s: {A: x}\ncondition: s near t', 'use a correlation rule of type temporal'],
    ['s: {A: x}\ntimeframe: 5m\ncondition: s', 'use a correlation rule with "timespan"'],
    ['s: {A: x}\ncondition: [s, {a: b}]', 'a condition is a text'],
    ['s: {A: x}\ncondition:', 'a condition is a text'],
    ['s: {}\ncondition: s', 'this part is empty'],
    ['s: []\ncondition: s', 'this part is empty'],
    ['s:\ncondition: s', 'null needs a field'],
    ['s: {A: *.exe}\ncondition: s', 'put a value that begins with * in quotes'],
    ['s: {A: x, A: y}\ncondition: s', 'the key "A" stands twice'],
    ['s: {<<: {A: x}}\ncondition: s', 'merge keys'],
    ['s: {[a]: x}\ncondition: s', 'a key is a text'],
    ['s: {A: "\\0"}\ncondition: s', 'the character NUL'],
  ])('%s is refused', (detection, reason) => {
    expect(testRefusal(testYaml(detection)).reason).toContain(reason);
  });
});

describe('refusals', () => {
  test('name file, line, column, title and id', () => {
    const text = `${RULE}---\n\n${testYaml("s:\n  A: 'x'\n  B|contians: y\ncondition: s", 'title: wrong\nid: ABCD')}`;
    const { documents, refused } = parseSigma(text, 'dir/two.yml');
    expect(documents.map(({ line, path }) => [path, line])).toEqual([['dir/two.yml', 1]]);
    expect(refused).toEqual([
      {
        path: 'dir/two.yml',
        line: 18,
        column: 5,
        title: 'wrong',
        id: 'abcd',
        reason: expect.stringContaining('"contians" is not a modifier'),
      },
    ]);
  });

  test('a document of broken YAML refuses itself, not its file', () => {
    const { documents, refused } = parseSigma(`title: "never closed\nid: x\n---\n${RULE}`, 'f');
    expect(documents).toHaveLength(1);
    expect(refused).toMatchObject([
      { title: '"never closed', reason: expect.stringContaining('no sound YAML') },
    ]);
  });

  test.each([
    ['', 'holds no rule'],
    ['# only\n---\n# comments\n', 'holds no rule'],
    ['- a\n- b', 'a rule is a map of keys'],
    ['just words', 'a rule is a map of keys'],
    ['title: t', 'neither detection, correlation nor filter'],
    ['title: t\ndetection: x\nlogsource: {product: a}', '"detection" is a map'],
    ['title: t\ndetection: {s: {A: x}, condition: s}', 'this rule has no logsource'],
    ['title: t\nlogsource: windows\ndetection: {s: {A: x}, condition: s}', 'a logsource is a map'],
    ['title: t\nlogsource: {definition: x}\ndetection: {s: {A: x}, condition: s}', 'names no category'],
  ])('%j is refused', (text, reason) => {
    expect(testRefusal(text).reason).toContain(reason);
  });
});

describe('several documents', () => {
  test('stand between the marks of YAML, whatever the line ends, and not where a text holds them', () => {
    const crlf = `\ufeff%YAML 1.2\n---\n${RULE}...\n# a comment\n--- # another\n${RULE}`.replaceAll(
      '\n',
      '\r\n',
    );
    const { documents, refused } = parseSigma(crlf, 'f');
    expect(refused).toEqual([]);
    expect(documents.map(({ line }) => line)).toEqual([3, 14]);
    const block = testYaml('s: {A: x}\ncondition: s', 'title: t\ndescription: |\n  a\n  ---\n  b');
    expect(testDocument(block).description).toBe('a\n---\nb');
  });

  test('an old global document is put into those behind it, whose text then holds it too', () => {
    const text = `action: global
title: shared
id: 10000000-0000-4000-8000-000000000000
level: high
detection:
  sel: {A: x}
  condition: sel and t
---
id: 10000000-0000-4000-8000-000000000001
logsource: {product: windows}
detection:
  t: {B: y}
---
id: 10000000-0000-4000-8000-000000000002
logsource: {product: windows, service: system}
detection:
  t: {B: z}
`;
    const { documents, refused } = parseSigma(text, 'f');
    expect(refused).toEqual([]);
    expect(documents).toMatchObject([
      {
        title: 'shared',
        level: 'high',
        id: '10000000-0000-4000-8000-000000000001',
        fields: ['A', 'B'],
        line: 9,
      },
      { title: 'shared', logsource: { service: 'system' }, line: 14 },
    ]);
    const again = parseSigma(documents[1]?.yaml ?? '', 'f').documents;
    expect(again).toMatchObject([{ id: documents[1]?.id, fields: ['A', 'B'], yaml: documents[1]?.yaml }]);
  });

  test('a document keeps its own text, so that it can be read again by itself', () => {
    const indented = `---\n\n${RULE.replace(/^(?=.)/gm, '  ')}\n---\n${RULE.replace('...0001', '')}`;
    const [first] = parseSigma(indented, 'f').documents;
    expect(first).toBeDefined();
    expect(parseSigma(first?.yaml ?? '', 'f').documents).toMatchObject([
      { id: first?.id, yaml: first?.yaml },
    ]);
  });

  test('other old actions are refused', () => {
    expect(testRefusal('action: repeat\ntitle: t').reason).toContain('write each rule out');
  });
});

describe('no text hangs or exhausts', () => {
  const many = (count: number, make: (i: number) => string, joint = '\n'): string =>
    Array.from({ length: count }, (_, i) => make(i)).join(joint);
  const values = (selection: string): string => testYaml(`s:\n  ${selection}\ncondition: s`);

  test.each([
    ['a file too long', 'a'.repeat(2_000_001), 'at most 2000000 characters'],
    ['a document too long', `title: ${'a'.repeat(250_000)}`, 'at most 250000 characters'],
    ['nested brackets', '['.repeat(200_000), 'nested more than 32 deep'],
    ['nested maps', '{a: '.repeat(60_000), 'nested more than 32 deep'],
    ['nested items', '- '.repeat(120_000), 'nested more than 32 deep'],
    ['nested lines', many(100, (i) => `${' '.repeat(i)}a:`), 'nested more than 32 deep'],
    ['too many documents', '---\na: b\n'.repeat(2_100), 'neither title nor id'],
    [
      'unfolding aliases',
      many(12, (i) => `k${i}: &k${i} [${i === 0 ? 'x' : many(9, () => `*k${i - 1}`, ',')}]`),
      'keys and values',
    ],
    ['many aliases', `a: &a x\nb: [${'*a,'.repeat(5_000)}]`, 'anchors and aliases'],
    ['an alias in itself', 'a: &a [*a]', 'nested more than 32 deep'],
    ['an error in every line', `a: [\n${'}\n'.repeat(120_000)}`, 'no sound YAML'],
    ['many errors in one line', `{${'a'.repeat(50_000)}${',,,,'.repeat(5_000)}`, 'no sound YAML'],
    ['repeats of repeats', values("A|re: '(a{1000}){1000}'"), 'more than 3000 steps'],
    ['repeats of repeats of repeats', values("A|re: '((((a{9}){9}){9}){9}){9}'"), 'more than 3000 steps'],
    ['a long expression', values(`A|re: '${'a'.repeat(9_000)}'`), 'at most 8192 characters'],
    ['nested groups', values(`A|re: '${'('.repeat(4_000)}'`), 'at most 50 groups'],
    [
      'many expressions',
      values(`A|re: [${many(20, (i) => `'${i}.{900}x{900}y{900}'`, ',')}]`),
      'more than 50,000 steps together; split the rule',
    ],
    ['many wildcards', values(`A: '${'*a'.repeat(300)}'`), 'at most 200 wildcards'],
    ['many dashes', values(`A|windash: '${' -a'.repeat(300)}'`), 'at most 200 wildcards'],
    ['dashes to encode', values(`A|windash|base64: '${' -a'.repeat(9)}'`), 'more than 3 dashes'],
    [
      'long values with dashes to encode',
      values(`A|windash|wide|base64offset: '-a -b -c ${'A'.repeat(8_000)}'`),
      'more than 8,000,000 characters once they are encoded',
    ],
    [
      'a condition that comes to many places',
      testYaml(`${many(300, (i) => `s${i}: {A: x}`)}\ncondition: [${many(80, () => '1 of s*', ',')}]`),
      'name parts in more than 20,000 places',
    ],
    [
      'a long value to encode',
      values(`A|base64offset|contains: '${'a'.repeat(20_000)}'`),
      'at most 8192 characters',
    ],
    ['many values', values(`A: [${many(20_001, () => '1', ',')}]`), 'at most 20000 values'],
    [
      'many parts',
      testYaml(`${many(2_001, (i) => `s${i}: {A: x}`)}\ncondition: 1 of s*`),
      'at most 2000 parts',
    ],
    ['many conditions', testYaml(`s: {A: x}\ncondition: [${'s,'.repeat(200)}s]`), 'at most 100 conditions'],
    ['a nested condition', testYaml(`s: {A: x}\ncondition: ${'not '.repeat(500)}s`), 'nested more than 100'],
    [
      'many tests',
      testYaml(`s:\n${many(10_001, () => '  - {A: x}')}\ncondition: s`),
      'more than 10,000 tests',
    ],
    ['a long global document', `action: global\nx: ${'y'.repeat(30_000)}`, 'at most 20000 characters'],
    ['many modifiers', values(`A${'|contains'.repeat(90)}: a`), 'at most 12 modifiers'],
  ])('%s', (_what, text, reason) => {
    expect(testRefusal(text).reason).toContain(reason);
  });

  test('a file of many regular expressions is read as far as its room goes', () => {
    const text = many(
      6,
      (n) => `---\n${values(`A|re: [${many(16, (i) => `'${n}[a-z]{990}${i}[a-z]{990}[b-z]{900}'`, ',')}]`)}`,
    );
    const { documents, refused } = parseSigma(text, 'f');
    expect(documents).toHaveLength(4);
    expect(refused[0]?.reason).toContain(
      'this file has regular expressions that come to more than 200,000 steps',
    );
  });

  test('placeholders cannot multiply without end', () => {
    const placeholders = (): readonly string[] => Array.from({ length: 200 }, (_, i) => `v${i}`);
    expect(testRefusal(values("A|expand: '%a%%a%%a%%a%'"), { placeholders }).reason).toContain(
      'more than 20000',
    );
    const each = values(`A|expand: [${many(15_000, () => "'%a%%a%'", ',')}]`);
    expect(testRefusal(each, { placeholders }).reason).toContain('more than 20000');
  });

  test('blanks and marks alone hold nothing', () => {
    for (const text of [' ', '\t', '\r', '\n', '---\n', '#\n', ' \n'])
      expect(parseSigma(text.repeat(300_000), 'f').documents).toEqual([]);
  });

  test('hostile values are judged in a bounded number of steps', () => {
    const rule = testRule(`s:\n  A|contains: '${'a*'.repeat(99)}b'\ncondition: s`);
    expect(judgeRule(rule, testRecord({ A: 'a'.repeat(100_000) }))).toBe(false);
    const question = testRule(`s:\n  A|contains: '${'?'.repeat(100)}b'\ncondition: s`);
    expect(judgeRule(question, testRecord({ A: 'a'.repeat(10_000) }))).toBe(false);
    const nearly = testRule(`s:\n  A: '*?${'a'.repeat(8_000)}b*'\ncondition: s`);
    expect(judgeRule(nearly, testRecord({ A: 'a'.repeat(300_000) }))).toBe(false);
    const inside = testRule(`s:\n  A: '*a?${'a'.repeat(8_000)}b*'\ncondition: s`);
    expect(judgeRule(inside, testRecord({ A: 'a'.repeat(300_000) }))).toBeUndefined();
    const regex = testRule("s:\n  A|re: '^(a+)+$'\ncondition: s");
    expect(judgeRule(regex, testRecord({ A: `${'a'.repeat(30_000)}b` }))).toBe(false);
  });

  test('a part that is named in thousands of places is judged once', () => {
    const nested = Array.from({ length: 60 }, () => '(s or (s and not s))').join(' and ');
    const rule = testRule(
      `s:\n${many(3_000, (i) => `  - {A${i}: null, B: null}`)}\ncondition:\n${many(5, () => `  - ${nested}`)}`,
    );
    let reads = 0;
    const record = testRecord({});
    const reader = (): (() => undefined) => () => {
      reads++;
      return undefined;
    };
    const counted = { ...record, source: { ...record.source, reader } };
    expect(judgeRule(rule, counted)).toBe(true);
    expect(reads).toBeLessThanOrEqual(6_000);
    expect(explainRule(rule, counted)).toHaveLength(50);
  });

  test('a status that is the name of an object’s own part is none', () => {
    for (const status of ['constructor', '__proto__', 'toString'])
      expect(
        testRefusal(testYaml('s: {A: x}\ncondition: s', `title: t\nstatus: ${status}`)).reason,
      ).toContain('is not a status');
  });

  test('names of an object’s own parts are names like others', () => {
    const rule = testRule("__proto__:\n  constructor: 'x'\ncondition: __proto__");
    expect(judgeRule(rule, testRecord({ constructor: 'x' }))).toBe(true);
  });
});

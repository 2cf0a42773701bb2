import { describe, expect, test } from 'vitest';
import { judgeRule } from '../judge';
import { type FieldValue, UNKNOWN } from '../rule';
import { testRecord, testRefusal, testRule, testYaml } from '../testRule';

/** What a test of one selection says of a record. */
function judged(selection: string, fields: Readonly<Record<string, FieldValue>>): boolean | undefined {
  return judgeRule(testRule(`s:\n  ${selection}\ncondition: s`), testRecord(fields));
}

/** Value and modifiers as a rule writes them, a value that passes, one that does not. */
type Row = readonly [string, string, string];

describe('General: values are strings without case', () => {
  test.each<Row>([
    ["A: 'cmd.EXE'", 'CMD.exe', 'cmd.exe '],
    ['A: 4688', '4688', '46880'],
    ["A: '4688'", '4688', '4689'],
    ['A: true', 'True', 'false'],
    ["A: ''", '', ' '],
    ["A: 'ΟΔΟΣ'", 'οδος', 'οδο'],
    ["A|contains: 'ΔΟΣ'", 'οδοσα', 'οδοα'],
    ["A: 'a;b'", 'A;B', 'ab'],
  ])('%s takes "%s" and not "%s"', (selection, yes, no) => {
    expect(judged(selection, { A: yes })).toBe(true);
    expect(judged(selection, { A: no })).toBe(false);
  });

  test('a list is any of its values, and a field with several texts is any of them', () => {
    expect(judged("A: ['x', 'y']", { A: 'Y' })).toBe(true);
    expect(judged("A: ['x', 'y']", { A: ['z', 'X'] })).toBe(true);
    expect(judged("A: ['x', 'y']", { A: ['z'] })).toBe(false);
    const long = Array.from({ length: 50 }, (_, i) => `'v${i}'`).join(', ');
    expect(judged(`A: [${long}, 'w*']`, { A: 'V49' })).toBe(true);
    expect(judged(`A: [${long}, 'w*']`, { A: 'Wide' })).toBe(true);
    expect(judged(`A: [${long}, 'w*']`, { A: 'v50' })).toBe(false);
  });
});

describe('String wildcard and escaping', () => {
  test.each<Row>([
    ["A: 'prog?.exe'", 'progA.exe', 'prog.exe'],
    ["A: 'prog?.exe'", 'prog😀.exe', 'progAB.exe'],
    ["A: 'antivirus_V*.exe'", 'antivirus_V21.2.1.exe', 'antivirus_V.ex'],
    ["A: '*\\whoami.exe'", 'C:\\x\\whoami.exe', 'C:\\x\\whoami.exe.bak'],
    ["A: 'a\\b'", 'a\\b', 'ab'],
    ["A: 'a\\\\b'", 'a\\b', 'a\\\\b'],
    ["A: 'a\\*b'", 'a*b', 'axb'],
    ["A: 'a\\?b'", 'a?b', 'axb'],
    ["A: 'a\\\\*b'", 'a\\xyzb', 'axyzb'],
    ["A: 'a\\\\\\*b'", 'a\\*b', 'a\\xb'],
    ["A: 'a\\\\\\\\b'", 'a\\\\b', 'a\\b'],
    ["A: 'a\\\\\\b'", 'a\\\\b', 'a\\b'],
    ["A|contains: 'a*c'", 'xxabbbcxx', 'xxcbax'],
    ["A|startswith: 'a?c'", 'abcd', 'xabc'],
    ["A|endswith: 'a?c'", 'xabc', 'abcx'],
    ["A|contains: '\\*'", 'a*', 'a'],
  ])('%s takes "%s" and not "%s"', (selection, yes, no) => {
    expect(judged(selection, { A: yes })).toBe(true);
    expect(judged(selection, { A: no })).toBe(false);
  });
});

describe('Generic modifiers', () => {
  test.each<Row>([
    ["A|contains: 'Mid'", 'a middle', 'a mddle'],
    ["A|startswith: 'adm'", 'ADMIN', 'xadm'],
    ["A|endswith: '\\cmd.exe'", 'C:\\CMD.exe', 'C:\\xcmd.exe.'],
    ["A|contains|all: ['a', 'b']", 'xbxa', 'xb'],
    ["A|all|contains: ['a', 'b']", 'xbxa', 'xa'],
    ["A|cased: 'Abc'", 'Abc', 'abc'],
    ["A|contains|cased: 'Abc'", 'xAbcx', 'xabcx'],
    ["A|neq: 'x'", 'y', 'X'],
    ['A|neq: 5', '6', '5'],
    ["A|neq: ['x', 'y']", 'z', 'y'],
    ["A|contains|neq: 'x'", 'abc', 'abxc'],
  ])('%s takes "%s" and not "%s"', (selection, yes, no) => {
    expect(judged(selection, { A: yes })).toBe(true);
    expect(judged(selection, { A: no })).toBe(false);
  });

  test('exists looks only whether the field is there, be it empty', () => {
    expect(judged('A|exists: true', { A: '' })).toBe(true);
    expect(judged('A|exists: true', {})).toBe(false);
    expect(judged('A|exists: false', {})).toBe(true);
    expect(judged('A|exists: false', { A: 'x' })).toBe(false);
  });

  test('null is a field that is missing, an empty text is not', () => {
    expect(judged('A: null', {})).toBe(true);
    expect(judged('A:', {})).toBe(true);
    expect(judged('A: [null]', { A: [] })).toBe(true);
    expect(judged('A: null', { A: '' })).toBe(false);
    expect(judged("A: ''", {})).toBe(false);
    expect(judged('A|neq: null', { A: 'x' })).toBe(true);
  });

  test('null in a list is one way among others', () => {
    const list = "A: [null, '', 'x']";
    for (const A of [undefined, [], '', 'X']) expect(judged(list, { A })).toBe(true);
    expect(judged(list, { A: 'y' })).toBe(false);
    expect(judged(list, { A: UNKNOWN })).toBeUndefined();
    expect(judged("A|neq: [null, 'x']", {})).toBe(false);
    expect(judged("A|neq: [null, 'x']", { A: 'y' })).toBe(true);
  });

  test('a regular expression that is not in the part seen of a long value is unknown', () => {
    const long = (end: string): { A: string } => ({ A: `${'q'.repeat(33_000)}${end}` });
    expect(judged("A|re: 'evil.*x'", long('evil x'))).toBeUndefined();
    expect(judged("A|re: 'evil.*x'", long(''))).toBe(false);
    expect(judged("A|re: '^q+'", long('evil'))).toBe(true);
    expect(judged("A|re: '^q+$'", long('evil'))).toBeUndefined();
    expect(judged("A|re|neq: 'evil.*x'", long('evil x'))).toBeUndefined();
    expect(judged("A|contains: 'evil*x'", long('evil x'))).toBe(true);
  });

  test('a missing field differs from every value', () => {
    expect(judged("A|neq: 'x'", {})).toBe(true);
    expect(judged("A|contains: ''", {})).toBe(false);
  });
});

describe('windash', () => {
  test.each<Row>([
    ["A|contains|windash: ' -enc '", 'x /enc y', 'x enc y'],
    ["A|windash|contains: ' -enc '", 'x –ENC y', 'x +enc y'],
    ["A|contains|windash: ' /s'", 'del —s', 'del s'],
    ["A|contains|windash: ' ―s'", 'del -s', 'del s'],
    ["A|windash: '-param-name'", '/param-name', '/param/name'],
    ["A|contains|windash: 'dir*-s'", 'DIR c:\\ /S', 'dir c:\\ s'],
    ["A|endswith|windash: '--all'", 'x -/all', 'x //all'],
    ["A|startswith|windash: '-a -b'", '/a —b c', '/a b'],
  ])('%s takes "%s" and not "%s"', (selection, yes, no) => {
    expect(judged(selection, { A: yes })).toBe(true);
    expect(judged(selection, { A: no })).toBe(false);
  });
});

describe('Regular expression', () => {
  test.each<Row>([
    ["A|re: 'a.c'", 'xabcx', 'ABC'],
    ["A|re|i: 'a.c'", 'ABC', 'AC'],
    ["A|re: '(?i)a.c$'", 'xABC', 'abcx'],
    ["A|re: '^b$'", 'b', 'a\nb'],
    ["A|re|m: '^b$'", 'a\nb', 'ab'],
    ["A|re|s: 'a.b'", 'a\nb', 'a\n\nb'],
    ["A|re: 'a.b'", 'axb', 'a\nb'],
    ["A|re|i|s: 'a.b'", 'A\nB', 'AB'],
    ["A|re|all: ['a+', 'b{2,}']", 'abb', 'ab'],
    ["A|re|neq: 'a+'", 'b', 'a'],
    ["A|re: '\\\\[a-z]+\\.exe'", 'c:\\x.exe', 'c:x.exe'],
    ["A|re|i: 'passw'", 'paſſw', 'pasw'],
  ])('%s takes "%s" and not "%s"', (selection, yes, no) => {
    expect(judged(selection, { A: yes })).toBe(true);
    expect(judged(selection, { A: no })).toBe(false);
  });
});

describe('Encoding', () => {
  const encodings: readonly (readonly [string, (text: string) => Buffer])[] = [
    ['', (text) => Buffer.from(text, 'utf8')],
    ['wide|', (text) => Buffer.from(text, 'utf16le')],
    ['utf16le|', (text) => Buffer.from(text, 'utf16le')],
    ['utf16be|', (text) => Buffer.from(text, 'utf16le').swap16()],
    ['utf16|', (text) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])],
  ];

  test.each(encodings)('%sbase64 is the Base64 of the value', (modifier, bytes) => {
    for (const text of ['a', 'ab', 'abc', 'päss', 'IEX (New-Object'])
      expect(judged(`A|${modifier}base64: '${text}'`, { A: bytes(text).toString('base64') }), text).toBe(
        true,
      );
  });

  test.each(encodings)(
    '%sbase64offset finds a value wherever it stands in what was encoded',
    (modifier, bytes) => {
      for (const text of ['http', 'https', 'http://', 'IEX (New-Object']) {
        for (let before = 0; before < 7; before++) {
          for (let behind = 0; behind < 4; behind++) {
            const whole = Buffer.concat([Buffer.alloc(before, 'x'), bytes(text), Buffer.alloc(behind, 'y')]);
            const A = `-e ${whole.toString('base64')}`;
            expect(judged(`A|${modifier}base64offset|contains: '${text}'`, { A }), `${text} ${before}`).toBe(
              true,
            );
          }
        }
      }
    },
  );

  test('Base64 is compared with its case, and a piece of it is looked for anywhere', () => {
    expect(judged("A|base64|contains: 'abc'", { A: 'xYWJjx' })).toBe(true);
    expect(judged("A|base64|contains: 'abc'", { A: 'xywjjx' })).toBe(false);
    expect(judged("A|base64offset: 'http'", { A: `x${Buffer.from('http').toString('base64')}` })).toBe(true);
  });

  test('a text may be looked for in UTF-16 itself', () => {
    expect(judged("A|wide|contains: 'cmd'", { A: 'xc\0m\0d\0' })).toBe(true);
    expect(judged("A|utf16be: 'cmd'", { A: '\0c\0m\0d' })).toBe(true);
  });
});

describe('Numeric and time modifiers', () => {
  test.each<Row>([
    ['A|lt: 5', '4.5', '5'],
    ['A|lte: 5', '5', '5.1'],
    ['A|gt: 0x10', '0x11', '16'],
    ["A|gte: '16'", '0x10', 'abc'],
    ['A|gt: -1', '0', ''],
    ['A|minute: 5', '2026-11-26T13:05:59.123Z', '2026-11-26T13:06:00Z'],
    ['A|hour: 13', '2026-11-26 13:05:59', '2026-11-26'],
    ['A|hour|gte: 22', '2026-11-26T23:05:59', '2026-11-26T21:59:59'],
    ['A|day: [25, 26]', '2026-11-26', '2026-11-27'],
    ['A|week: 53', '2021-01-03T00:00:00', '2021-01-04T00:00:00'],
    ['A|week: 1', '2024-12-30', '2024-12-29'],
    ['A|month: 11', '2026-11-26', '2026-12-26'],
    ['A|year|lt: 2026', '2025-01-01', '2026-01-01'],
  ])('%s takes "%s" and not "%s"', (selection, yes, no) => {
    expect(judged(selection, { A: yes })).toBe(true);
    expect(judged(selection, { A: no })).toBe(false);
  });
});

describe('cidr', () => {
  test.each<Row>([
    ["A|cidr: '10.0.0.0/8'", '10.255.1.2', '11.0.0.1'],
    ["A|cidr: ['10.0.0.0/8', '192.168.0.0/16']", '192.168.3.4', '192.169.0.1'],
    ["A|cidr: 'fe80::/10'", 'fe80::1', 'fec0::1'],
    ["A|cidr: '::1/128'", '0:0:0:0:0:0:0:1', '::2'],
    ["A|cidr: '127.0.0.1'", '127.0.0.1', '127.0.0.2'],
    ["A|cidr: '10.0.0.0/8'", '::ffff:10.1.1.1', 'not an address'],
  ])('%s takes "%s" and not "%s"', (selection, yes, no) => {
    expect(judged(selection, { A: yes })).toBe(true);
    expect(judged(selection, { A: no })).toBe(false);
  });
});

describe('fieldref', () => {
  test('compares two fields of one record', () => {
    expect(judged('A|fieldref: B', { A: 'X', B: 'x' })).toBe(true);
    expect(judged('A|fieldref: B', { A: 'X', B: 'y' })).toBe(false);
    expect(judged('A|fieldref: B', { A: 'x' })).toBe(false);
    expect(judged('A|fieldref|neq: B', { A: 'X', B: 'y' })).toBe(true);
    expect(judged('A|fieldref|cased: B', { A: 'X', B: 'x' })).toBe(false);
    expect(judged('A|fieldref|startswith: B', { A: 'xyz', B: 'xy' })).toBe(true);
    expect(judged('A|endswith|fieldref: B', { A: 'xyz', B: 'yz' })).toBe(true);
    expect(judged('A|fieldref|contains: B', { A: 'xyz', B: 'y' })).toBe(true);
    expect(judged('A|fieldref: [B, C]', { A: 'x', B: 'y', C: 'x' })).toBe(true);
    expect(judged('A|fieldref|all: [B, C]', { A: 'x', B: 'y', C: 'x' })).toBe(false);
  });

  test('is unknown where either field is', () => {
    expect(judged('A|fieldref: B', { A: 'x', B: UNKNOWN })).toBeUndefined();
    expect(judged('A|fieldref|neq: B', { A: UNKNOWN, B: 'x' })).toBeUndefined();
    expect(judged('A|fieldref: [B, C]', { A: 'x', B: UNKNOWN, C: 'x' })).toBe(true);
    expect(testRule('s:\n  A|fieldref: B\ncondition: s').fields).toEqual(['A', 'B']);
  });
});

describe('Placeholders', () => {
  const placeholders = (name: string): readonly string[] | undefined =>
    ({ Servers: ['srv*', 'db1'], one: ['x'] })[name];
  const holds = (selection: string, A: string): boolean | undefined =>
    judgeRule(testRule(`s:\n  ${selection}\ncondition: s`, { placeholders }), testRecord({ A }));

  test('stand for each of their values, which may be patterns', () => {
    expect(holds("A|expand: '%Servers%'", 'SRV-07')).toBe(true);
    expect(holds("A|expand: '%Servers%'", 'db2')).toBe(false);
    expect(holds("A|expand|endswith: '\\%Servers%-%one%'", 'a%servers%-X')).toBe(true);
    expect(holds("A|expand|contains: 'a %Servers% b'", 'a db1 b')).toBe(true);
  });

  test('are plain text without expand, and where a backslash stands before the percent sign', () => {
    expect(holds("A: '%Servers%'", '%servers%')).toBe(true);
    expect(holds("A|expand: '\\%plain%one%'", '%plainx')).toBe(true);
    expect(holds("A|expand: '50%'", '50%')).toBe(true);
  });

  test('stand for themselves within a regular expression', () => {
    const dotted = () => ['a.b(c)*'];
    const rule = testRule("s:\n  'A|re|expand': '^%x%$'\ncondition: s", { placeholders: dotted });
    expect(judgeRule(rule, testRecord({ A: 'a.b(c)*' }))).toBe(true);
    expect(judgeRule(rule, testRecord({ A: 'axbccc' }))).toBe(false);
  });
});

describe('Keywords search', () => {
  test('looks for words anywhere in the whole record', () => {
    const record = testRecord({ A: 'one EvilService two', B: ['x', 'svchost.exe -n evil'] });
    const holds = (part: string): boolean | undefined =>
      judgeRule(testRule(`s:\n${part}\ncondition: s`), record);
    expect(holds("  - 'EVILSERVICE'\n  - 'other'")).toBe(true);
    expect(holds("  - 'svchost*evil'")).toBe(true);
    expect(holds("  - 'one*evil'")).toBe(true);
    expect(holds("  - 'two*evil'")).toBe(false);
    expect(holds("  '|all':\n    - 'evilservice'\n    - ' -n '")).toBe(true);
    expect(holds("  '|all':\n    - 'evilservice'\n    - 'absent'")).toBe(false);
    expect(holds("  '|re': 'Evil[A-Z]'")).toBe(true);
  });
});

describe('Three values', () => {
  test('a test on a field that the source cannot have is unknown, whatever it asks', () => {
    for (const selection of ["A: 'x'", 'A: null', 'A|exists: false', "A|neq: 'x'", "A|re: 'x'", 'A|lt: 5'])
      expect(judged(selection, { A: UNKNOWN }), selection).toBeUndefined();
  });
});

describe('chains that cannot be', () => {
  test.each([
    ["A|re|base64: 'a'", '"re" and "base64" cannot stand together'],
    ["A|contains|re: 'a'", '"re" and "contains" cannot stand together'],
    ["A|contians: 'a'", '"contians" is not a modifier; there are contains, startswith'],
    ["A|i: 'a'", 'the flags i, m and s go with "re"'],
    ["A|i|re: 'a'", 'the flags i, m and s stand behind "re"'],
    ["A|contains|startswith: 'a'", '"contains" and "startswith" cannot stand together'],
    ["A|contains|contains: 'a'", 'the modifier "contains" stands twice'],
    ["A|contains|base64: 'a'", '"contains" stands behind "base64"'],
    ["A|base64|wide: 'a'", '"wide" stands before "base64"'],
    ["A|base64|windash: '-a'", '"windash" stands before'],
    ["A|base64: 'a*'", 'has a wildcard, which cannot be encoded'],
    ["A|base64offset|contains: 'a'", 'is too short for "base64offset"'],
    ["A|exists: 'maybe'", '"exists" takes one value, true or false'],
    ['A|exists|all: true', '"exists" and "all" cannot stand together'],
    ["A|lt: 'many'", '"lt" needs a number'],
    ['A|lt|gt: 5', '"lt" and "gt" cannot stand together'],
    ["A|cidr: '10.0.0.0/33'", 'is no block of addresses'],
    ["A|cidr: '10.*'", 'is no block of addresses'],
    ["A|cidr|contains: '10.0.0.0/8'", '"cidr" and "contains" cannot stand together'],
    ["A|fieldref: 'B*'", '"fieldref" takes names of fields'],
    ["A|expand: '%absent%'", 'the placeholder %absent% has no values here'],
    ["'|endswith': 'a'", '"endswith" needs a field before it'],
    ["'|exists': true", '"exists" needs a field before it'],
    ["A|: 'a'", 'a modifier is missing'],
    ['A|contains: [null, x]', 'null takes no modifier "contains"'],
    ['A|contains: null', 'null takes no modifier "contains"'],
    ["'': null", 'null needs a field'],
    ['A: []', '"A" has no value'],
    ['A: {B: c}', '"A" holds a map where a value is meant'],
    ["A|re: '(?=a)b'", 'looks ahead or behind'],
    ["A|re: 'b(?<!a)'", 'looks ahead or behind'],
    ["A|re: '(a)\\1'", 'refers back to a group'],
    ["A|re: 'a++'", 'possessive or atomic'],
    ["A|re: '(a'", 'cannot be read'],
  ])('%s is refused: %s', (selection, reason) => {
    expect(testRefusal(testYaml(`s:\n  ${selection}\ncondition: s`)).reason).toContain(reason);
  });
});

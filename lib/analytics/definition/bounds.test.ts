import { describe, expect, it } from 'vitest';
import { compileTest } from '../predicate/fieldTest';
import { readSource } from './definitionSource';
import { withParameters } from './parameters';
import { diagnose, parseBaseline, parseLists } from './parseAnalytic';

const lists = parseLists('shell: [cmd.exe]\n', 'lists.yaml');
const STAGE = `{ id: s0, title: T, anchor: true, on: process_start, where: { process.name: a }, telemetry: { needs: process_start, fix: f } }`;
const LATER = (id: string, relation = '{ descendant_of: s0 }', body = 'on: file_create'): string =>
  `{ id: ${id}, title: T, ${body}, relation: ${relation}, telemetry: { needs: file_create, fix: f } }`;
const REASON = (id: string): string => `{ id: ${id}, points: 1, text: t, when: { complete: true } }`;

/** Numbers that make names of many. */
function many(count: number, make: (i: number) => string): string {
  return `[${Array.from({ length: count }, (_, i) => make(i)).join(', ')}]`;
}

function definition(parts: Readonly<Record<string, string>> = {}): string {
  const all = {
    id: 'MY1',
    title: 'T',
    version: '"1"',
    description: 'd',
    stages: `[${STAGE}]`,
    score: `[{ id: g, take: sum, reasons: [${REASON('r')}] }]`,
    headline: '[{ text: h }]',
    ...parts,
  };
  return Object.entries(all)
    .map(([key, value]) => `${key}: ${value}`)
    .join('\n');
}

const messages = (text: string): readonly string[] =>
  diagnose(text, lists).problems.map(({ message }) => message);

describe('the nesting of a definition', () => {
  const nested = (levels: number): string => `${'{ not: '.repeat(levels)}{ wrong: 1 }${' }'.repeat(levels)}`;

  it('is told of at its innermost mistake, at once', () => {
    const began = performance.now();
    const when = nested(20);
    const { problems } = diagnose(definition({ suppressors: `[{ id: x, text: t, when: ${when} }]` }), lists);
    expect(performance.now() - began).toBeLessThan(2_000);
    expect(problems.map(({ message }) => message)).toContain('"wrong" is not a key that is known here');
    expect(() => parseBaseline(when, { stages: [] }, lists)).toThrow(/mistake in line 1/);
    expect(performance.now() - began).toBeLessThan(4_000);
  });

  it('is refused beyond 32 levels', () => {
    expect(readSource(nested(31)).broken).toEqual([]);
    expect(readSource(nested(32)).broken).toMatchObject([
      { line: 1, message: 'this is nested too deeply: more than 32 levels' },
    ]);
  });
});

describe('a text that the reader of YAML is slow on, or falls over', () => {
  it('is told of with the place of its first mistake: a line of nothing but commas', () => {
    const { broken } = readSource(`a: 1\nb: [${','.repeat(2_000)}]`);
    expect(broken).toHaveLength(200);
    expect(broken[0]).toMatchObject({ line: 2, column: 6, message: 'Unexpected , in flow sequence' });
  });

  it.each([
    ['brackets', '['.repeat(20_000)],
    ['brackets that are closed', `${'['.repeat(1_000)}${']'.repeat(1_000)}`],
    ['braces', '{ a: '.repeat(20_000)],
    ['marks of lists', `${'- '.repeat(20_000)}a`],
    ['marks of keys', `${'? '.repeat(20_000)}a`],
  ])('is not read where it nests without end: %s', (_name, text) => {
    const began = performance.now();
    expect(readSource(text).broken).toMatchObject([{ line: 1, message: 'this is nested too deeply' }]);
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  it('may hold brackets without end in a text', () => {
    expect(readSource(`a: "${'['.repeat(1_000)}"\n# ${'{'.repeat(1_000)}`).broken).toEqual([]);
  });
});

describe('the values of a definition', () => {
  it('are not multiplied by a parameter that is named again and again', () => {
    const named = `\${${'P'}}`;
    const raw = { parameters: { P: Array(9_000).fill('v') }, stages: Array(9_000).fill(named) };
    const told: string[] = [];
    const put = withParameters(raw, ({ message }) => told.push(message)) as { stages: readonly unknown[] };
    expect(told).toEqual([expect.stringMatching(/put in more than 50000 values/)]);
    expect(put.stages.length).toBeLessThan(60_000);
  });

  it('are at most 20000 in one test', () => {
    const long = new Map([['long', Array<string>(15_000).fill('a')]]);
    expect(compileTest('process.name|expand', ['%long%'], long).expected).toHaveLength(15_000);
    expect(() => compileTest('process.name|expand', ['%long%', '%long%'], long)).toThrow(
      'more than 20000 values',
    );
    expect(() => compileTest('process.name', Array<string>(20_001).fill('a'), long)).toThrow(
      'more than 20000 values',
    );
  });
});

describe('the problems of a definition that is all wrong', () => {
  it('are at most 200, and the last says that there are more', () => {
    const told = messages(definition({ techniques: many(5_000, (i) => String(i)) }));
    expect(told).toHaveLength(200);
    expect(told).toContainEqual(expect.stringMatching(/200 problems or more/));
    expect(messages('a: *b\n'.repeat(1_000)).length).toBeLessThanOrEqual(200);
  });

  it('are told soon of a map of many keys, and of a key that stands twice', () => {
    const keys = (count: number): string => Array.from({ length: count }, (_, i) => `k${i}: 1`).join('\n');
    const began = performance.now();
    expect(messages(keys(20_000))).toEqual(['a map has at most 2000 keys, this one 20000']);
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(readSource(keys(2_000)).broken).toEqual([]);
    expect(readSource('a: 1\nb: 2\na: 3').broken).toMatchObject([
      { line: 3, message: 'Map keys must be unique' },
    ]);
  });
});

describe('the parts of a definition', () => {
  const stages = (count: number): string =>
    `[${[STAGE, ...Array.from({ length: count - 1 }, (_, i) => LATER(`s${i + 1}`))].join(', ')}]`;
  const reasons = (count: number): string =>
    `[{ id: g, take: sum, reasons: ${many(count, (i) => REASON(`r${i}`))} }, { id: h, take: sum, reasons: [${REASON('x')}] }]`;
  const alternatives = (count: number): string =>
    `[${STAGE}, { id: s1, title: T, any: ${many(count, () => '{ on: file_create, relation: { child_of: s0 } }')}, telemetry: { needs: file_create, fix: f } }]`;
  const relations = (count: number): string =>
    `[${STAGE}, ${LATER(
      's1',
      many(count, () => '{ child_of: s0 }'),
    )}]`;

  it.each([
    ['stages', 'stages', stages, 64],
    ['alternatives', 'stages', alternatives, 64],
    ['relations', 'stages', relations, 32],
    ['reasons', 'score', reasons, 399],
    [
      'suppressors',
      'suppressors',
      (n: number) => many(n, (i) => `{ id: x${i}, text: t, when: { complete: true } }`),
      200,
    ],
    ['headlines', 'headline', (n: number) => many(n, () => '{ text: h }'), 200],
    ['conditions to keep', 'keep_partial_when', (n: number) => many(n, () => '{ complete: true }'), 200],
    ['caps', 'caps', (n: number) => many(n, () => '{ at_most: 1, text: t, when: { complete: true } }'), 200],
  ])('are bounded: %s', (_name, key, make, most) => {
    expect(messages(definition({ [key]: make(most) }))).toEqual([]);
    expect(messages(definition({ [key]: make(most + 1) }))).toEqual([expect.stringMatching(/at most \d+/)]);
  });
});

describe('a text that cannot be stored', () => {
  it.each([
    ['NUL in a value', 'a: 1\nb: "x\\0y"', 2, /NUL/],
    ['NUL in a key', 'a: 1\n"x\\0": 1', 2, /NUL/],
    ['half a character in a value', 'a: "\\uD800"', 1, /lone surrogate/],
    ['half a character in a key', 'a: 1\n"\\uDC00": 1', 2, /lone surrogate/],
  ])('is refused with its line: %s', (_name, text, line, message) => {
    expect(readSource(text).broken).toMatchObject([{ line, message: expect.stringMatching(message) }]);
  });

  it('is not one with characters of two halves', () => {
    expect(readSource('a: "\\uD83D\\uDE00 \u{1F600}"').broken).toEqual([]);
  });
});

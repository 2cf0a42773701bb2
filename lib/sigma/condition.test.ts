import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Condition, parseCondition } from './condition';

const NAMES = ['selection', 'selection_img', 'filter_a', 'filter_b', '_hidden', 'keywords'];

/** Reads a condition with these parts true, the others false. */
function reads(text: string, ...held: string[]): boolean {
  const decide = (condition: Condition): boolean => {
    switch (condition.op) {
      case 'name':
        return held.includes(condition.name);
      case 'not':
        return !decide(condition.of);
      case 'all':
        return condition.of.every(decide);
      case 'any':
        return condition.of.some(decide);
    }
  };
  return decide(parseCondition(text, NAMES));
}

describe('Condition, in the words of the specification', () => {
  test('logical and, or, not, brackets, in any case', () => {
    expect(reads('selection AND keywords', 'selection', 'keywords')).toBe(true);
    expect(reads('selection And Not keywords', 'selection')).toBe(true);
    expect(reads('selection and (keywords or filter_a)', 'selection')).toBe(false);
  });

  test('or binds least, then and, not, x of, brackets', () => {
    expect(reads('selection or keywords and filter_a', 'selection')).toBe(true);
    expect(reads('(selection or keywords) and filter_a', 'selection')).toBe(false);
    expect(reads('not selection and keywords', 'keywords')).toBe(true);
    expect(reads('not (selection and keywords)', 'keywords')).toBe(true);
    expect(reads('not 1 of filter* or selection', 'filter_a')).toBe(false);
    expect(reads('not not selection', 'selection')).toBe(true);
  });

  test('1 of them and all of them leave out what begins with an underscore', () => {
    expect(reads('1 of them', '_hidden')).toBe(false);
    expect(reads('any of them', 'keywords')).toBe(true);
    expect(reads('all of them', ...NAMES.filter((name) => name !== '_hidden'))).toBe(true);
    expect(reads('1 of *', '_hidden')).toBe(false);
    expect(reads('1 of _*', '_hidden')).toBe(true);
  });

  test('patterns have * anywhere', () => {
    expect(reads('all of filter*', 'filter_a')).toBe(false);
    expect(reads('all of filter*', 'filter_a', 'filter_b')).toBe(true);
    expect(reads('1 of *_img', 'selection_img')).toBe(true);
    expect(reads('1 of *ter_*', 'filter_b')).toBe(true);
    expect(reads('1 of s*_i*g', 'selection')).toBe(false);
    expect(reads('all of selection', 'selection')).toBe(true);
  });

  test.each([
    ['selection and', 'ends too early'],
    ['selection keywords', '"keywords" is out of place'],
    ['(selection', 'a parenthesis is not closed'],
    ['selection)', '")" is out of place'],
    ['absent', '"absent" is not a part of this detection (it has selection, '],
    ['1 of absent*', '"absent*" names no part'],
    ['1 of', '"of" needs a name'],
    ['', 'ends too early'],
  ])('%s is refused', (text, reason) => {
    expect(() => parseCondition(text, NAMES)).toThrow(reason);
  });

  test('what is too long or too deep is refused', () => {
    const deep = `${'('.repeat(200)}selection${')'.repeat(200)}`;
    expect(() => parseCondition(deep, NAMES)).toThrow('nested more than 100 deep');
    expect(() => parseCondition(`${'1 of * and '.repeat(1_900)}selection`, NAMES)).toThrow('at most 20000');
  });

  test('a few words cannot come to millions of parts', () => {
    const names = Array.from({ length: 2_000 }, (_, i) => `s${i}`);
    expect(() => parseCondition(`${'1 of s* and '.repeat(100)}s1`, names)).toThrow('more than 20000 parts');
  });

  /** A second reading of the same text: what is between `or` at the top, then `and`, then the rest. */
  const naive = (text: string, held: ReadonlySet<string>): boolean => {
    const top = (word: string): readonly string[] => {
      const parts: string[] = [''];
      let depth = 0;
      for (const token of text.split(/(\s+|[()])/)) {
        if (token === '(') depth++;
        if (token === ')') depth--;
        if (depth === 0 && token === word) parts.push('');
        else parts[parts.length - 1] += token;
      }
      return parts;
    };
    for (const [word, one] of [
      ['or', (list: readonly string[]) => list.some((part) => naive(part, held))],
      ['and', (list: readonly string[]) => list.every((part) => naive(part, held))],
    ] as const) {
      const parts = top(word);
      if (parts.length > 1) return one(parts);
    }
    const rest = text.trim();
    if (rest.startsWith('not ') || rest.startsWith('not(')) return !naive(rest.slice(3), held);
    if (rest.startsWith('(')) return naive(rest.slice(1, -1), held);
    const [, how, pattern] = /^(1|any|all) of (\S+)$/.exec(rest) ?? [];
    if (pattern === undefined) return held.has(rest);
    const like = new RegExp(`^${pattern === 'them' ? '[^_].*' : pattern.replaceAll('*', '.*')}$`);
    const chosen = NAMES.filter((name) => like.test(name) && !name.startsWith('_'));
    return how === 'all' ? chosen.every((name) => held.has(name)) : chosen.some((name) => held.has(name));
  };

  test('any condition reads as a second, simpler reader reads it', () => {
    const leaf = fc.constantFrom(...NAMES, '1 of them', 'all of selection*', 'any of filter_*', '1 of *e*');
    const { condition } = fc.letrec<{ condition: string }>((tie) => ({
      condition: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc
          .tuple(tie('condition'), fc.constantFrom('and', 'or'), tie('condition'))
          .map((words) => words.join(' ')),
        tie('condition').map((one) => `not ${one}`),
        tie('condition').map((one) => `(${one})`),
      ),
    }));
    fc.assert(
      fc.property(condition, fc.subarray(NAMES), (text, held) => {
        expect(reads(text, ...held)).toBe(naive(text, new Set(held)));
      }),
      { numRuns: 500 },
    );
  });
});

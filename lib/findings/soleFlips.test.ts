import { describe, expect, it } from 'vitest';
import type { Explanation } from './finding';
import { actualOf, soleFlips, wantedOf } from './soleFlips';

const test = (
  field: string,
  result: Explanation['result'],
  more: Partial<Explanation> = {},
): Explanation => ({
  op: 'test',
  result,
  field,
  ...more,
});
const tree = (op: 'all' | 'any' | 'not', ...children: Explanation[]): Explanation => ({
  op,
  result: 'false',
  children,
});
const fields = (explanation: Explanation, wanted: boolean) =>
  soleFlips(explanation, wanted)?.map(({ test: { field }, to }) => [field, to]);

describe('one value away', () => {
  it('names the only test that fails', () => {
    expect(fields(tree('all', test('a', 'true'), test('b', 'false')), true)).toEqual([['b', true]]);
  });

  it('is nothing when two tests fail, nor when the failing one was not recorded', () => {
    expect(fields(tree('all', test('a', 'false'), test('b', 'false')), true)).toBeUndefined();
    expect(fields(tree('all', test('a', 'true'), test('b', 'unknown')), true)).toBeUndefined();
  });

  it('names every alternative that would do, and none where one of them holds', () => {
    expect(fields(tree('any', test('a', 'false'), test('b', 'false')), true)).toEqual([
      ['a', true],
      ['b', true],
    ]);
    expect(fields(tree('any', test('a', 'false'), test('b', 'true')), true)).toEqual([]);
  });

  it('turns round below a "not": what holds there would have to fail', () => {
    expect(fields(tree('all', test('a', 'true'), tree('not', test('b', 'true'))), true)).toEqual([
      ['b', false],
    ]);
  });

  it('asks the other way round what would undo a predicate: any part of a conjunction, all of a disjunction', () => {
    expect(fields(tree('all', test('a', 'true'), test('b', 'true')), false)).toEqual([
      ['a', false],
      ['b', false],
    ]);
    expect(fields(tree('any', test('a', 'true'), test('b', 'true')), false)).toBeUndefined();
    expect(fields(tree('any', test('a', 'true'), test('b', 'false')), false)).toEqual([['a', false]]);
  });

  it('says what was there and what was wanted, cut to a line', () => {
    const long = `${'x'.repeat(400)}needle${'y'.repeat(400)}`;
    const flip = { test: test('a', 'true', { actual: long, matched: 'needle' }), to: false };
    expect(actualOf(flip)).toContain('needle');
    expect(actualOf(flip).length).toBeLessThan(130);
    expect(wantedOf([flip])).toBe('not needle');
    const listed = test('a', 'false', {
      modifier: 'contains|all',
      expected: ['1', '2', '3'],
      expectedTotal: 9,
    });
    expect(wantedOf([{ test: listed, to: true }])).toBe('contains 1, 2, 3 or 6 more');
    expect(actualOf({ test: test('a', 'false'), to: true })).toBe('nothing');
  });
});

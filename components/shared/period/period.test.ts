import { describe, expect, it } from 'vitest';
import { daysUpTo, lengthOf, periodProblems } from './period';

describe('a period of days', () => {
  it('counts both of its ends', () => {
    expect(daysUpTo('2026-03-01', 7)).toEqual({ from: '2026-02-23', to: '2026-03-01' });
    expect(lengthOf({ from: '2026-02-23', to: '2026-03-01' })).toBe(7);
    expect(lengthOf({ from: '2026-03-01', to: '2026-03-01' })).toBe(1);
  });

  it('is none that ends before it begins, or of days no calendar has', () => {
    expect(lengthOf({ from: '2026-03-02', to: '2026-03-01' })).toBeUndefined();
    expect(daysUpTo('2026-02-30', 7)).toBeUndefined();
    expect(daysUpTo('', 7)).toBeUndefined();
  });

  it('tells what is wrong at the field where it is', () => {
    expect(periodProblems({ from: '2026-03-01', to: '2026-03-01' })).toEqual({});
    expect(Object.keys(periodProblems({ from: '2026-03-02', to: '2026-03-01' }))).toEqual(['to']);
    expect(Object.keys(periodProblems({ from: '0002-03-01', to: '' }))).toEqual(['from', 'to']);
  });
});

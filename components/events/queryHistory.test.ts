import { describe, expect, it } from 'vitest';
import { remembered, stepHistory } from './queryHistory';
import { parseStored } from './storedList';

describe('the history of searches', () => {
  it('has the newest first, each once, and no empty one', () => {
    expect(remembered(['a', 'b', 'c'], ' b ')).toEqual(['b', 'a', 'c']);
    expect(remembered(['a'], '  ')).toEqual(['a']);
  });

  it('forgets the oldest, and never keeps a query as long as a file', () => {
    const many = Array.from({ length: 20 }, (_, place) => `q${place}`);
    expect(remembered(many, 'new')).toHaveLength(20);
    expect(remembered(many, 'new')).not.toContain('q19');
    expect(remembered(['a'], 'x'.repeat(5000))).toEqual(['a']);
  });

  it('is walked as in a shell, and stops at its ends', () => {
    const history = ['newest', 'older'];
    expect([stepHistory(history, -1, 1), stepHistory(history, 0, 1), stepHistory(history, 1, 1)]).toEqual([
      0, 1, 1,
    ]);
    expect([stepHistory(history, 0, -1), stepHistory(history, -1, -1)]).toEqual([-1, -1]);
    expect(stepHistory([], -1, 1)).toBe(-1);
  });

  it('takes nothing on trust that stands in localStorage', () => {
    expect(parseStored('["a",7,null,"b"]')).toEqual(['a', 'b']);
    expect(['{}', '"a"', '[', ''].map(parseStored)).toEqual([null, null, null, null]);
    expect(parseStored(null)).toBeNull();
  });
});

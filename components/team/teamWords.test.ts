import { describe, expect, it } from 'vitest';
import { METRIC_LISTS } from '@/lib/contracts/metrics';
import { LIST_TITLE, minutesText, shareText } from './teamWords';

describe('numbers in words', () => {
  it('say nothing where nothing was measured', () => {
    expect(minutesText(null)).toBe('–');
    expect(shareText({ share: null, low: null, high: null, n: 0, of: 0 })).toBe('nothing counted');
  });

  it('tell a share with its interval and what it is of', () => {
    expect(shareText({ share: 0.83, low: 0.74, high: 0.89, n: 80, of: 96 })).toBe('83 % (74 to 89) of 96');
    expect(minutesText(6)).toBe('6 min');
  });

  it('have a name for every list', () => {
    for (const list of METRIC_LISTS) expect(LIST_TITLE[list]).toMatch(/^[A-Z]/);
  });
});

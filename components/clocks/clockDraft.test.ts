import { describe, expect, it } from 'vitest';
import { draftOf, isChanged, itemsOf, minutesOf, oddOrder } from './clockDraft';

const set = (severity: 'critical' | 'high', minutes: number) => ({
  severity,
  minutes,
  setBy: 'ada',
  setAt: '2026-11-20T09:00:00Z',
});
const clocks = { items: [set('critical', 30), set('high', 2880)] };

describe('service clocks', () => {
  it('are read in the largest unit that says them whole', () => {
    const draft = draftOf(clocks);
    expect(draft.critical).toEqual({ amount: '30', unit: 'min' });
    expect(draft.high).toEqual({ amount: '2', unit: 'd' });
    expect(draft.low.amount).toBe('');
  });

  it('are sent in minutes, and those left empty not at all', () => {
    expect(itemsOf(draftOf(clocks))).toEqual([
      { severity: 'critical', minutes: 30 },
      { severity: 'high', minutes: 2880 },
    ]);
  });

  it('refuse what is no time', () => {
    for (const amount of ['x', '1.5', '-1', '0', '9999999'])
      expect(minutesOf({ amount, unit: 'h' })).toHaveProperty('problem');
    expect(minutesOf({ amount: '366', unit: 'd' })).toHaveProperty('problem');
    expect(itemsOf({ ...draftOf(clocks), low: { amount: 'x', unit: 'h' } })).toBeNull();
  });

  it('know whether they were changed, however it is worded', () => {
    expect(isChanged(draftOf(clocks), clocks)).toBe(false);
    expect(isChanged({ ...draftOf(clocks), high: { amount: '48', unit: 'h' } }, clocks)).toBe(false);
    expect(isChanged({ ...draftOf(clocks), high: { amount: '', unit: 'h' } }, clocks)).toBe(true);
  });

  it('point out a graver severity that may wait longer', () => {
    expect(oddOrder(draftOf(clocks))).toBeNull();
    expect(oddOrder({ ...draftOf(clocks), critical: { amount: '3', unit: 'd' } })).toMatch(/critical/);
  });
});

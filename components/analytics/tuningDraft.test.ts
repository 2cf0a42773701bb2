import { describe, expect, it } from 'vitest';
import {
  isWholeTuning,
  keptChange,
  listDifference,
  listOf,
  parameterProblem,
  tuningChanges,
  tuningInForce,
  withParameter,
  withPoints,
} from './tuningDraft';

const WINDOW = { name: 'TimeWindow', kind: 'duration' as const, value: '30m', shipped: '10m', about: '' };
const LIST = { name: 'Allowed', kind: 'list' as const, value: [], shipped: [], about: '' };
const REASON = { id: 'X1', group: 'start', points: 20, shippedPoints: 20, text: '', sentence: '' };
const ANALYTIC = { parameters: [WINDOW, LIST], reasons: [REASON], enabled: true };

describe('a tuning', () => {
  it('holds only what differs from what is shipped', () => {
    const inForce = tuningInForce(ANALYTIC);
    expect(inForce).toEqual({ kind: 'tuning', parameters: { TimeWindow: '30m' }, points: {}, enabled: true });
    expect(withParameter(inForce, WINDOW, '10m').parameters).toEqual({});
    expect(withPoints(withPoints(inForce, REASON, 35), REASON, 20).points).toEqual({});
    expect(withPoints(inForce, REASON, 700).points).toEqual({ X1: 100 });
  });

  it('is compared with what is in force, not with what is shipped', () => {
    const inForce = tuningInForce(ANALYTIC);
    expect(tuningChanges(ANALYTIC, inForce)).toEqual([]);
    const draft = withPoints(withParameter({ ...inForce, enabled: false }, WINDOW, '10m'), REASON, 5);
    expect(tuningChanges(ANALYTIC, draft)).toEqual(['switched off', 'TimeWindow', 'points of X1']);
  });

  it('says what is no value of its kind', () => {
    expect(parameterProblem('duration', '10m')).toBeNull();
    expect(parameterProblem('duration', '10 minutes')).toMatch(/30s, 10m/);
    expect(parameterProblem('number', 'x')).toBe('Write a number.');
    expect(isWholeTuning(ANALYTIC, withParameter(tuningInForce(ANALYTIC), WINDOW, 'soon'))).toBe(false);
  });

  it('reads a list from lines, each value once', () => {
    expect(listOf(' a.exe \n\nb.exe\r\na.exe\n')).toEqual(['a.exe', 'b.exe']);
    expect(listDifference(['a', 'c'], ['a', 'b'])).toEqual({ added: ['c'], removed: ['b'] });
  });

  it('is taken from what a tab kept only when it is one', () => {
    expect(keptChange('tuning', { kind: 'tuning', enabled: false })).toMatchObject({ enabled: false });
    expect(keptChange('tuning', { kind: 'definition', yaml: 'id: X' })).toBeNull();
    expect(keptChange('tuning', 'anything')).toBeNull();
  });
});

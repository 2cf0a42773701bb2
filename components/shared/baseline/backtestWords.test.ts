import { describe, expect, it } from 'vitest';
import type { FindingBrief } from '@/lib/contracts/analytics';
import {
  type BacktestResult,
  baselineEffect,
  changeKey,
  lostTruePositives,
  progressText,
  resultSentence,
} from './backtestWords';

const finding = (id: string, change: Partial<FindingBrief> = {}): FindingBrief => ({
  id,
  host: 'ws-1',
  analytic: 'AN1397',
  headline: 'x',
  status: 'complete',
  severity: 'high',
  score: 70,
  suppressed: false,
  from: '2026-05-01T00:00:00Z',
  verdict: null,
  ...change,
});
const result = (change: Partial<BacktestResult>): BacktestResult => {
  const whole = { gained: [], lost: [], changed: [], unchanged: 0, ...change };
  const { gained, lost, changed } = whole;
  return {
    totals: { gained: gained.length, lost: lost.length, changed: changed.length },
    ...whole,
  };
};
const hidden = (id: string, verdict: string | null) => ({
  before: finding(id, { verdict }),
  after: finding(id, { verdict, suppressed: true }),
  what: [],
});

describe('a back-test', () => {
  it('is of a change however its keys are ordered', () => {
    const a = { kind: 'tuning', parameters: { a: '1m', b: '2m' }, points: {}, enabled: true } as const;
    const b = { enabled: true, points: {}, parameters: { b: '2m', a: '1m' }, kind: 'tuning' } as const;
    expect(changeKey(a)).toBe(changeKey(b));
    expect(changeKey(a)).not.toBe(changeKey({ ...b, enabled: false }));
  });

  it('counts what it found, and says when nothing changes', () => {
    expect(resultSentence(result({ lost: [finding('a')], unchanged: 3 }))).toBe(
      '0 gained, 1 lost, 0 changed, 3 as before',
    );
    expect(resultSentence(result({ unchanged: 3 }))).toBe('No finding changes; 3 as before');
    expect(resultSentence(result({}))).toBe('No finding, before or after');
  });

  it('counts a true positive as lost when it would be gone, and when it would be hidden', () => {
    const tried = result({
      lost: [finding('a', { verdict: 'true_positive' }), finding('b', { verdict: 'false_positive' })],
      changed: [hidden('c', 'true_positive'), hidden('d', null)],
    });
    expect(lostTruePositives(tried).map(({ id }) => id)).toEqual(['a', 'c']);
  });

  it('says of a baseline what it would hide', () => {
    const changed = [hidden('a', null), hidden('b', 'true_positive')];
    expect(baselineEffect(result({ changed }), true)).toBe(
      'Would hide 2 findings, of which 1 was called true positive',
    );
    expect(baselineEffect(result({}), true)).toBe(
      'Would hide 0 findings, of which 0 were called true positive',
    );
    const lowered = [{ before: finding('a'), after: finding('a', { score: 50 }), what: [] }];
    expect(baselineEffect(result({ changed: lowered }), false)).toMatch(/^Would lower 1 finding,/);
  });

  it('says how far it is', () => {
    expect(progressText({ done: 17, total: 212 })).toBe('17 of 212 hosts');
    expect(progressText({ done: 0, total: 0 })).toBe('waiting to begin');
  });
});

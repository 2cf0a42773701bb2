import { describe, expect, it } from 'vitest';
import { micros } from '../base/time';
import type { Finding } from '../findings/finding';
import { createComparison, differenceOf } from './backtestCompare';

const finding = (id: string, rest: Partial<Finding> = {}): Finding =>
  ({
    id,
    analytic: 'AN1',
    host: 'ws1',
    headline: `finding ${id}`,
    status: 'complete',
    severity: 'high',
    score: 70,
    suppressed: false,
    from: micros(1_000_000),
    stages: [{ id: 'a', title: 'A', state: 'matched' }],
    ...rest,
  }) as Finding;

describe('the difference a change makes', () => {
  it('is by finding: gained, lost, changed in what a person sees, or unchanged', () => {
    const difference = differenceOf(
      [finding('same'), finding('lost'), finding('changed'), finding('other', { analytic: 'AN2' })],
      [
        finding('same', { analyticVersion: '1.0+2' }),
        finding('gained'),
        finding('changed', {
          status: 'partial',
          severity: 'low',
          score: 30,
          suppressed: true,
          headline: 'less',
          stages: [{ id: 'a', title: 'A', state: 'absent' }] as unknown as Finding['stages'],
        }),
      ],
      new Set(['AN1']),
    );
    expect(difference.gained.map(({ id }) => id)).toEqual(['gained']);
    expect(difference.lost.map(({ id }) => id)).toEqual(['lost']);
    expect(difference.unchanged).toBe(1);
    expect(difference.changed[0]?.what).toEqual([
      'It is partial instead of complete.',
      'Its severity is low instead of high.',
      'Its score is 30 instead of 70.',
      'It is suppressed.',
      'The stage \u201cA\u201d is absent instead of matched.',
      'It is called \u201cless\u201d instead of \u201cfinding changed\u201d.',
    ]);
  });

  it('is listed up to a length, true positives first and never cut for others; totals stay true', () => {
    const comparison = createComparison();
    const confirmed = finding('confirmed', { score: 1 });
    comparison.add(differenceOf([confirmed], [], undefined), new Map([['confirmed', 'true_positive']]));
    for (let host = 0; host < 40; host++) {
      const lost = Array.from({ length: 50 }, (_, i) => finding(`${host}/${i}`, { score: 50 }));
      comparison.add(differenceOf(lost, [], undefined), new Map());
    }
    const result = comparison.result();
    expect(result.totals).toEqual({ gained: 0, lost: 2001, changed: 0 });
    expect(result.lost).toHaveLength(500);
    expect(result.lost[0]).toMatchObject({ id: 'confirmed', verdict: 'true_positive' });
  });

  it('does not hang on the order of findings, and holds no character that jsonb refuses', () => {
    const found = ['c', 'a', 'b'].map((id) => finding(id, { headline: `x\u0000${id}` }));
    const told = (findings: readonly Finding[]): unknown => {
      const comparison = createComparison();
      comparison.add(differenceOf([], findings, undefined), new Map());
      return comparison.result();
    };
    expect(told(found)).toEqual(told([...found].reverse()));
    expect(JSON.stringify(told(found))).not.toContain('\\u0000');
  });
});

import { describe, expect, it } from 'vitest';
import { byAnalytic, coverageSentence, leastState, shareText } from './hostWords';

const stage = (name: string, state: 'visible' | 'partial' | 'blind') => ({
  stage: name,
  state,
  why: '',
  fix: null,
});

describe('what could be seen of a host', () => {
  it('is a sentence that never says all where something was blind', () => {
    const some = [stage('A/1', 'visible'), stage('A/2', 'partial'), stage('B/1', 'blind')];
    expect(coverageSentence(some)).toBe('1 of 3 stages could be seen here, 1 in part, 1 blind');
    expect(leastState(some)).toBe('blind');
    expect(coverageSentence([stage('A/1', 'visible')])).toBe('All 1 stages could be seen here');
    expect(coverageSentence([])).toBe('Nothing is known yet of what could be seen here');
  });

  it('comes by analytic, in the order given', () => {
    const groups = byAnalytic([stage('B/1', 'visible'), stage('A/1', 'visible'), stage('B/2', 'blind')]);
    expect(groups.map(({ analytic, stages }) => [analytic, stages.length])).toEqual([
      ['B', 2],
      ['A', 1],
    ]);
  });

  it('writes a share without rounding it up to all or down to none', () => {
    expect([1, 0, 0.999, 0.004, 0.5].map(shareText)).toEqual(['all', 'none', '99 %', '<1 %', '50 %']);
  });
});

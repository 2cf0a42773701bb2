import { describe, expect, it } from 'vitest';
import type { BaselineLoses } from '@/lib/contracts/analytics';
import type { BaselineProposalView } from '@/lib/contracts/baselines';
import { coversText, hidesText, lookedText, lossText } from './proposalWords';

const NONE = { true_positive: 0, benign_true_positive: 0, false_positive: 0, undetermined: 0, none: 0 };
const proposal = (more: Partial<BaselineProposalView>): BaselineProposalView =>
  ({ others: [], looked: 3, stored: 3, ...more }) as BaselineProposalView;
const loses = (more: Partial<BaselineLoses>): BaselineLoses => ({
  truePositives: [],
  truePositivesTotal: 0,
  attacks: [],
  attacksTried: 40,
  ...more,
});

describe('what is said of a candidate', () => {
  it('counts what it hides by verdict, true positives first', () => {
    const hides = { total: 3, verdicts: { ...NONE, none: 2, true_positive: 1 }, findings: [] };
    expect(hidesText({ hides })).toBe('hides 3 findings now: 1 true positive, 2 without a verdict');
    expect(hidesText({ hides: { total: 0, verdicts: NONE, findings: [] } })).toMatch(/hides nothing/);
  });

  it('says what else it was made from', () => {
    expect(coversText({ from: 1 }, proposal({}))).toBeNull();
    expect(coversText({ from: 3 }, proposal({}))).toBe('also covers 2 closed alike before');
    expect(coversText({ from: 2 }, proposal({ others: ['x'] }))).toBe('covers all 2 chosen');
  });

  it('says when not all was looked at', () => {
    expect(lookedText({ looked: 500, stored: 1200 })).toMatch(/500 of 1,200/);
    expect(lookedText({ looked: 3, stored: 3 })).toMatch(/all 3/);
  });

  it('names a loss, and is silent without one', () => {
    expect(lossText(null)).toBeNull();
    expect(lossText(loses({}))).toBeNull();
    const attack = { recording: 'a', title: 'b', headline: 'c', severity: 'high' };
    expect(lossText(loses({ truePositivesTotal: 2, attacks: [attack] }))).toBe(
      '2 true positives and 1 recorded attack',
    );
  });
});

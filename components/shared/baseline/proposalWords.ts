import type { BacktestView, BaselineLoses } from '@/lib/contracts/analytics';
import type { BaselineCandidate, BaselineProposalView } from '@/lib/contracts/baselines';
import { findingsText } from './backtestWords';

/** What the counts of verdicts are called, in the order they are told. */
const VERDICT_COUNTS = [
  ['true_positive', 'true positive', 'true positives'],
  ['benign_true_positive', 'benign', 'benign'],
  ['false_positive', 'false positive', 'false positives'],
  ['undetermined', 'undetermined', 'undetermined'],
  ['none', 'without a verdict', 'without a verdict'],
] as const;

/** "hides 12 findings now: 1 true positive, 11 without a verdict". */
export function hidesText({ hides }: Pick<BaselineCandidate, 'hides'>): string {
  if (hides.total === 0) return 'hides nothing that is stored now';
  const parts = VERDICT_COUNTS.flatMap(([verdict, one, many]) => {
    const count = hides.verdicts[verdict];
    return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
  });
  return `hides ${findingsText(hides.total)} now: ${parts.join(', ')}`;
}

/** What a pattern was made from: the findings asked for, or more that people closed alike; null for one alone. */
export function coversText(
  { from }: Pick<BaselineCandidate, 'from'>,
  proposal: BaselineProposalView,
): string | null {
  const asked = 1 + proposal.others.length;
  if (from > asked) return `also covers ${from - asked} closed alike before`;
  return asked === 1 ? null : `covers all ${asked} chosen`;
}

/** How far the look at stored findings went. */
export function lookedText({ looked, stored }: Pick<BaselineProposalView, 'looked' | 'stored'>): string {
  return looked < stored
    ? `Counted over ${looked.toLocaleString('en')} of ${stored.toLocaleString('en')} stored findings; the back-test looks at all of them.`
    : `Counted over all ${stored.toLocaleString('en')} stored findings of this analytic.`;
}

/** What a tried baseline takes from sight and must not: "2 true positives and 1 recorded attack"; null for nothing. */
export function lossText(loses: BaselineLoses | null | undefined): string | null {
  if (!loses) return null;
  const parts: string[] = [];
  const { truePositivesTotal: findings, attacks } = loses;
  if (findings > 0) parts.push(`${findings} ${findings === 1 ? 'true positive' : 'true positives'}`);
  if (attacks.length > 0)
    parts.push(`${attacks.length} recorded ${attacks.length === 1 ? 'attack' : 'attacks'}`);
  return parts.length === 0 ? null : parts.join(' and ');
}

/** Where nothing is lost, on what that rests. */
export function safeText({ result }: Pick<BacktestView, 'result'>): string {
  const tried = result?.loses?.attacksTried ?? 0;
  const attacks =
    tried === 0
      ? 'No shipped attack is of this analytic'
      : `Every one of ${tried} recorded attacks is still found`;
  return `${attacks}, and no true positive is hidden.`;
}

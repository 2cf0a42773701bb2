import type { Chain } from '../analytics/chain';
import { type Severity, type SeverityScale, severityOf } from '../analytics/severity';
import type { Counterfactual, UnjudgedReason } from './finding';
import { spentCaps, type Tally } from './score';

/** A border is near when the score lies this far below it, or when what could not be judged would cross it. */
const NEAR = 5;
/** Unjudged reasons named. */
const NAMED = 2;

/** How near the next severity is, and which reasons that could not be judged would reach it. */
export function severityBorder(
  chain: Chain,
  tally: Tally,
  unjudged: readonly UnjudgedReason[],
  scale: SeverityScale,
): readonly Counterfactual[] {
  const next = nextBorder(tally.points, scale);
  if (next === undefined) return [];
  const gap = next.from - tally.points;
  // Under a cap no reason adds anything; what would lift the cap is told elsewhere.
  const capped = spentCaps(tally).length > 0;
  const lifting = capped ? [] : unjudged.filter((reason) => gainOf(reason, chain, tally) >= gap);
  const below = `${gap} ${gap === 1 ? 'point' : 'points'} below ${next.severity}`;
  if (lifting.length > 0)
    return lifting.slice(0, NAMED).map(
      (reason): Counterfactual => ({
        kind: 'undecidable',
        text: `${below}; ${reason.id} (${reason.text}) could not be judged: ${reason.because}`,
        severity: severityOf(Math.min(100, tally.points + gainOf(reason, chain, tally)), scale),
        score: Math.min(100, tally.points + gainOf(reason, chain, tally)),
      }),
    );
  return gap > NEAR || capped ? [] : [{ kind: 'near_miss', text: below, severity: next.severity }];
}

function nextBorder(
  points: number,
  scale: SeverityScale,
): { readonly severity: Severity; readonly from: number } | undefined {
  const borders = (['low', 'medium', 'high', 'critical'] as const).map((severity) => ({
    severity,
    from: scale[severity],
  }));
  return borders.find(({ from }) => from > points);
}

/** What a reason would add to the sum beside those that count already in its group. */
function gainOf(reason: UnjudgedReason, chain: Chain, tally: Tally): number {
  const group = chain.analytic.score.find(({ reasons }) => reasons.some(({ id }) => id === reason.id));
  if (group === undefined) return 0;
  const counted = tally.entries
    .filter((entry) => entry.group === group && entry.counted)
    .reduce((sum, { points }) => sum + points, 0);
  if (group.take === 'highest') return Math.max(0, reason.points - counted);
  return group.cap === undefined ? reason.points : Math.max(0, Math.min(reason.points, group.cap - counted));
}

import type { z } from 'zod';
import type { Analytic } from '../analytics/analytic';
import type { analyticScore, measured, ValidationCase } from '../contracts/validation';
import { rankOf } from './cases';
import type { Verdict } from './labels';

type Measured = z.infer<typeof measured>;
export type AnalyticScore = z.infer<typeof analyticScore>;

/** A share of right ones; null of none. */
export function measure(right: number, of: number): Measured {
  return { share: of === 0 ? null : right / of, right, of };
}

/** Several measures as one. */
export function measureAll(parts: readonly Measured[]): Measured {
  return measure(
    parts.reduce((sum, { right }) => sum + right, 0),
    parts.reduce((sum, { of }) => sum + of, 0),
  );
}

/** What a label says of a chain, and what was found. */
export type Verdicts = {
  readonly expected: Verdict;
  readonly acceptable: readonly Verdict[];
  readonly found: Verdict;
};

/** Of labelled chains: found, at least as far as the label accepts. */
export function recallOf(cases: readonly Verdicts[]): Measured {
  const labelled = cases.filter(countsForRecall);
  return measure(labelled.filter(isHit).length, labelled.length);
}

/** Whether there was something to find: one that the label also lets go, and that was not found, is neither hit nor miss. */
export function countsForRecall({ expected, acceptable, found }: Verdicts): boolean {
  if (expected === 'none') return false;
  return expected === 'complete' || found !== 'none' || !acceptable.includes('none');
}

/** Found, and no weaker than the least that the label accepts; one that is stronger is found all the same. */
export function isHit({ expected, acceptable, found }: Verdicts): boolean {
  const accepted = acceptable.filter((verdict) => verdict !== 'none').map(rankOf);
  const least = accepted.length === 0 ? rankOf(expected) : Math.min(...accepted);
  return found !== 'none' && rankOf(found) >= least;
}

/**
 * Of chains raised: labelled so, and no more severe than tolerated. One that a label tolerates without expecting it is
 * in neither number, unless it is too severe; a complete one that no label explains is a false alarm.
 */
function precisionOf(cases: readonly ValidationCase[]): Measured {
  const raised = cases.filter(({ expected, found, ok }) => found !== 'none' && (expected !== 'none' || !ok));
  const right = raised.filter(
    (one) => one.expected !== 'none' && one.error !== 'false_alarm' && isAccepted(one),
  );
  return measure(right.length, raised.length);
}

function isAccepted({ acceptable, found }: Verdicts): boolean {
  return acceptable.includes(found);
}

/** How each analytic did over all cases, by id. `version` and titles are those in force; a stage that is not keeps its label's name. */
export function analyticScores(
  cases: readonly ValidationCase[],
  analytics: readonly Analytic[],
): readonly AnalyticScore[] {
  const ids = [...new Set(cases.map(({ analytic }) => analytic))].sort();
  return ids.map((id) => {
    const own = cases.filter(({ analytic }) => analytic === id);
    const analytic = analytics.find((one) => one.id === id);
    // A chain that no label speaks of makes no recording one that was labelled as quiet.
    const quiet = own.filter(({ expected, labelSha256 }) => expected === 'none' && labelSha256 !== null);
    return {
      analytic: id,
      version: analytic?.version ?? '',
      recall: recallOf(own),
      precision: precisionOf(own),
      quiet: measure(quiet.filter(({ ok }) => ok).length, quiet.length),
      stages: stageScores(own, analytic),
    };
  });
}

function stageScores(
  cases: readonly ValidationCase[],
  analytic: Analytic | undefined,
): AnalyticScore['stages'] {
  const order = new Map(analytic?.stages.map(({ id, title, position }) => [id, { title, position }]));
  const byStage = new Map<string, ValidationCase['stages'][number][]>();
  for (const stage of cases.flatMap(({ stages }) => stages)) {
    const known = byStage.get(stage.stage);
    if (known === undefined) byStage.set(stage.stage, [stage]);
    else known.push(stage);
  }
  const last = Number.MAX_SAFE_INTEGER;
  return [...byStage]
    .sort(
      ([a], [b]) => (order.get(a)?.position ?? last) - (order.get(b)?.position ?? last) || (a < b ? -1 : 1),
    )
    .map(([stage, results]) => {
      const labelled = results.filter(({ expected }) => expected === 'matched');
      const matched = results.filter(({ found }) => found === 'matched');
      return {
        stage,
        title: order.get(stage)?.title ?? stage,
        recall: measure(labelled.filter(({ ok }) => ok).length, labelled.length),
        precision: measure(matched.filter(({ expected }) => expected === 'matched').length, matched.length),
        blind: labelled.filter(({ found }) => found === 'blind').length,
      };
    });
}

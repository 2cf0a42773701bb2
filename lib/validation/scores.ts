import type { z } from 'zod';
import type { Analytic } from '../analytics/analytic';
import type { analyticScore, measured, ValidationCase } from '../contracts/validation';
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

type Verdicts = {
  readonly expected: Verdict;
  readonly acceptable: readonly Verdict[];
  readonly found: Verdict;
};

/** Of labelled chains: found with a verdict that the label accepts. */
export function recallOf(cases: readonly Verdicts[]): Measured {
  const labelled = cases.filter(({ expected }) => expected !== 'none');
  return measure(labelled.filter(isAccepted).length, labelled.length);
}

/**
 * Of chains raised: labelled so. One that a label tolerates without expecting it is in neither number, unless it is
 * more severe than tolerated.
 */
function precisionOf(cases: readonly ValidationCase[]): Measured {
  const raised = cases.filter(({ expected, found, ok }) => found !== 'none' && (expected !== 'none' || !ok));
  return measure(raised.filter((one) => one.expected !== 'none' && isAccepted(one)).length, raised.length);
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
    const quiet = own.filter(({ expected }) => expected === 'none');
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

import type { Catalogue } from '../analytics/catalogue';
import type { ValidationCase } from '../contracts/validation';
import { type AnalyticResult, compareRecording, expectationsOf } from './compare';
import { explainCase } from './explainCase';
import type { DatasetLabel, Verdict } from './labels';
import type { Replay } from './replay';

/** What a recording is, apart from what is in it. */
type RecordingFacts = Pick<ValidationCase, 'recording' | 'sha256' | 'origin'> & {
  readonly sources: readonly string[];
};

/** Every labelled case of one recording: one per analytic its label speaks of, in the label's order. */
export function casesOf(
  facts: RecordingFacts,
  label: DatasetLabel,
  replay: Replay,
  catalogue: Catalogue,
): readonly ValidationCase[] {
  const { analytics } = compareRecording(label, replay, facts.sha256);
  return expectationsOf(label).flatMap((expected, i) => {
    const result = analytics[i];
    if (result === undefined) return [];
    return [
      {
        recording: facts.recording,
        title: label.title ?? null,
        sha256: facts.sha256,
        origin: facts.origin,
        sources: [...facts.sources],
        analytic: result.analytic,
        expected: result.expected,
        acceptable: [...result.acceptable],
        found: result.found,
        ok: result.ok,
        error: errorOf(result),
        differences: [...explainCase(expected, result, replay, catalogue)],
        stages: result.stages.map(({ stage, as, expected: state, found, ok }) => ({
          stage: as ?? stage,
          expected: state,
          found: found ?? null,
          ok,
        })),
      },
    ];
  });
}

const RANK: Readonly<Record<Verdict, number>> = { none: 0, partial: 1, complete: 2 };

/** How strong a verdict is: nothing, a part of a chain, a whole one. */
export function rankOf(verdict: Verdict): number {
  return RANK[verdict];
}

/** What kind of mistake a case is: found less than any accepted verdict, more than any or too severe, or other stages. */
function errorOf({ ok, expected, acceptable, found, stages }: AnalyticResult): ValidationCase['error'] {
  if (ok) return null;
  if (!acceptable.includes(found)) {
    const least = Math.min(...acceptable.map(rankOf));
    return RANK[found] < least ? 'miss' : RANK[found] > least ? 'false_alarm' : 'miss';
  }
  // Accepted, and all stages as labelled: what is left is a severity above the one that is tolerated.
  return expected === 'none' || stages.every((stage) => stage.ok) ? 'false_alarm' : 'stage';
}

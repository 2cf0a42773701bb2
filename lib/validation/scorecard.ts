import type { AnalyticResult, RecordingResult } from './compare';
import { type Deviation, explained } from './deviations';

/** Counts of labelled chains of one verdict. */
export type VerdictCount = {
  /** Labelled so, by the strict verdict. */
  readonly labelled: number;
  /** Of those: found with that verdict. */
  readonly found: number;
  /** Of those: found with another verdict that the label accepts. */
  readonly accepted: number;
  /** Of those: neither. */
  readonly missed: number;
  /** Raised with that verdict where the label accepts none such. */
  readonly false: number;
};

export type StageCount = {
  readonly stage: string;
  /** Labelled as matched, and of those found matched by the labelled record. */
  readonly matched: number;
  readonly found: number;
  /** Labelled as absent or blind, and of those found in that state. */
  readonly unmatched: number;
  readonly right: number;
};

export type AnalyticScore = {
  readonly analytic: string;
  readonly complete: VerdictCount;
  readonly partial: VerdictCount;
  /** Recordings on which nothing may be raised, and on how many nothing was. */
  readonly quiet: { readonly labelled: number; readonly kept: number };
  readonly stages: readonly StageCount[];
};

/** One thing that is not as labelled. */
export type Difference = {
  readonly file: string;
  readonly sentence: string;
  /** Why it is so by decision; undefined: it is a defect. */
  readonly because?: string;
};

/** A set of labelled recordings and how well it was found again. */
export type Scorecard = {
  readonly set: string;
  readonly recordings: readonly RecordingResult[];
  readonly analytics: readonly AnalyticScore[];
  readonly differences: readonly Difference[];
};

/** Adds up the recordings of one set. */
export function scorecardOf(
  set: string,
  recordings: readonly RecordingResult[],
  deviations: readonly Deviation[],
): Scorecard {
  const ids = [...new Set(recordings.flatMap((one) => one.analytics.map(({ analytic }) => analytic)))].sort();
  return {
    set,
    recordings,
    analytics: ids.map((id) => scoreOf(id, recordings)),
    differences: recordings.flatMap((recording) =>
      recording.analytics.flatMap((one) =>
        one.differences.map((sentence) => {
          const because = explained(deviations, recording.file, one);
          return { file: recording.file, sentence, ...(because === undefined ? {} : { because }) };
        }),
      ),
    ),
  };
}

function scoreOf(analytic: string, recordings: readonly RecordingResult[]): AnalyticScore {
  const results = recordings.flatMap((one) => one.analytics.filter((result) => result.analytic === analytic));
  const quiet = results.filter((one) => one.expected === 'none');
  return {
    analytic,
    complete: countOf('complete', results),
    partial: countOf('partial', results),
    quiet: { labelled: quiet.length, kept: quiet.filter((one) => one.ok).length },
    stages: stageCounts(results),
  };
}

function countOf(verdict: 'complete' | 'partial', results: readonly AnalyticResult[]): VerdictCount {
  const labelled = results.filter((one) => one.expected === verdict);
  const found = labelled.filter((one) => one.found === verdict);
  const accepted = labelled.filter((one) => one.found !== verdict && one.acceptable.includes(one.found));
  return {
    labelled: labelled.length,
    found: found.length,
    accepted: accepted.length,
    missed: labelled.length - found.length - accepted.length,
    false: results.filter((one) => one.found === verdict && !one.acceptable.includes(verdict)).length,
  };
}

function stageCounts(results: readonly AnalyticResult[]): readonly StageCount[] {
  const counts = new Map<string, { matched: number; found: number; unmatched: number; right: number }>();
  for (const { as, stage, expected, ok } of results.flatMap((one) => one.stages)) {
    const name = as ?? stage;
    const count = counts.get(name) ?? { matched: 0, found: 0, unmatched: 0, right: 0 };
    counts.set(name, count);
    if (expected === 'matched') {
      count.matched++;
      if (ok) count.found++;
    } else {
      count.unmatched++;
      if (ok) count.right++;
    }
  }
  return [...counts]
    .map(([stage, count]) => ({ stage, ...count }))
    .sort((a, b) => (a.stage < b.stage ? -1 : 1));
}

/** Share of the labelled chains that were found; undefined when none are labelled. */
export function recallOf({ labelled, found, accepted }: VerdictCount): number | undefined {
  return labelled === 0 ? undefined : (found + accepted) / labelled;
}

/** Share of what was raised that is labelled so; undefined when nothing was raised. */
export function precisionOf({ found, false: wrong }: VerdictCount): number | undefined {
  return found + wrong === 0 ? undefined : found / (found + wrong);
}

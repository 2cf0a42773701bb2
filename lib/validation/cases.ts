import type { Catalogue } from '../analytics/catalogue';
import { canonicalJson } from '../base/canonicalJson';
import type { Digest } from '../base/digest';
import type { ValidationCase } from '../contracts/validation';
import type { Finding } from '../findings/finding';
import { type AnalyticResult, compareRecording, expectationsOf, unexplainedFindings } from './compare';
import { explainCase, raisedBecause, sentencesOf } from './explainCase';
import type { DatasetLabel, Verdict } from './labels';
import type { Replay } from './replay';

/** What a recording is, apart from what is in it. */
type RecordingFacts = Pick<ValidationCase, 'recording' | 'sha256' | 'origin'> & {
  readonly sources: readonly string[];
};

/** Complete chains of one recording that its label does not explain and that are told one by one. */
const UNEXPLAINED = 200;

/**
 * Every case of one recording: one per analytic its label speaks of, in the label's order; then one for each complete
 * chain that the label does not explain, a false alarm.
 */
export function casesOf(
  facts: RecordingFacts,
  label: DatasetLabel,
  replay: Replay,
  catalogue: Catalogue,
  digest: Digest,
): readonly ValidationCase[] {
  const { analytics } = compareRecording(label, replay, facts.sha256);
  const labelled = expectationsOf(label).flatMap((expected, i): ValidationCase[] => {
    const result = analytics[i];
    if (result === undefined) return [];
    return [
      {
        ...headOf(facts, label),
        analytic: result.analytic,
        labelSha256: digest(canonicalJson(expected)),
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
  const shown = replay.findings.filter(({ suppressed }) => !suppressed);
  const unexplained = unexplainedFindings(label, shown);
  const told = unexplained
    .slice(0, UNEXPLAINED)
    .map((finding) => ({ ...headOf(facts, label), ...falseAlarm(finding) }));
  return [...labelled, ...withRest(told, unexplained.length - told.length)];
}

/** Says in the last of the chains that are told how many there are beside them. */
function withRest(told: readonly ValidationCase[], rest: number): readonly ValidationCase[] {
  const last = told.at(-1);
  if (last === undefined || rest === 0) return told;
  const chains =
    rest === 1 ? 'chain that the label does not explain is' : 'chains that the label does not explain are';
  const sentence = `${rest} further complete ${chains} not told one by one, and in no number.`;
  return [...told.slice(0, -1), { ...last, differences: [...last.differences, sentence] }];
}

function headOf(facts: RecordingFacts, label: DatasetLabel) {
  const { recording, sha256, origin, sources } = facts;
  return { recording, title: label.title ?? null, sha256, origin, sources: [...sources] };
}

/** A complete chain that no label explains; what is only partial and unlabelled is tolerated, as it is unknown. */
function falseAlarm(finding: Finding): Omit<ValidationCase, keyof ReturnType<typeof headOf>> {
  return {
    analytic: finding.analytic,
    labelSha256: null,
    expected: 'none',
    acceptable: ['none', 'partial'],
    found: 'complete',
    ok: false,
    error: 'false_alarm',
    differences: [
      ...sentencesOf([
        `${finding.analytic} is complete, and the label explains no such chain.`,
        raisedBecause(finding),
      ]),
    ],
    stages: [],
  };
}

const RANK: Readonly<Record<Verdict, number>> = { none: 0, partial: 1, complete: 2 };

/** How strong a verdict is: nothing, a part of a chain, a whole one. */
export function rankOf(verdict: Verdict): number {
  return RANK[verdict];
}

/** What kind of mistake a case is: found less than any accepted verdict, more than any or too severe, or other stages. */
function errorOf(result: AnalyticResult): ValidationCase['error'] {
  const { ok, expected, acceptable, found, stages, tooSevere } = result;
  if (ok) return null;
  if (tooSevere) return 'false_alarm';
  if (!acceptable.includes(found)) {
    const least = Math.min(...acceptable.map(rankOf));
    return RANK[found] < least ? 'miss' : RANK[found] > least ? 'false_alarm' : 'miss';
  }
  return expected === 'none' || stages.every((stage) => stage.ok) ? 'false_alarm' : 'stage';
}

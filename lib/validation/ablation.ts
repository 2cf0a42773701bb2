import type { AblationRow } from '../contracts/validation';
import type { HostCoverage } from '../coverage/coverage';
import type { Finding } from '../findings/finding';
import { rankOf } from './cases';
import { type AnalyticResult, compareRecording, shareRecords } from './compare';
import type { DatasetLabel } from './labels';
import type { Replay } from './replay';
import { countsForRecall, isHit, measure, type Verdicts } from './scores';

/** A recording replayed whole and without one part of its telemetry. */
export type Ablated = {
  readonly recording: string;
  readonly label: DatasetLabel;
  readonly whole: Replay;
  readonly without: Replay;
};

/** Adds up what one part of the telemetry is worth, over the recordings that had it. */
export type AblationTally = {
  readonly add: (ablated: Ablated) => void;
  readonly row: () => AblationRow;
};

const EXAMPLES = 50;
/** How an example begins that tells of a defect: what is taken away may make us blind, never wiser or sure of an absence. */
export const DEFECT = 'Defect:';
/** How an example begins that tells of a partial finding which only taking away brings up: what explained it is gone. */
const RAISED = 'Raised:';

/** One labelled chain with the part and without it. */
type Pair = { readonly analytic: string; readonly before: Verdicts; readonly after: Verdicts };

/** An empty tally for the part called `without`. */
export function createAblationTally(without: string): AblationTally {
  const pairs: Pair[] = [];
  const counts = { recordings: 0, lost: 0, weakened: 0, blindStages: 0, partialStages: 0 };
  const [defects, examples]: [string[], string[]] = [[], []];
  return {
    add: ({ recording, label, whole, without: left }) => {
      counts.recordings++;
      const before = compareRecording(label, whole, '').analytics;
      for (const [i, after] of compareRecording(label, left, '').analytics.entries()) {
        const was = before[i];
        if (was === undefined) continue;
        pairs.push({ analytic: after.analytic, before: was, after });
        const change = changeOf(was, after);
        if (change === undefined) continue;
        if (change.what !== 'more') counts[change.what]++;
        (change.what === 'more' ? defects : examples).push(`${recording}: ${change.sentence}`);
      }
      for (const told of newlyComplete(whole.findings, left.findings))
        defects.push(`${recording}: ${DEFECT} ${told}`);
      for (const told of lostToAbsence(whole.findings, left.findings))
        defects.push(`${recording}: ${DEFECT} ${told}`);
      const turned = turnedStages(whole.coverage, left.coverage);
      counts.blindStages += turned.blind;
      counts.partialStages += turned.partial;
      for (const list of [defects, examples]) list.length = Math.min(list.length, EXAMPLES);
    },
    row: () => ({
      without,
      ...counts,
      recall: recallWithout(pairs),
      analytics: [...new Set(pairs.map(({ analytic }) => analytic))].sort().flatMap((analytic) => {
        const recall = recallWithout(pairs.filter((one) => one.analytic === analytic));
        return recall.of === 0 ? [] : [{ analytic, recall }];
      }),
      examples: [...risenRecall(pairs), ...defects, ...examples].slice(0, EXAMPLES),
    }),
  };
}

/**
 * Recall without the part, over the chains that count with it or without it: one that a label lets go and that is found
 * only with the part is a loss, not one chain less to find.
 */
function recallWithout(pairs: readonly Pair[]): AblationRow['recall'] {
  const counted = pairs.filter(({ before, after }) => countsForRecall(before) || countsForRecall(after));
  return measure(counted.filter(({ after }) => isHit(after)).length, counted.length);
}

/** Recall that rises by seeing less, of all analytics together or of one. */
function risenRecall(pairs: readonly Pair[]): readonly string[] {
  const risen = (of: readonly Pair[], name: string): readonly string[] => {
    const labelled = of.filter(({ before }) => before.expected !== 'none');
    const [was, is] = [
      labelled.filter(({ before }) => isHit(before)).length,
      labelled.filter(({ after }) => isHit(after)).length,
    ];
    return is > was ? [`${DEFECT} ${name} rises without it: ${is} found and not ${was}`] : [];
  };
  const analytics = [...new Set(pairs.map(({ analytic }) => analytic))].sort();
  return [
    ...risen(pairs, 'recall'),
    ...analytics.flatMap((id) =>
      risen(
        pairs.filter(({ analytic }) => analytic === id),
        `recall of ${id}`,
      ),
    ),
  ];
}

type Change = { readonly what: 'lost' | 'weakened' | 'more'; readonly sentence: string };

/** How a labelled case is another without the part; undefined when it is the same. */
function changeOf(before: AnalyticResult, after: AnalyticResult): Change | undefined {
  const { analytic, expected } = after;
  const [was, is] = [rankOf(before.found), rankOf(after.found)];
  if (expected === 'none') {
    // A complete one is told of as such, whatever a label says of it.
    if (is <= was || after.found === 'complete') return undefined;
    const allowed = after.ok ? 'which the label tolerates' : 'where nothing may be';
    return { what: 'more', sentence: `${RAISED} ${analytic} is raised in part without it, ${allowed}` };
  }
  if (is > was) return { what: 'more', sentence: `${DEFECT} ${analytic} is ${after.found} without it` };
  if (is === was) return undefined;
  const stages = after.stages.filter(({ found }) => found === 'blind').map(({ stage, as }) => as ?? stage);
  const why = stages.length === 0 ? '' : `, blind: ${[...new Set(stages)].join(', ')}`;
  return after.found === 'none'
    ? { what: 'lost', sentence: `${analytic} is no longer found` }
    : { what: 'weakened', sentence: `${analytic} is only partial${why}` };
}

/** Findings that are complete and were not, or were not there: seeing less makes nothing whole. */
function newlyComplete(before: readonly Finding[], after: readonly Finding[]): readonly string[] {
  const isShown = ({ status, suppressed }: Finding): boolean => status === 'complete' && !suppressed;
  const earlier = before.filter(isShown);
  return after
    .filter(isShown)
    .filter(
      (finding) =>
        !earlier.some(
          (one) => one.analytic === finding.analytic && (isSame(one, finding) || shareRecords(one, finding)),
        ),
    )
    .map(({ analytic, headline }) => `${analytic} is raised whole without it: ${headline}`);
}

/** Stages of findings that were matched and are now called absent, as if nothing had happened. */
function lostToAbsence(before: readonly Finding[], after: readonly Finding[]): readonly string[] {
  return after.flatMap((finding) => {
    const was = before.find((one) => one.analytic === finding.analytic && isSame(one, finding));
    return (was?.stages ?? []).flatMap(({ id, state }) => {
      const now = finding.stages.find((stage) => stage.id === id)?.state;
      return state === 'matched' && now === 'absent'
        ? [`${finding.analytic} ${id} was matched and is called absent without it`]
        : [];
    });
  });
}

function isSame(a: Finding, b: Finding): boolean {
  if (a.id === b.id) return true;
  return a.host === b.host && a.anchor.entityId !== undefined && a.anchor.entityId === b.anchor.entityId;
}

/** Host × stage that could be seen, whole or in part, and cannot; and those seen whole that are seen in part only. */
function turnedStages(
  before: readonly HostCoverage[],
  after: readonly HostCoverage[],
): { readonly blind: number; readonly partial: number } {
  const was = new Map(before.map(({ host, stage, state }) => [`${host}\n${stage}`, state]));
  let [blind, partial] = [0, 0];
  for (const { host, stage, state } of after) {
    const earlier = was.get(`${host}\n${stage}`);
    if (state === 'blind' && earlier !== undefined && earlier !== 'blind') blind++;
    if (state === 'partial' && earlier === 'visible') partial++;
  }
  return { blind, partial };
}

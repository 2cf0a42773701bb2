import type { Catalogue } from '../analytics/catalogue';
import { cutText } from '../base/cutText';
import { formatMicros, type Micros } from '../base/time';
import type { Finding, FindingStage } from '../findings/finding';
import { spanText } from '../findings/tellEvent';
import { type AnalyticResult, meantFindings, mostTelling, type StageResult } from './compare';
import { holds, toNeedle } from './evidence';
import type { Expectation } from './labels';
import type { Replay } from './replay';

/** Sentences on one case, and characters in one: they quote what was recorded. */
const SENTENCES = 16;
const CHARACTERS = 600;
const REASONS_TOLD = 3;
const BLIND_TOLD = 6;
/** Recordings with more events than this are not searched for labelled records once more. */
const SEARCHED_EVENTS = 200_000;

/**
 * What differs from a label and why, in sentences: first what, as the comparison says it; then of something missed what
 * could not be seen, what nearly was there, or what suppressed it; of something raised what it is and what its score
 * rests on. None where nothing differs.
 */
export function explainCase(
  expected: Expectation,
  result: AnalyticResult,
  replay: Replay,
  catalogue: Catalogue,
): readonly string[] {
  if (result.ok) return [];
  const shown = replay.findings.filter(({ suppressed }) => !suppressed);
  const meant = meantFindings(expected, shown);
  const best = mostTelling(meant);
  const why =
    expected.verdict === 'none' && best !== undefined
      ? meant.slice(0, REASONS_TOLD).map(raisedBecause)
      : best === undefined
        ? notRaisedBecause(expected, replay, catalogue)
        : [...otherwiseBecause(best, result.stages), ...whereLabelled(expected, result, best, replay)];
  return sentencesOf([...result.differences, ...why]);
}

/** Sentences as a report holds them: each once, not too many and none too long. */
export function sentencesOf(sentences: readonly string[]): readonly string[] {
  return [...new Set(sentences)]
    .slice(0, SENTENCES)
    .map((sentence) => (sentence.length > CHARACTERS ? `${cutText(sentence, CHARACTERS - 1)}…` : sentence));
}

/** What was raised, with the reasons that weigh most. */
export function raisedBecause(finding: Finding): string {
  const reasons = finding.reasons
    .filter(({ counted, effect }) => counted && effect === 'raises')
    .sort((a, b) => b.points - a.points)
    .slice(0, REASONS_TOLD)
    .map(({ text, points }) => `${text} (+${points})`);
  const told = reasons.length === 0 ? '' : `; it rests on ${reasons.join('; ')}`;
  return `Raised on ${finding.host} with ${finding.score} points, ${finding.severity}: ${finding.headline}${told}.`;
}

/** Why no finding holds what is labelled. */
function notRaisedBecause(expected: Expectation, replay: Replay, catalogue: Catalogue): readonly string[] {
  const { analytic: id } = expected;
  const analytic = catalogue.analytics.find((one) => one.id === id);
  if (analytic === undefined)
    return [`${id} is not in force: it is switched off, cannot be read, or is not there.`];
  const hidden = mostTelling(
    meantFindings(
      expected,
      replay.findings.filter(({ suppressed }) => suppressed),
    ),
  );
  if (hidden !== undefined) return [suppressedBecause(hidden)];
  const titles = new Map(analytic.stages.map((stage) => [`${id}/${stage.id}`, stage.title]));
  const blind = replay.coverage.flatMap(({ host, stage, state, why }) =>
    state === 'blind' && titles.has(stage)
      ? [`\u201c${titles.get(stage)}\u201d could not be seen on ${host}: ${why}.`]
      : [],
  );
  const refused = replay.refusals.slice(0, 1).map((reason) => `Some records could not be read: ${reason}.`);
  const sentences = [
    ...blind.slice(0, BLIND_TOLD),
    ...labelledRecords(expected, replay, new Set(expected.stages.map(({ stage }) => stage))),
    ...refused,
  ];
  return sentences.length > 0
    ? sentences
    : [`Every stage of ${id} could be seen, and no record begins a chain of it that is kept.`];
}

function suppressedBecause(finding: Finding): string {
  const [reason] = finding.reasons.filter(({ effect }) => effect === 'suppresses');
  return `It was found and is suppressed${reason === undefined ? '' : `: ${reason.text}`}. ${finding.headline}`;
}

/** Of labelled stages that are not as labelled: whether the labelled record is in the recording, and when it was. */
function labelledRecords(
  { stages }: Expectation,
  { events }: Replay,
  wrong: ReadonlySet<string>,
  since?: Micros,
): readonly string[] {
  if (events.size > SEARCHED_EVENTS) return [];
  const asked = stages.filter(({ stage, match_all: texts }) => wrong.has(stage) && texts.length > 0);
  return asked.slice(0, SENTENCES).flatMap(({ stage, match_all: texts }) => {
    const needles = texts.map(toNeedle).filter((needle) => needle.length > 0);
    if (needles.length === 0) return [];
    const found = [...events.values()].find((event) => holds(event, needles));
    if (found === undefined)
      return [`No event of the recording holds what is labelled for ${stage}: ${texts.join(' and ')}.`];
    const image = found['process.executable'];
    const by = image === undefined ? '' : ` of ${image.slice(image.lastIndexOf('\\') + 1)}`;
    return [
      `The labelled record for ${stage} is there: ${found.kind}${by} at ${formatMicros(found.time)}${away(found.time, since)}.`,
    ];
  });
}

/** How far a time is from what the finding turns on. */
function away(time: Micros, since: Micros | undefined): string {
  if (since === undefined) return '';
  return `, ${spanText(Math.abs(time - since))} ${time < since ? 'before' : 'after'} what the finding turns on`;
}

/** Why a finding is less than labelled: the stages it lacks, and labelled ones in another state. */
function otherwiseBecause(finding: Finding, results: readonly StageResult[]): readonly string[] {
  const wrong = new Set(results.filter(({ ok }) => !ok).map(({ stage, as }) => as ?? stage));
  const told = finding.stages.filter(
    (stage) =>
      wrong.has(stage.id) ||
      (finding.status === 'partial' &&
        stage.state !== 'matched' &&
        (stage.required || stage.group !== undefined)),
  );
  return told.flatMap((stage) => stageBecause(stage, finding));
}

/** The labelled records of stages that the finding does not hold as labelled. */
function whereLabelled(
  expected: Expectation,
  { stages }: AnalyticResult,
  { anchor }: Finding,
  replay: Replay,
): readonly string[] {
  const wrong = new Set(stages.filter(({ ok }) => !ok).map(({ stage }) => stage));
  return labelledRecords(expected, replay, wrong, anchor.time ?? anchor.startedAt);
}

function stageBecause(stage: FindingStage, finding: Finding): readonly string[] {
  if (stage.state === 'matched') return [];
  const reason = stage.stateReason ?? 'no record fits it';
  const state = stage.state === 'blind' ? 'could not be seen' : 'was not found';
  const near = finding.counterfactuals
    .filter(({ kind, stage: of }) => of === stage.id && kind === 'near_miss')
    .map(
      ({ text, actual, wanted }) =>
        `Near it: ${text}${actual === undefined ? '' : ` is ${actual}`}${wanted === undefined ? '' : `, wanted ${wanted}`}.`,
    );
  return [`\u201c${stage.title}\u201d ${state}: ${reason}.`, ...near];
}

import type { EventId } from '../events/endpointEvent';
import { normaliseHostName, shortHostName } from '../events/hostName';
import type { Finding } from '../findings/finding';
import { findEvidence, toNeedle } from './evidence';
import type { DatasetLabel, Expectation, ExpectedStage, Verdict } from './labels';
import type { Replay } from './replay';

/** What became of one labelled stage. */
export type StageResult = {
  /** As the label names it. */
  readonly stage: string;
  /** Our stage that it is, where the two have different names. */
  readonly as?: string;
  readonly expected: 'matched' | 'absent' | 'blind';
  /** Undefined when there is no finding to look into. */
  readonly found: 'matched' | 'absent' | 'blind' | undefined;
  readonly ok: boolean;
  /** The records that hold the texts the label quotes; absent where it quotes none, or they were not looked for or found. */
  readonly records?: readonly EventId[];
};

/** What became of one analytic on one recording. */
export type AnalyticResult = {
  readonly analytic: string;
  readonly expected: Verdict;
  readonly acceptable: readonly Verdict[];
  readonly found: Verdict;
  readonly ok: boolean;
  /** A finding is more severe than the label tolerates. */
  readonly tooSevere: boolean;
  readonly stages: readonly StageResult[];
  /** Sentences on what differs from the label; none when nothing does. */
  readonly differences: readonly string[];
};

/** One recording held against its label. */
export type RecordingResult = {
  readonly file: string;
  readonly title?: string;
  readonly sha256: string;
  readonly analytics: readonly AnalyticResult[];
  readonly ok: boolean;
};

/** Everything a label says, in order: what is expected, then what must not be raised. */
export function expectationsOf(label: DatasetLabel): readonly Expectation[] {
  return [
    ...label.expect,
    ...label.none_for.map((analytic): Expectation => ({ analytic, verdict: 'none', stages: [] })),
  ];
}

/**
 * The findings of an analytic that an expectation is about: all where none may be, else those that hold its process; on
 * its host only, where it names one.
 */
export function meantFindings(expected: Expectation, findings: readonly Finding[]): readonly Finding[] {
  const ofAnalytic = findings.filter(
    (finding) => finding.analytic === expected.analytic && isOnHost(finding, expected),
  );
  return expected.verdict === 'none' ? ofAnalytic : ofAnalytic.filter((one) => isMeant(one, expected));
}

/** The finding that says most: a complete one, then the one with the highest score. Undefined when there is none. */
export function mostTelling(findings: readonly Finding[]): Finding | undefined {
  return [...findings].sort(
    (a, b) => Number(b.status === 'complete') - Number(a.status === 'complete') || b.score - a.score,
  )[0];
}

/**
 * Complete findings that a label does not explain: it neither speaks of them nor expects, of an analytic it does not
 * name them for, a chain that turns on a process of theirs. What is only partial and unlabelled is left open.
 */
export function unexplainedFindings(label: DatasetLabel, findings: readonly Finding[]): readonly Finding[] {
  const expectations = expectationsOf(label);
  const named = new Set(expectations.map(({ analytic }) => analytic));
  const meant = new Set(expectations.flatMap((expected) => meantFindings(expected, findings)));
  const chains = expectations.filter(({ verdict }) => verdict !== 'none');
  return findings.filter((finding) => {
    if (finding.status !== 'complete' || meant.has(finding)) return false;
    return named.has(finding.analytic) || !chains.some((expected) => tellsOf(finding, expected, findings));
  });
}

/** Whether a finding of another analytic tells of the labelled chain: it holds its process, or quotes a record of it. */
function tellsOf(finding: Finding, expected: Expectation, findings: readonly Finding[]): boolean {
  if (!isOnHost(finding, expected)) return false;
  if (expected.trigger !== undefined && expected.trigger !== null) return isMeant(finding, expected);
  return meantFindings(expected, findings).some((one) => shareRecords(one, finding));
}

/** Whether two findings quote a record in common. */
export function shareRecords(a: Finding, b: Finding): boolean {
  const quoted = new Set(a.stages.flatMap(({ events }) => events.map(({ eventId }) => eventId)));
  return b.stages.some(({ events }) => events.some(({ eventId }) => quoted.has(eventId)));
}

/** Names with a domain must agree whole; where one has none, the name alone decides. */
function isOnHost({ host }: Finding, { host: labelled }: Expectation): boolean {
  if (labelled === undefined) return true;
  const [is, wanted] = [normaliseHostName(host), normaliseHostName(labelled)];
  if (is === wanted) return true;
  return !(is.includes('.') && wanted.includes('.')) && shortHostName(is) === shortHostName(wanted);
}

/** Holds what was found in a recording against what its label says. Suppressed findings count as not found. */
export function compareRecording(label: DatasetLabel, replay: Replay, sha256: string): RecordingResult {
  const shown = replay.findings.filter((finding) => !finding.suppressed);
  const analytics = expectationsOf(label).map((expected) => judge(expected, shown, replay));
  return {
    file: label.file,
    ...(label.title === undefined ? {} : { title: label.title }),
    sha256,
    analytics,
    ok: analytics.every((one) => one.ok),
  };
}

function judge(expected: Expectation, shown: readonly Finding[], replay: Replay): AnalyticResult {
  const acceptable = acceptableVerdicts(expected);
  const ofAnalytic = shown.filter((finding) => finding.analytic === expected.analytic);
  const findings = meantFindings(expected, shown);
  const found = verdictOf(findings);
  // A label that expects nothing may still quote what misled others; where nothing was to be found, nothing is missed.
  const quiet = expected.verdict === 'none' || (found === 'none' && acceptable.includes('none'));
  const stages = quiet ? [] : stagesOf(expected, findings, replay);
  const differences: string[] = [];
  if (!acceptable.includes(found)) differences.push(verdictSentence(expected, found, findings, ofAnalytic));
  for (const stage of stages) if (!stage.ok) differences.push(stageSentence(expected, stage));
  const severe = findings.filter(
    ({ severity }) => RANK[severity] > RANK[expected.max_severity ?? 'critical'],
  );
  for (const finding of severe)
    differences.push(
      `${expected.analytic} is ${finding.severity}, more than the ${expected.max_severity} it may be: ${finding.headline}`,
    );
  return {
    analytic: expected.analytic,
    expected: expected.verdict,
    acceptable,
    found,
    ok: differences.length === 0,
    tooSevere: severe.length > 0,
    stages,
    differences,
  };
}

/** Verdicts a label accepts, the strict one alone when it names none. */
export function acceptableVerdicts(expected: Expectation): readonly Verdict[] {
  return expected.acceptable_verdicts ?? [expected.verdict];
}

const RANK = { informational: 0, low: 1, medium: 2, high: 3, critical: 4 } as const;

function verdictOf(findings: readonly Finding[]): Verdict {
  if (findings.some((finding) => finding.status === 'complete')) return 'complete';
  return findings.length === 0 ? 'none' : 'partial';
}

/** The labelled process is the finding's anchor, or acts in one of its stages. */
function isMeant(finding: Finding, expected: Expectation): boolean {
  const { trigger } = expected;
  if (trigger === undefined || trigger === null) return true;
  const guid = trigger.process_guid === undefined ? undefined : toNeedle(trigger.process_guid);
  if (guid !== undefined && finding.anchor.entityId === guid) return true;
  const image = nameOf(trigger.image);
  if (guid === undefined && finding.anchor.pid === trigger.pid && same(finding.anchor.image, image))
    return true;
  return finding.stages.some((stage) =>
    stage.events.some((event) =>
      guid !== undefined && event.entityId !== undefined
        ? event.entityId === guid || (same(event.image, image) && event.pid === trigger.pid)
        : same(event.image, image) && (trigger.pid === undefined || event.pid === trigger.pid),
    ),
  );
}

function same(path: string | undefined, name: string | undefined): boolean {
  return name === undefined || nameOf(path) === name;
}

function nameOf(path: string | undefined): string | undefined {
  return path?.slice(path.lastIndexOf('\\') + 1).toLowerCase();
}

function stagesOf(
  expected: Expectation,
  findings: readonly Finding[],
  replay: Replay,
): readonly StageResult[] {
  const best = mostTelling(findings);
  return expected.stages.flatMap((stage) => {
    if (stage.state === undefined)
      return stage.match_all.length === 0 ? [] : [evidenced(stage, findings, replay)];
    const held = best?.stages.find(({ id }) => id === stage.stage);
    const right = held?.state === stage.state;
    const told = { stage: stage.stage, expected: stage.state, found: held?.state };
    if (!right || stage.state !== 'matched' || stage.match_all.length === 0) return [{ ...told, ok: right }];
    const place = findEvidence(stage, findings, replay);
    return [place === undefined ? { ...told, ok: false } : { ...told, ok: true, records: place.records }];
  });
}

/** Of a label that tells evidence in words of its own: whether the record is in the finding. */
function evidenced(stage: ExpectedStage, findings: readonly Finding[], replay: Replay): StageResult {
  const place = findEvidence(stage, findings, replay);
  return {
    stage: stage.stage,
    ...(place?.stage === undefined ? {} : { as: place.stage }),
    expected: 'matched',
    found: place === undefined ? undefined : 'matched',
    ok: place !== undefined,
    ...(place === undefined ? {} : { records: place.records }),
  };
}

function verdictSentence(
  expected: Expectation,
  found: Verdict,
  findings: readonly Finding[],
  ofAnalytic: readonly Finding[],
): string {
  const { analytic, verdict } = expected;
  const headline = findings[0]?.headline;
  if (headline !== undefined)
    return `${analytic} is ${found} and should be ${verdict === 'none' ? 'no finding' : verdict}: ${headline}`;
  const other = ofAnalytic[0]?.headline;
  return `${analytic} should be ${verdict} and was not found${other === undefined ? '' : `; another finding of it: ${other}`}`;
}

function stageSentence({ analytic }: Expectation, { stage, expected, found }: StageResult): string {
  if (found === expected) return `${analytic} ${stage} was matched by another record than the labelled one`;
  return `${analytic} ${stage} should be ${expected} and is ${found ?? 'not in the finding'}`;
}

import type { FindingHistory } from '../../contracts/findings';
import type { SeenFinding } from '../../contracts/reviews';
import type { Finding, StageEvent } from '../../findings/finding';
import type { FindingRecord } from '../../storage/findings';
import type { Opened } from '../../storage/reviews/evidenceOpened';
import { toFindingSummary } from '../findingView';
import { stageEventSentence } from '../stageEventSentence';

/** Parts of a finding's screen, as a review tells that they were opened. */
const PART_TEXT: Readonly<Record<string, string>> = {
  finding: 'the finding',
  preview: 'its preview in triage',
  telemetry: 'what could be seen',
  why: 'why it matched',
  runbook: 'the runbook',
  similar: 'similar findings',
  activity: 'what was done before',
  lineage: 'the lineage',
  sequence: 'the sequence',
};

const EVENT = 'event:';

/** One finding as its authors saw it, to be kept with the submission. */
export function toSeenFinding(given: {
  readonly record: FindingRecord;
  readonly history: FindingHistory;
  readonly opened: readonly Opened[];
  /** Titles of baselines by id. */
  readonly baselines: ReadonlyMap<number, string>;
}): Omit<SeenFinding, 'since'> {
  const { record, history, opened, baselines } = given;
  const { row, finding } = record;
  const summary = toFindingSummary(row);
  const stageEvents = eventsByStage(finding);
  const seen = new Set(opened.map(({ what }) => what));
  return {
    findingId: row.id,
    headline: summary.headline,
    revision: row.revision,
    analytic: row.analytic,
    analyticVersion: finding.analyticVersion,
    status: row.status,
    severity: row.severity,
    score: row.score,
    stages: summary.stages,
    telemetry: finding.telemetry.map((entry) => ({ ...entry, fix: entry.fix ?? null })),
    baselines: finding.baselines.map((id) => ({ id, title: baselines.get(id) ?? '' })),
    verdicts: history.verdicts,
    opened: opened.map((one) => ({
      person: one.person,
      what: one.what,
      text: textOf(one.what, stageEvents),
      eventId: one.what.startsWith(EVENT) ? one.what.slice(EVENT.length) : null,
      firstAt: one.firstAt.toISOString(),
      lastAt: one.lastAt.toISOString(),
      times: one.times,
    })),
    unopened: [...stageEvents].flatMap(([eventId, { stage, event }]) =>
      seen.has(EVENT + eventId) ? [] : [{ eventId, stage, text: stageEventSentence(event) }],
    ),
  };
}

type StageEventOf = { readonly stage: string; readonly event: StageEvent };

/** The event that tells each matched stage's story: what a reviewer expects to have been looked at. */
function eventsByStage(finding: Finding): ReadonlyMap<string, StageEventOf> {
  const events = new Map<string, StageEventOf>();
  for (const stage of finding.stages) {
    const [event] = stage.events;
    if (stage.state === 'matched' && event !== undefined && !events.has(event.eventId))
      events.set(event.eventId, { stage: stage.id, event });
  }
  return events;
}

function textOf(what: string, stageEvents: ReadonlyMap<string, StageEventOf>): string {
  if (!what.startsWith(EVENT)) return PART_TEXT[what] ?? what;
  const known = stageEvents.get(what.slice(EVENT.length));
  return known === undefined ? 'another event' : stageEventSentence(known.event);
}

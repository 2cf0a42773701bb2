import { formatMicros, MICROS_PER_SECOND, micros } from '../../base/time';
import type { CaseTimeline } from '../../contracts/cases';
import { listBlindIntervals, type StoredBlindInterval } from '../../storage/blindIntervals';
import { findingsInCase } from '../../storage/cases/caseItems';
import type { HostClock } from '../../storage/cases/caseStages';
import { familyOrRefuse } from '../../storage/cases/changeCase';
import { stageEventSentence } from '../stageEventSentence';
import { caseJoins } from './caseJoins';
import { recordedOf, type StageMark, stageMarks } from './stageMarks';

/** Marks on one axis; more cannot be told apart. */
const MARKS = 2000;
/** Blind intervals of all lanes. */
const INTERVALS = 500;

/**
 * Events of all findings of a case on one axis, a lane per host in order of its first event, with when it was blind and
 * what hosts have in common. Throws `not_found`.
 */
export async function readCaseTimeline(caseId: number): Promise<CaseTimeline> {
  await familyOrRefuse(caseId);
  const { marks, cut } = await stageMarks(await findingsInCase(caseId), MARKS);
  const first = marks[0];
  if (first === undefined) return { from: null, to: null, lanes: [], joins: [], cut };
  const from = first.event.time;
  const to = marks.at(-1)?.event.time ?? from;
  const hostIds = [...new Set(marks.map((mark) => mark.hostId))];
  const [{ events, clocks }, blind] = await Promise.all([
    recordedOf(marks),
    listBlindIntervals(hostIds, { from, to }, INTERVALS),
  ]);
  return {
    from: formatMicros(from),
    to: formatMicros(to),
    lanes: hostIds.map((hostId) =>
      laneOf(
        marks.filter((mark) => mark.hostId === hostId),
        clocks.get(hostId),
        blind.items.filter((interval) => interval.hostId === hostId),
      ),
    ),
    joins: caseJoins(marks, events),
    cut,
  };
}

function laneOf(
  marks: readonly StageMark[],
  clock: HostClock | undefined,
  blind: readonly StoredBlindInterval[],
): CaseTimeline['lanes'][number] {
  const [first] = marks;
  return {
    hostId: String(first?.hostId ?? ''),
    host: first?.host ?? '',
    offsetSeconds: first === undefined ? 0 : offsetAt(clock, first.event.time) / MICROS_PER_SECOND,
    blind: blind.map(({ from, to, kind, reason }) => ({
      from: endOf(from),
      to: endOf(to),
      kind,
      reason,
    })),
    marks: marks.map(({ findingId, stage, stageTitle, event }) => ({
      findingId,
      eventId: event.eventId,
      time: formatMicros(event.time),
      stage,
      stageTitle,
      text: stageEventSentence(event),
      kind: event.kind,
    })),
  };
}

/** What was added to the log's time at a time on the host's one clock, microseconds. */
function offsetAt(clock: HostClock | undefined, time: number): number {
  const before = clock?.segments.filter((segment) => segment.from + segment.offset <= time) ?? [];
  return before.at(-1)?.offset ?? clock?.segments[0]?.offset ?? 0;
}

/** An end that nothing bounds is none. */
function endOf(time: number): string | null {
  return Math.abs(time) >= Number.MAX_SAFE_INTEGER ? null : formatMicros(micros(time));
}

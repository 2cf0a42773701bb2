import { formatMicros, MICROS_PER_SECOND, micros } from '../../base/time';
import type { CaseTimeline } from '../../contracts/cases';
import { listBlindIntervals, type StoredBlindInterval } from '../../storage/blindIntervals';
import { loadItems } from '../../storage/cases/caseItems';
import { type HostClock, hostClocks } from '../../storage/cases/caseStages';
import { familyOrRefuse } from '../../storage/cases/changeCase';
import { stageEventSentence } from '../stageEventSentence';
import { caseJoins } from './caseJoins';
import { hitMarks } from './hitMarks';
import type { LaneMark } from './laneMark';
import { recordedOf, type StageMark, stageMarks } from './stageMarks';

/** Marks of stages on one axis; more cannot be told apart. */
const MARKS = 2000;
/** Marks of hits. */
const HITS = 500;
/** Blind intervals of all lanes. */
const INTERVALS = 500;

/**
 * Events of all findings of a case and its hits of Sigma on one axis, a lane per host in order of its first mark, with
 * when it was blind and what hosts have in common. Throws `not_found`.
 */
export async function readCaseTimeline(caseId: number): Promise<CaseTimeline> {
  const items = await loadItems(await familyOrRefuse(caseId));
  const refs = (kind: 'finding' | 'hit') => items.flatMap((item) => (item.kind === kind ? [item.ref] : []));
  const [staged, hits] = await Promise.all([stageMarks(refs('finding'), MARKS), hitMarks(refs('hit'), HITS)]);
  const marks = [...staged.marks.map(toLaneMark), ...hits.marks].sort((a, b) => a.time - b.time);
  const cut = staged.cut + hits.cut;
  const first = marks[0];
  if (first === undefined) return { from: null, to: null, lanes: [], joins: [], cut };
  const from = first.time;
  const to = marks.at(-1)?.time ?? from;
  const hostIds = [...new Set(marks.map((mark) => mark.hostId))];
  const [clocks, events, blind] = await Promise.all([
    hostClocks(hostIds),
    recordedOf(staged.marks),
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
    joins: caseJoins(staged.marks, events),
    cut,
  };
}

function laneOf(
  marks: readonly LaneMark[],
  clock: HostClock | undefined,
  blind: readonly StoredBlindInterval[],
): CaseTimeline['lanes'][number] {
  const [first] = marks;
  return {
    hostId: String(first?.hostId ?? ''),
    host: first?.host ?? '',
    offsetSeconds: first === undefined ? 0 : offsetAt(clock, first.time) / MICROS_PER_SECOND,
    blind: blind.map(({ from, to, kind, reason }) => ({
      from: endOf(from),
      to: endOf(to),
      kind,
      reason,
    })),
    marks: marks.map(({ mark }) => mark),
  };
}

function toLaneMark({ findingId, hostId, host, stage, stageTitle, event }: StageMark): LaneMark {
  const { eventId, time, kind } = event;
  const text = stageEventSentence(event);
  return {
    hostId,
    host,
    time,
    mark: { findingId, eventId, time: formatMicros(time), stage, stageTitle, text, kind },
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

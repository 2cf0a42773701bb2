import type { TimelineEventView } from '@/lib/contracts/timeline';
import { blindLane, kindLaneOf } from './kindLanes';
import type { LaneMode, TimelineLane } from './lane';
import { KIND_WORDS } from './markShape';
import type { BlindSpan } from './timelineData';
import type { TimeScale, TimeWindow } from './timeScale';

/** Ends in UTC microseconds; null: open. */
export type BlindEnds = { from: number | null; to: number | null };

/** An interval in which a lane could not have shown anything; an end that is null is open. */
export type LaneBlind = {
  laneId: string;
  from: number | null;
  to: number | null;
  kinds: readonly TimelineEventView['kind'][];
  /** In words, with the kinds it is about where the lane has others as well. */
  reason: string;
  /** When the reason is about, where that is not all that is hatched. */
  told?: BlindEnds;
};

/** The same, cut to the window and placed. */
export type TimelineBlind = {
  id: string;
  laneId: string;
  x0: number;
  x1: number;
  y: number;
  height: number;
  /** Where it begins and ends in truth, whatever is shown; null: no end is known. */
  from: number | null;
  to: number | null;
  reason: string;
  told?: BlindEnds;
};

/**
 * What could not be seen, per lane. A stage that is blind says why itself, for all its time;
 * what interval that reason is about is told where one alone says the same. Where lanes are kinds, or
 * processes with lanes of their own for this, an interval lies in the lane of its kind; intervals that begin and end
 * together in one lane are one, with all their reasons.
 */
export function placeBlind(
  blind: readonly BlindSpan[],
  lanes: readonly TimelineLane[],
  mode: LaneMode,
): LaneBlind[] {
  if (mode === 'stage') {
    return lanes
      .filter((lane) => lane.state === 'blind')
      .map((lane) => {
        const told = lane.detail === null ? undefined : endsOfReason(blind, lane.detail);
        return {
          laneId: lane.id,
          from: null,
          to: null,
          kinds: [],
          reason: lane.detail ?? 'not visible',
          ...(told === undefined ? {} : { told }),
        };
      });
  }
  const known = new Set(lanes.map((lane) => lane.id));
  return mergeBlind(blind, (kind) =>
    mode === 'process' ? blindLane(kindLaneOf(kind)) : kindLaneOf(kind),
  ).filter((span) => known.has(span.laneId));
}

/** The one interval a stage's reason is about: the stage says the interval's own reason, and may add its window. */
function endsOfReason(blind: readonly BlindSpan[], said: string): BlindEnds | undefined {
  const same = blind.filter(({ reason }) => said === reason || said.startsWith(`${reason}, `));
  const [first] = same;
  if (first === undefined || same.some(({ from, to }) => from !== first.from || to !== first.to))
    return undefined;
  return { from: first.from, to: first.to };
}

/** Intervals of one lane that begin and end together as one, in order of time, each reason once with its kinds. */
export function mergeBlind(
  blind: readonly BlindSpan[],
  laneOf: (kind: TimelineEventView['kind']) => string,
): LaneBlind[] {
  const merged = new Map<
    string,
    {
      laneId: string;
      from: number | null;
      to: number | null;
      reasons: Map<string, Set<TimelineEventView['kind']>>;
    }
  >();
  for (const span of blind) {
    const laneId = laneOf(span.kind);
    const { from, to } = span;
    const id = `${laneId}:${from}:${to}`;
    const entry = merged.get(id) ?? { laneId, from, to, reasons: new Map() };
    merged.set(id, entry);
    entry.reasons.set(span.reason, (entry.reasons.get(span.reason) ?? new Set()).add(span.kind));
  }
  return [...merged.values()]
    .map(({ laneId, from, to, reasons }) => ({
      laneId,
      from,
      to,
      kinds: [...new Set([...reasons.values()].flatMap((kinds) => [...kinds]))],
      reason: [...reasons].map(([reason, kinds]) => withKinds(reason, [...kinds])).join('; '),
    }))
    .sort((a, b) => (a.from ?? -Infinity) - (b.from ?? -Infinity) || (a.laneId < b.laneId ? -1 : 1));
}

function withKinds(reason: string, kinds: readonly TimelineEventView['kind'][]): string {
  // The reason itself may name the kind; saying it twice helps nobody.
  if (kinds.every((kind) => reason.includes(kind) || reason.includes(KIND_WORDS[kind]))) return reason;
  return `${kinds.map((kind) => KIND_WORDS[kind]).join(', ')}: ${reason}`;
}

/** Blind intervals cut to the window; those that lie outside of it are left out. */
export function blindIn(
  blind: readonly LaneBlind[],
  lanes: readonly TimelineLane[],
  window: TimeWindow,
  scale: TimeScale,
): TimelineBlind[] {
  const byId = new Map(lanes.map((lane) => [lane.id, lane]));
  return blind.flatMap((span) => {
    const lane = byId.get(span.laneId);
    const from = Math.max(span.from ?? window.from, window.from);
    const to = Math.min(span.to ?? window.to, window.to);
    if (lane === undefined || to <= from) return [];
    return [
      {
        id: `${span.laneId}:${span.from ?? ''}:${span.to ?? ''}`,
        laneId: lane.id,
        x0: scale.toX(from),
        x1: scale.toX(to),
        y: lane.y,
        height: lane.height,
        from: span.from,
        to: span.to,
        reason: span.reason,
        ...(span.told === undefined ? {} : { told: span.told }),
      },
    ];
  });
}

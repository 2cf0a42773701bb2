import { scaleUtc } from 'd3';
import type { CaseTimeline } from '@/lib/contracts/cases';

export const LANE = 34;
/** Half of a mark's width: nearer ones are drawn above each other. */
const MARK = 7;
const MOST_HIGH = 3;

export type PlacedMark = CaseTimeline['lanes'][number]['marks'][number] & {
  x: number;
  y: number;
};
export type PlacedLane = {
  host: string;
  hostId: string;
  offsetSeconds: number;
  y: number;
  height: number;
  marks: readonly PlacedMark[];
  blind: readonly { x0: number; x1: number; kind: string; reason: string }[];
};
export type PlacedJoin = {
  by: CaseTimeline['joins'][number]['by'];
  value: string;
  points: readonly { x: number; y: number }[];
};
export type CaseAxisLayout = {
  lanes: readonly PlacedLane[];
  joins: readonly PlacedJoin[];
  ticks: readonly { x: number; iso: string }[];
  height: number;
};

/** Names one mark: an event may stand in several findings, in several stages of one, and be hit by several rules. */
export function markKey(mark: Pick<PlacedMark, 'findingId' | 'eventId' | 'stage'>): string {
  return JSON.stringify([mark.findingId, mark.stage, mark.eventId]);
}

/**
 * Places marks by time over `width` pixels, lanes one below the other; marks that would cover each other stand up to
 * three high. Joins connect marks of different lanes.
 */
export function layoutCaseAxis(timeline: CaseTimeline, width: number): CaseAxisLayout {
  const from = Date.parse(timeline.from ?? '');
  const to = Date.parse(timeline.to ?? '');
  const margin = Math.max(1000, (to - from) * 0.03);
  const scale = scaleUtc()
    .domain([new Date(from - margin), new Date(to + margin)])
    .range([0, width]);
  const at = (iso: string) => scale(new Date(iso));
  const places = new Map<string, { x: number; y: number; lane: number }>();
  let y = 0;
  const lanes = timeline.lanes.map((lane, laneNo): PlacedLane => {
    const ends: number[] = [];
    const placed = lane.marks
      .toSorted((a, b) => a.time.localeCompare(b.time))
      .map((mark) => {
        const x = at(mark.time);
        const free = ends.findIndex((end) => end < x - MARK);
        const level = free >= 0 ? free : Math.min(ends.length, MOST_HIGH - 1);
        ends[level] = x + MARK;
        return { mark, x, level };
      });
    const height = LANE + Math.max(0, ends.length - 1) * MARK * 2;
    const marks = placed.map(({ mark, x, level }) => {
      const place = { x, y: y + LANE / 2 + level * MARK * 2 };
      places.set(mark.eventId, { ...place, lane: laneNo });
      return { ...mark, ...place };
    });
    const blind = lane.blind.flatMap(({ from: begin, to: end, kind, reason }) => {
      const x0 = begin === null ? 0 : Math.max(0, at(begin));
      const x1 = end === null ? width : Math.min(width, at(end));
      return x1 > x0 ? [{ x0, x1, kind, reason }] : [];
    });
    const top = y;
    y += height;
    return {
      host: lane.host,
      hostId: lane.hostId,
      offsetSeconds: lane.offsetSeconds,
      y: top,
      height,
      marks,
      blind,
    };
  });
  const joins = timeline.joins.flatMap((join): PlacedJoin[] => {
    const points = join.eventIds.flatMap((id) => places.get(id) ?? []).toSorted((a, b) => a.lane - b.lane);
    const lanesMet = new Set(points.map(({ lane }) => lane));
    return lanesMet.size < 2 ? [] : [{ by: join.by, value: join.value, points }];
  });
  const ticks = scale.ticks(Math.max(2, Math.floor(width / 130))).map((tick) => ({
    x: scale(tick),
    iso: tick.toISOString(),
  }));
  return { lanes, joins, ticks, height: y };
}

import { blindIn, type TimelineBlind } from './blindLanes';
import type { TimelineLane, TimelineStage } from './lane';
import { densityOfLane, type TimelineDensity } from './laneDensity';
import type { LaneArrangement, PlacedEvent } from './timelineLanes';
import {
  type TimeGap,
  type TimeScale,
  type TimeTick,
  type TimeWindow,
  ticksOf,
  timeScale,
} from './timeScale';

/** One event, drawn as itself. */
export type TimelineMark = PlacedEvent & { x: number; y: number };

export type TimelineLayout = {
  scale: TimeScale;
  window: TimeWindow;
  lanes: readonly TimelineLane[];
  /** In order of time. */
  marks: TimelineMark[];
  density: TimelineDensity[];
  /** Events in the fullest bar of all. */
  highest: number;
  blind: TimelineBlind[];
  gaps: TimeGap[];
  ticks: TimeTick[];
  /** T0, if there is one. */
  origin: number | null;
  originX: number | null;
  /** The first event of each matched stage, in the order of the chain. */
  chain: { x: number; y: number; eventId: string }[];
  height: number;
};

export type TimelineLayoutOptions = {
  width: number;
  window: TimeWindow;
  compress?: boolean;
  /** Marks nearer than this many pixels are merged. */
  markSpacing?: number;
  /** An event to draw as itself whatever lies around it: the selected one. */
  keep?: string | null;
};

/**
 * Places a window of arranged lanes on the screen. Special events are always drawn exactly; others are drawn exactly
 * while they keep `markSpacing` apart and as density where they would lie on one another or are known only by number,
 * so that what is drawn is bounded by width times lanes, whatever the number of events. Pure.
 */
export function layoutTimeline(arrangement: LaneArrangement, options: TimelineLayoutOptions): TimelineLayout {
  const { window, width } = options;
  const spacing = options.markSpacing ?? 9;
  const { lanes, origin } = arrangement;
  const scale = timeScale(window, width, busyTimes(arrangement, options), options.compress ?? false);
  const yOf = new Map(lanes.map((lane) => [lane.id, lane.y + lane.height / 2]));

  const marks: TimelineMark[] = [];
  const loose = new Map<string, TimelineMark[]>();
  const { events } = arrangement;
  for (let place = firstAt(events, window.from); place < events.length; place++) {
    const placed = events[place];
    if (placed === undefined || placed.time > window.to) break;
    const { event, time, laneId, special } = placed;
    const mark = { ...placed, x: scale.toX(time), y: yOf.get(laneId) ?? 0 };
    if (special || event.eventId === options.keep) marks.push(mark);
    else append(loose, laneId, mark);
  }
  const crowded = new Map<string, TimelineMark[]>();
  for (const [laneId, run] of loose) {
    for (const group of groupsNearer(run, spacing)) {
      const [only] = group;
      if (group.length === 1 && only !== undefined) marks.push(only);
      else for (const mark of group) append(crowded, laneId, mark);
    }
  }
  const density = lanes.flatMap((lane) =>
    densityOfLane(
      lane.id,
      lane.y + lane.height / 2,
      arrangement.density.get(lane.id) ?? [],
      crowded.get(lane.id) ?? [],
      window,
      scale,
    ),
  );
  marks.sort((a, b) => a.time - b.time || (a.event.eventId < b.event.eventId ? -1 : 1));

  return {
    scale,
    window,
    lanes,
    marks,
    density,
    highest: density.reduce(
      (most, run) => run.bars.reduce((inner, bar) => Math.max(inner, bar.count), most),
      0,
    ),
    blind: blindIn(arrangement.blind, lanes, window, scale),
    gaps: scale.gaps,
    ticks: ticksOf(scale, window, origin ?? window.from, width),
    origin,
    originX: origin === null || origin < window.from || origin > window.to ? null : scale.toX(origin),
    chain: chainOf(arrangement.stages, marks),
    height: arrangement.height,
  };
}

/** Moments and stretches that silence may not be shortened over; none when it is not asked for. */
function busyTimes(arrangement: LaneArrangement, options: TimelineLayoutOptions): TimeWindow[] {
  if (options.compress !== true) return [];
  const moment = (time: number) => ({ from: time, to: time });
  return [
    ...arrangement.events.map(({ time }) => moment(time)),
    ...[...arrangement.density.values()].flat(),
    ...arrangement.blind.flatMap(({ from, to }) =>
      [from, to].flatMap((end) => (end === null ? [] : [moment(end)])),
    ),
  ];
}

/** Place of the first event at or after a time. */
function firstAt(events: readonly PlacedEvent[], time: number): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((events[middle]?.time ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

function append<Value>(map: Map<string, Value[]>, key: string, value: Value) {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

/** Runs of marks, each nearer than `spacing` to the one before it. `marks` is sorted by time. */
function groupsNearer(marks: readonly TimelineMark[], spacing: number): TimelineMark[][] {
  const groups: TimelineMark[][] = [];
  for (const mark of marks) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (group !== undefined && last !== undefined && mark.x - last.x < spacing) group.push(mark);
    else groups.push([mark]);
  }
  return groups;
}

function chainOf(stages: readonly TimelineStage[], marks: readonly TimelineMark[]) {
  return stages
    .flatMap((stage) => {
      const first = marks.find((mark) => mark.event.stage === stage.id);
      return first === undefined ? [] : [{ x: first.x, y: first.y, eventId: first.event.eventId }];
    })
    .sort((a, b) => a.x - b.x);
}

import { parseMicros } from '@/lib/base/time';
import type { StageState } from '@/lib/contracts/scalars';
import type { TimelineEventView, TimelineView } from '@/lib/contracts/timeline';
import {
  type TimeGap,
  type TimeScale,
  type TimeTick,
  type TimeWindow,
  ticksOf,
  timeScale,
} from './timeScale';

type EventKind = TimelineEventView['kind'];

export type LaneMode = 'stage' | 'process' | 'kind';

export type TimelineStage = {
  id: string;
  title: string;
  state: StageState;
  stateReason: string | null;
  /** Processes that take part in it. */
  entityIds: readonly string[];
};
export type TimelineProcess = { entityId: string; name: string; pid: number | null };

export type TimelineLane = {
  id: string;
  label: string;
  detail: string | null;
  state: StageState | null;
  y: number;
  height: number;
  /** Events of the lane inside and outside the window. */
  total: number;
};

/** One event, drawn as itself. */
export type TimelineMark = { event: TimelineEventView; laneId: string; time: number; x: number; y: number };

/** Events that would lie on one another, as a histogram of `DENSITY_BIN` pixels a bar. */
export type TimelineDensity = {
  laneId: string;
  x0: number;
  x1: number;
  y: number;
  count: number;
  bars: { x: number; count: number }[];
  from: number;
  to: number;
  eventIds: string[];
};

export type TimelineBlind = {
  id: string;
  laneId: string;
  x0: number;
  x1: number;
  y: number;
  height: number;
  reason: string;
};

export type TimelineLayout = {
  scale: TimeScale;
  window: TimeWindow;
  lanes: TimelineLane[];
  marks: TimelineMark[];
  density: TimelineDensity[];
  blind: TimelineBlind[];
  gaps: TimeGap[];
  ticks: TimeTick[];
  /** T0, if the view has an anchor. */
  origin: number | null;
  originX: number | null;
  /** The first event of each matched stage, in the order of the chain. */
  chain: { x: number; y: number; eventId: string }[];
  height: number;
};

export type TimelineLayoutOptions = {
  width: number;
  mode: LaneMode;
  window: TimeWindow;
  compress?: boolean;
  stages: readonly TimelineStage[];
  processes: readonly TimelineProcess[];
  laneHeight?: number;
  /** Marks nearer than this many pixels are merged. */
  markSpacing?: number;
};

export const LANE_HEIGHT = 28;
const DENSITY_BIN = 4;
const OTHER_LANE = 'other';

/** What each kind of event is called, and the lane it shares when lanes are kinds. */
export const KIND_LANES: readonly { id: string; label: string; kinds: readonly EventKind[] }[] = [
  { id: 'process', label: 'Processes', kinds: ['process_start', 'process_end'] },
  {
    id: 'file',
    label: 'Files',
    kinds: ['file_create', 'file_rename', 'file_delete', 'file_stream', 'file_time'],
  },
  { id: 'access', label: 'File reads', kinds: ['file_access'] },
  { id: 'network', label: 'Network', kinds: ['network_connect'] },
  { id: 'dns', label: 'DNS', kinds: ['dns_query'] },
  {
    id: 'registry',
    label: 'Registry',
    kinds: ['registry_add', 'registry_set', 'registry_delete', 'registry_rename', 'registry_access'],
  },
  { id: 'image', label: 'Modules', kinds: ['image_load'] },
  { id: 'script', label: 'Scripts', kinds: ['script_block', 'script_module'] },
  { id: 'pipe', label: 'Pipes', kinds: ['pipe_create', 'pipe_connect'] },
  { id: 'logon', label: 'Logons and logs', kinds: ['logon', 'log_clear', 'sensor_change'] },
  { id: 'alert', label: 'Vendor alerts', kinds: ['alert'] },
];

const KIND_LANE = new Map(KIND_LANES.flatMap((lane) => lane.kinds.map((kind) => [kind, lane] as const)));

/** The whole span a view speaks of, in microseconds, with a little air at both ends. */
export function spanOf(view: TimelineView): TimeWindow {
  const times = view.events.map((event) => microsOf(event.time));
  const from = Math.min(microsOf(view.from), ...times);
  const to = Math.max(microsOf(view.to), ...times);
  const air = Math.max((to - from) * 0.03, 50_000);
  return { from: from - air, to: to + air };
}

/** The part of `whole` in which a chain happened, with air for what came just before and after; at least two seconds. */
export function chainWindow(from: number, to: number, whole: TimeWindow): TimeWindow {
  const air = Math.max(1_000_000, (to - from) * 0.12);
  return { from: Math.max(whole.from, from - air), to: Math.min(whole.to, to + air) };
}

/**
 * Places a finding's events in lanes over time. What satisfies a stage is always drawn exactly; other events are drawn
 * exactly while they keep `markSpacing` apart and as density where they would lie on one another, so the number of
 * marks is bounded by width times lanes, whatever the number of events.
 *
 * In stage lanes, an event that satisfies no stage lies in the lane of the latest stage its process took part in.
 * Blind intervals lie in the lane of what could not be seen; where lanes are processes they get lanes of their own.
 * Pure; the order of the events does not matter.
 */
export function layoutTimeline(view: TimelineView, options: TimelineLayoutOptions): TimelineLayout {
  const laneHeight = options.laneHeight ?? LANE_HEIGHT;
  const spacing = options.markSpacing ?? 9;
  const { window, width } = options;
  const events = view.events
    .map((event) => ({ event, time: microsOf(event.time) }))
    .sort((a, b) => a.time - b.time || (a.event.eventId < b.event.eventId ? -1 : 1));
  const laneOf = laneChooser(options, events);
  const lanes = lanesOf(view, options, events, laneOf, laneHeight);
  const yOf = new Map(lanes.map((lane) => [lane.id, lane.y + lane.height / 2]));

  const blindEdges = view.blind.flatMap((span) => [microsOf(span.from), microsOf(span.to)]);
  const scale = timeScale(
    window,
    width,
    [...events.map(({ time }) => time), ...blindEdges],
    options.compress ?? false,
  );

  const marks: TimelineMark[] = [];
  const loose = new Map<string, TimelineMark[]>();
  for (const { event, time } of events) {
    if (time < window.from || time > window.to) continue;
    const laneId = laneOf(event, time);
    const mark = { event, laneId, time, x: scale.toX(time), y: yOf.get(laneId) ?? 0 };
    if (event.stage !== null) marks.push(mark);
    else append(loose, laneId, mark);
  }
  const density: TimelineDensity[] = [];
  for (const [laneId, run] of loose) {
    for (const group of groupsNearer(run, spacing)) {
      const [only] = group;
      if (group.length === 1 && only !== undefined) marks.push(only);
      else density.push(densityOf(laneId, group));
    }
  }
  marks.sort((a, b) => a.time - b.time || (a.event.eventId < b.event.eventId ? -1 : 1));

  const origin = view.anchor === null ? null : microsOf(view.anchor);
  return {
    scale,
    window,
    lanes,
    marks,
    density,
    blind: blindOf(view, options, lanes, scale),
    gaps: scale.gaps,
    ticks: ticksOf(scale, window, origin ?? window.from, width),
    origin,
    originX: origin === null || origin < window.from || origin > window.to ? null : scale.toX(origin),
    chain: chainOf(options.stages, marks),
    height: lanes.reduce((sum, lane) => sum + lane.height, 0),
  };
}

/** The mark nearest to a point, stage marks first where two are as near; undefined beyond `reach` pixels. */
export function nearestMark(
  layout: TimelineLayout,
  x: number,
  y: number,
  reach = 14,
): TimelineMark | undefined {
  let best: TimelineMark | undefined;
  let bestDistance = reach;
  for (const mark of layout.marks) {
    const distance = Math.hypot(mark.x - x, mark.y - y) - (mark.event.stage === null ? 0 : 2);
    if (distance < bestDistance) [best, bestDistance] = [mark, distance];
  }
  return best;
}

function microsOf(time: string): number {
  return parseMicros(time) ?? 0;
}

type Timed = { event: TimelineEventView; time: number };

function laneChooser(
  options: TimelineLayoutOptions,
  events: readonly Timed[],
): (event: TimelineEventView, time: number) => string {
  if (options.mode === 'kind') return (event) => KIND_LANE.get(event.kind)?.id ?? OTHER_LANE;
  if (options.mode === 'process') {
    const known = new Set(options.processes.map((process) => process.entityId));
    return (event) => (event.entityId !== null && known.has(event.entityId) ? event.entityId : OTHER_LANE);
  }
  const known = new Set(options.stages.map((stage) => stage.id));
  const turns = new Map<string, { stage: string; time: number }[]>();
  const addTurn = (entityId: string, stage: string, time: number) => append(turns, entityId, { stage, time });
  for (const { event, time } of events) {
    if (event.entityId !== null && event.stage !== null && known.has(event.stage))
      addTurn(event.entityId, event.stage, time);
  }
  for (const stage of options.stages) {
    for (const entityId of stage.entityIds)
      if (!turns.has(entityId)) addTurn(entityId, stage.id, Number.NEGATIVE_INFINITY);
  }
  return (event, time) => {
    if (event.stage !== null && known.has(event.stage)) return event.stage;
    const own = event.entityId === null ? undefined : turns.get(event.entityId);
    return own?.findLast((turn) => turn.time <= time)?.stage ?? own?.[0]?.stage ?? OTHER_LANE;
  };
}

function lanesOf(
  view: TimelineView,
  options: TimelineLayoutOptions,
  events: readonly Timed[],
  laneOf: (event: TimelineEventView, time: number) => string,
  height: number,
): TimelineLane[] {
  const totals = new Map<string, number>();
  for (const { event, time } of events) {
    const id = laneOf(event, time);
    totals.set(id, (totals.get(id) ?? 0) + 1);
  }
  const drafts: Omit<TimelineLane, 'y' | 'height' | 'total'>[] = [];
  const blindKinds = new Set(view.blind.map((span) => span.kind));
  if (options.mode === 'stage') {
    drafts.push(
      ...options.stages.map(({ id, title, state, stateReason }) => ({
        id,
        label: title,
        detail: stateReason,
        state,
      })),
    );
  } else if (options.mode === 'process') {
    for (const process of options.processes) {
      if (totals.has(process.entityId)) {
        drafts.push({
          id: process.entityId,
          label: process.name,
          detail: process.pid === null ? null : String(process.pid),
          state: null,
        });
      }
    }
  } else {
    for (const lane of KIND_LANES) {
      if (totals.has(lane.id) || lane.kinds.some((kind) => blindKinds.has(kind))) {
        drafts.push({ id: lane.id, label: lane.label, detail: null, state: null });
      }
    }
  }
  if (totals.has(OTHER_LANE)) {
    const label =
      options.mode === 'stage' ? 'Other events' : options.mode === 'process' ? 'Other processes' : 'Other';
    drafts.push({ id: OTHER_LANE, label, detail: null, state: null });
  }
  if (options.mode === 'process') {
    for (const lane of KIND_LANES) {
      if (lane.kinds.some((kind) => blindKinds.has(kind))) {
        drafts.push({
          id: blindLane(lane.id),
          label: `${lane.label}: not visible`,
          detail: null,
          state: 'blind',
        });
      }
    }
  }
  return drafts.map((draft, index) => ({
    ...draft,
    y: index * height,
    height,
    total: totals.get(draft.id) ?? 0,
  }));
}

const blindLane = (kindLaneId: string) => `blind:${kindLaneId}`;

function blindOf(
  view: TimelineView,
  options: TimelineLayoutOptions,
  lanes: readonly TimelineLane[],
  scale: TimeScale,
): TimelineBlind[] {
  const { from, to } = options.window;
  if (options.mode === 'stage') {
    return lanes.flatMap((lane) =>
      lane.state === 'blind'
        ? [
            {
              id: lane.id,
              laneId: lane.id,
              x0: 0,
              x1: options.width,
              y: lane.y,
              height: lane.height,
              reason: lane.detail ?? 'not visible',
            },
          ]
        : [],
    );
  }
  const merged = new Map<string, { laneId: string; from: number; to: number; reason: string }>();
  for (const span of view.blind) {
    const kindLane = KIND_LANE.get(span.kind)?.id ?? OTHER_LANE;
    const laneId = options.mode === 'process' ? blindLane(kindLane) : kindLane;
    const [start, end] = [Math.max(microsOf(span.from), from), Math.min(microsOf(span.to), to)];
    if (end <= start) continue;
    merged.set(`${laneId}:${start}:${end}`, { laneId, from: start, to: end, reason: span.reason });
  }
  return [...merged].flatMap(([id, span]) => {
    const lane = lanes.find((candidate) => candidate.id === span.laneId);
    if (lane === undefined) return [];
    return [
      {
        id,
        laneId: lane.id,
        x0: scale.toX(span.from),
        x1: scale.toX(span.to),
        y: lane.y,
        height: lane.height,
        reason: span.reason,
      },
    ];
  });
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

function densityOf(laneId: string, group: readonly TimelineMark[]): TimelineDensity {
  const [first, last] = [group[0], group.at(-1)];
  const x0 = first?.x ?? 0;
  const counts = new Map<number, number>();
  for (const mark of group) {
    const bin = Math.floor((mark.x - x0) / DENSITY_BIN);
    counts.set(bin, (counts.get(bin) ?? 0) + 1);
  }
  return {
    laneId,
    x0,
    x1: (last?.x ?? x0) + DENSITY_BIN,
    y: first?.y ?? 0,
    count: group.length,
    bars: [...counts].map(([bin, count]) => ({ x: x0 + bin * DENSITY_BIN, count })),
    from: first?.time ?? 0,
    to: last?.time ?? 0,
    eventIds: group.map((mark) => mark.event.eventId),
  };
}

function chainOf(stages: readonly TimelineStage[], marks: readonly TimelineMark[]) {
  return stages
    .flatMap((stage) => {
      const first = marks.find((mark) => mark.event.stage === stage.id);
      return first === undefined ? [] : [{ x: first.x, y: first.y, eventId: first.event.eventId }];
    })
    .sort((a, b) => a.x - b.x);
}

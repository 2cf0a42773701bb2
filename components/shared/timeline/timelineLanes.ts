import type { SigmaHitView } from '@/lib/contracts/sigmaHits';
import type { TimelineEventView } from '@/lib/contracts/timeline';
import { type LaneBlind, placeBlind } from './blindLanes';
import { blindLane, KIND_LANES, kindLaneOf, OTHER_LANE } from './kindLanes';
import type { LaneMode, TimelineLane, TimelineProcess, TimelineStage } from './lane';
import { microsOf, type TimelineData } from './timelineData';
import { HIT_LANE } from './timelineHits';

/** An event with its lane. Special ones (of a stage, flagged, commented, hit) are never merged into density. */
export type PlacedEvent = {
  event: TimelineEventView;
  time: number;
  laneId: string;
  special: boolean;
  /** Hits of Sigma on it; absent: none. */
  hits?: readonly SigmaHitView[];
  /** True: no event, only its hits. */
  isHit?: true;
};
/** Events of one lane known only by their number. */
export type PlacedStretch = { from: number; to: number; count: number };

/** Everything about a timeline that does not depend on which window of it is shown. */
export type LaneArrangement = {
  lanes: TimelineLane[];
  /** In order of time. */
  events: PlacedEvent[];
  /** Per lane, in order of time. */
  density: ReadonlyMap<string, readonly PlacedStretch[]>;
  blind: LaneBlind[];
  stages: readonly TimelineStage[];
  origin: number | null;
  height: number;
};

export type LaneOptions = {
  mode: LaneMode;
  stages: readonly TimelineStage[];
  processes: readonly TimelineProcess[];
  laneHeight?: number;
};

export const LANE_HEIGHT = 28;

/**
 * Gives each event and each count its lane. In stage lanes, what satisfies no stage lies in the lane of the stage its
 * process took part in last before; of counts that is asked for the middle of their stretch. Counts by kind have no
 * place where lanes are processes or stages, and none by process where lanes are kinds: they are left out, the caller
 * reads the others. Pure; the order of the events does not matter.
 */
export function arrangeLanes(data: TimelineData, options: LaneOptions): LaneArrangement {
  const height = options.laneHeight ?? LANE_HEIGHT;
  const timed = data.events.map((event) => ({ event, time: microsOf(event.time) }));
  timed.sort((a, b) => a.time - b.time || (a.event.eventId < b.event.eventId ? -1 : 1));
  const chooser = laneChooser(options, timed);
  const events = timed.map(({ event, time }): PlacedEvent => {
    const hits = data.hits?.on.get(event.eventId);
    return {
      event,
      time,
      laneId: options.mode === 'kind' ? kindLaneOf(event.kind) : chooser(event.entityId, event.stage, time),
      special: event.stage !== null || event.flagged || event.comments > 0 || hits !== undefined,
      ...(hits === undefined ? {} : { hits }),
    };
  });
  const own = ownMarks(data);
  if (own.length > 0) {
    events.push(...own);
    events.sort((a, b) => a.time - b.time || (a.event.eventId < b.event.eventId ? -1 : 1));
  }
  const density = placeDensity(data, options.mode, chooser);
  const totals = new Map<string, number>();
  for (const { laneId } of events) totals.set(laneId, (totals.get(laneId) ?? 0) + 1);
  for (const [laneId, stretches] of density)
    totals.set(
      laneId,
      stretches.reduce((sum, { count }) => sum + count, totals.get(laneId) ?? 0),
    );
  const lanes = laneDrafts(data, options, totals).map((draft, index) => ({
    ...draft,
    y: index * height,
    height,
    total: totals.get(draft.id) ?? 0,
  }));
  return {
    lanes,
    events,
    density,
    blind: placeBlind(data.blind, lanes, options.mode),
    stages: options.stages,
    origin: data.origin,
    height: lanes.length * height,
  };
}

/** Hits whose record is no listed event, in their lane. */
function ownMarks({ hits }: TimelineData): PlacedEvent[] {
  return (hits?.own ?? []).map((event) => ({
    event,
    time: microsOf(event.time),
    laneId: HIT_LANE,
    special: true,
    hits: hits?.on.get(event.eventId) ?? [],
    isHit: true,
  }));
}

/** Counts per lane; those of one stretch that come to lie in one lane are one. */
function placeDensity(
  data: TimelineData,
  mode: LaneMode,
  chooser: LaneChooser,
): ReadonlyMap<string, readonly PlacedStretch[]> {
  const wanted = mode === 'kind' ? 'kind' : 'process';
  const lanes = new Map<string, Map<number, PlacedStretch>>();
  if (data.densityBy !== wanted) return new Map();
  for (const { key, from, to, count } of data.density) {
    const laneId = mode === 'kind' ? kindLaneOf(key) : chooser(key, null, (from + to) / 2);
    const lane = lanes.get(laneId) ?? new Map<number, PlacedStretch>();
    lanes.set(laneId, lane);
    const same = lane.get(from);
    if (same === undefined) lane.set(from, { from, to, count });
    else {
      same.count += count;
      same.to = Math.max(same.to, to);
    }
  }
  return new Map(
    [...lanes].map(([laneId, lane]) => [laneId, [...lane.values()].sort((a, b) => a.from - b.from)]),
  );
}

type LaneChooser = (entityId: string | null, stage: string | null, time: number) => string;

type LaneDraft = Omit<TimelineLane, 'y' | 'height' | 'total'>;

function laneChooser(
  options: LaneOptions,
  events: readonly { event: TimelineEventView; time: number }[],
): LaneChooser {
  if (options.mode !== 'stage') {
    const known = new Set(options.processes.map((process) => process.entityId));
    return (entityId) => (entityId !== null && known.has(entityId) ? entityId : OTHER_LANE);
  }
  const known = new Set(options.stages.map((stage) => stage.id));
  const turns = new Map<string, { stage: string; time: number }[]>();
  const addTurn = (entityId: string, stage: string, time: number) => {
    const list = turns.get(entityId);
    if (list === undefined) turns.set(entityId, [{ stage, time }]);
    else list.push({ stage, time });
  };
  for (const { event, time } of events) {
    if (event.entityId !== null && event.stage !== null && known.has(event.stage))
      addTurn(event.entityId, event.stage, time);
  }
  for (const stage of options.stages) {
    for (const entityId of stage.entityIds)
      if (!turns.has(entityId)) addTurn(entityId, stage.id, Number.NEGATIVE_INFINITY);
  }
  return (entityId, stage, time) => {
    if (stage !== null && known.has(stage)) return stage;
    const own = entityId === null ? undefined : turns.get(entityId);
    return own?.findLast((turn) => turn.time <= time)?.stage ?? own?.[0]?.stage ?? OTHER_LANE;
  };
}

function laneDrafts(
  data: TimelineData,
  options: LaneOptions,
  totals: ReadonlyMap<string, number>,
): LaneDraft[] {
  const blindKinds = new Set(data.blind.map((span) => span.kind));
  const blindLanes = KIND_LANES.filter((lane) => lane.kinds.some((kind) => blindKinds.has(kind)));
  const other = { id: OTHER_LANE, detail: null, state: null };
  const hits = totals.has(HIT_LANE)
    ? [{ id: HIT_LANE, label: 'Sigma hits on other records', detail: null, state: null }]
    : [];
  const rest = (label: string) => [...(totals.has(OTHER_LANE) ? [{ ...other, label }] : []), ...hits];
  if (options.mode === 'stage') {
    const stages = options.stages.map(({ id, title, state, stateReason }) => ({
      id,
      label: title,
      detail: stateReason,
      state,
    }));
    return [...stages, ...rest('Other events')];
  }
  if (options.mode === 'process') {
    const processes = options.processes
      .filter((process) => totals.has(process.entityId))
      .map(({ entityId, name, pid }) => ({
        id: entityId,
        label: name,
        detail: pid === null ? null : String(pid),
        state: null,
      }));
    const blind = blindLanes.map((lane) => ({
      id: blindLane(lane.id),
      label: `${lane.label}: not visible`,
      detail: null,
      state: 'blind' as const,
    }));
    return [...processes, ...rest('Other processes'), ...blind];
  }
  const kinds = KIND_LANES.filter((lane) => totals.has(lane.id) || blindLanes.includes(lane)).map(
    ({ id, label }) => ({ id, label, detail: null, state: null }),
  );
  return [...kinds, ...rest('Other')];
}

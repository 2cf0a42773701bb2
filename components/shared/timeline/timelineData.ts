import { parseMicros } from '@/lib/base/time';
import type { SigmaHitView } from '@/lib/contracts/sigmaHits';
import type { TimelineEventView, TimelineView } from '@/lib/contracts/timeline';
import type { TimeWindow } from './timeScale';

/** What the server counts events by where it does not send them. */
export type DensityKey = 'kind' | 'process';

/** Events known only by their number: of one kind or process, in a stretch of time (UTC microseconds). */
export type DensityStretch = { key: string | null; from: number; to: number; count: number };

/** When a kind could not be recorded, and why; an end beyond all that was recorded is null. */
export type BlindSpan = {
  kind: TimelineEventView['kind'];
  from: number | null;
  to: number | null;
  reason: string;
};

/**
 * Hits of Sigma on a timeline: those on an event that is listed stand on its mark, all others have a mark of their own,
 * which is handled as if it were an event.
 */
export type TimelineHits = {
  /** By event, or by the id of a mark of their own. Every list holds at least one, worst first. */
  on: ReadonlyMap<string, readonly SigmaHitView[]>;
  /** What stands for hits whose record is no listed event, in order of time. */
  own: readonly TimelineEventView[];
};

/** What a timeline draws, whatever it was read in. */
export type TimelineData = {
  /** Events known as they are, in order of time. */
  events: readonly TimelineEventView[];
  /** Events known only by their number; none of `events` is counted again. */
  density: readonly DensityStretch[];
  densityBy: DensityKey;
  /** The window all of whose events are in `events`; null: none. */
  exactIn: TimeWindow | null;
  /** All events of the scope, shown or not. */
  total: number;
  /** T0 in UTC microseconds, if there is one. */
  origin: number | null;
  blind: readonly BlindSpan[];
  bins: TimelineView['bins'];
  binSeconds: number;
  /** Hits of Sigma; absent: none are known. */
  hits?: TimelineHits;
};

/** Microseconds of the contract's own times; 0 for what is none. */
export function microsOf(time: string): number {
  return parseMicros(time) ?? 0;
}

/** The whole span of a timeline, with a little air at both ends; its events are part of it. */
export function spanOf(view: Pick<TimelineView, 'span' | 'events'>): TimeWindow {
  let from = microsOf(view.span.from);
  let to = microsOf(view.span.to);
  for (const event of view.events) {
    const time = microsOf(event.time);
    if (time < from) from = time;
    if (time > to) to = time;
  }
  const air = Math.max((to - from) * 0.03, 50_000);
  return { from: from - air, to: to + air };
}

/** The part of `whole` in which a chain happened, with air for what came just before and after; at least two seconds. */
export function chainWindow(from: number, to: number, whole: TimeWindow): TimeWindow {
  const air = Math.max(1_000_000, (to - from) * 0.12);
  return { from: Math.max(whole.from, from - air), to: Math.min(whole.to, to + air) };
}

/**
 * The window to ask the server for when `shown` is looked at: wider, and on a grid that depends on its length, so that
 * small moves find the same answer again. At least `shown`, at most `whole`.
 */
export function windowToAsk(shown: TimeWindow, whole: TimeWindow): TimeWindow {
  const grid = 2 ** Math.ceil(Math.log2(Math.max(2, shown.to - shown.from))) / 2;
  const from = Math.floor(shown.from / grid) * grid;
  const to = Math.ceil(shown.to / grid) * grid;
  return {
    from: Math.floor(Math.max(whole.from, from)),
    to: Math.ceil(Math.min(whole.to, to)),
  };
}

export type TimelineChoice = {
  /** The answer for the whole span. */
  overview: TimelineView;
  /** The answer for a window, if one was read, and what its density is by. */
  part: { view: TimelineView; by: DensityKey } | null;
  /** What density is wanted by. */
  by: DensityKey;
  /** What the overview's density is by. */
  overviewBy: DensityKey;
};

/**
 * What to draw of what was read. An exact overview is all there is to know. Else the window's answer, and beyond its
 * ends (while a wider one is on its way) the overview's density where it is counted by what is wanted. Events that must
 * be drawn whatever the density are taken from both, and taken out of the counts.
 */
export function chooseTimeline({ overview, part, by, overviewBy }: TimelineChoice): TimelineData {
  const common = {
    densityBy: by,
    total: overview.total,
    origin: overview.anchor === null ? null : microsOf(overview.anchor),
    blind: blindSpans(overview),
    bins: overview.bins,
    binSeconds: overview.binSeconds,
  };
  if (overview.exact) return { ...common, events: inOrder(overview.events), density: [], exactIn: EVER };
  const window = part === null ? null : { from: microsOf(part.view.from), to: microsOf(part.view.to) };
  const events = inOrder(joinEvents(overview.events, part?.view.events ?? []));
  const around = overviewBy === by ? outside(stretchesOf(overview), window) : [];
  const within = part === null || part.by !== by ? [] : stretchesOf(part.view);
  return {
    ...common,
    events,
    density: withoutEvents([...around, ...within], events, by),
    exactIn: part?.view.exact === true ? window : null,
  };
}

/** The same with nothing but flagged events; a flagged event is always known as it is. */
export function onlyFlaggedOf(data: TimelineData): TimelineData {
  const events = data.events.filter((event) => event.flagged);
  const { hits } = data;
  return {
    ...data,
    events,
    density: [],
    exactIn: EVER,
    total: events.length,
    ...(hits === undefined ? {} : { hits: { on: hits.on, own: [] } }),
  };
}

const EVER: TimeWindow = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };

/** Whether every event of a window is known as it is. */
export function isExact(data: Pick<TimelineData, 'exactIn'>, shown: TimeWindow): boolean {
  const { exactIn } = data;
  return exactIn !== null && exactIn.from <= shown.from && exactIn.to >= shown.to;
}

/** The server cuts blindness to the span: an end that lies there is open. */
function blindSpans({ blind, span }: TimelineView): BlindSpan[] {
  const [first, last] = [microsOf(span.from), microsOf(span.to)];
  return blind.flatMap(({ kind, from, to, reason }) => {
    const [begins, ends] = [microsOf(from), microsOf(to)];
    if (ends <= begins) return [];
    return [{ kind, from: begins <= first ? null : begins, to: ends >= last ? null : ends, reason }];
  });
}

function stretchesOf(view: TimelineView): DensityStretch[] {
  if (view.exact) return [];
  const start = microsOf(view.from);
  const end = microsOf(view.to);
  const length = Math.max(1, view.densitySeconds * 1e6);
  return view.density
    .filter((entry) => entry.count > 0)
    .map(({ key, bin, count }) => ({
      key,
      from: start + bin * length,
      // The window's last microsecond is part of it.
      to: Math.max(start + bin * length + 1, Math.min(end + 1, start + (bin + 1) * length)),
      count,
    }));
}

function outside(stretches: readonly DensityStretch[], window: TimeWindow | null): DensityStretch[] {
  if (window === null) return [...stretches];
  return stretches.filter((stretch) => stretch.to <= window.from || stretch.from >= window.to);
}

/** Takes each event that is drawn as itself out of the stretch it was counted in. The stretches are the caller's own. */
function withoutEvents(
  stretches: DensityStretch[],
  events: readonly TimelineEventView[],
  by: DensityKey,
): DensityStretch[] {
  const keyOf = (event: TimelineEventView) => (by === 'kind' ? event.kind : event.entityId);
  // There may be hundreds of thousands of stretches and a handful of events: only their keys are looked at.
  const byKey = new Map<string | null, DensityStretch[]>();
  for (const event of events) byKey.set(keyOf(event), []);
  byKey.set(null, []);
  for (const stretch of stretches) byKey.get(stretch.key)?.push(stretch);
  for (const list of byKey.values()) list.sort((a, b) => a.from - b.from);
  for (const event of events) {
    const own = byKey.get(keyOf(event)) ?? [];
    // A process that is counted nowhere by itself is among those the lineage does not name.
    const counted = stretchAt(own.length > 0 || by === 'kind' ? own : byKey.get(null), microsOf(event.time));
    if (counted !== undefined && counted.count > 0) counted.count -= 1;
  }
  return stretches.filter((stretch) => stretch.count > 0);
}

/** The stretch a time lies in, of stretches in order that do not overlap; a stretch begins with its first microsecond. */
function stretchAt(
  stretches: readonly DensityStretch[] | undefined,
  time: number,
): DensityStretch | undefined {
  if (stretches === undefined) return undefined;
  let low = 0;
  let high = stretches.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const stretch = stretches[middle];
    if (stretch === undefined) return undefined;
    if (time < stretch.from) high = middle - 1;
    else if (time >= stretch.to) low = middle + 1;
    else return stretch;
  }
  return undefined;
}

function joinEvents(a: readonly TimelineEventView[], b: readonly TimelineEventView[]): TimelineEventView[] {
  const newest = new Map(a.map((event) => [event.eventId, event]));
  for (const event of b) newest.set(event.eventId, event);
  return [...newest.values()];
}

/** Events in order of time; of the same microsecond, in order of their ids. */
export function inOrder(events: readonly TimelineEventView[]): TimelineEventView[] {
  return events
    .map((event) => ({ event, time: microsOf(event.time) }))
    .sort((a, b) => a.time - b.time || (a.event.eventId < b.event.eventId ? -1 : 1))
    .map(({ event }) => event);
}

import type { SigmaHitView } from '@/lib/contracts/sigmaHits';
import type { TimelineEventView } from '@/lib/contracts/timeline';
import { mergeBlind } from './blindLanes';
import { KIND_LANES, kindLaneOf } from './kindLanes';
import { isExact, microsOf, type TimelineData } from './timelineData';
import type { TimeWindow } from './timeScale';

/** A row of the sequence's table. `time` is where it stands in the order. */
export type TimelineRow =
  | {
      type: 'event';
      id: string;
      time: number;
      event: TimelineEventView;
      /** Hits of Sigma on it. */
      hits: readonly SigmaHitView[];
    }
  /** Hits of Sigma whose record is no listed event; `event` stands for it. */
  | {
      type: 'hit';
      id: string;
      time: number;
      event: TimelineEventView;
      hits: readonly SigmaHitView[];
    }
  /** Nothing of these kinds could be recorded from `from` to `to`, which may lie outside of the window; null: open. */
  | {
      type: 'blind';
      id: string;
      time: number;
      from: number | null;
      to: number | null;
      what: string;
      reason: string;
    }
  /** Events known only by their number. */
  | { type: 'count'; id: string; time: number; from: number; to: number; count: number; what: string };

/** A window is told in at most this many stretches per kind where events are known only by number. */
const STRETCHES = 10;

/**
 * The window as rows, in order of time: its events, what could not be seen and why, and how many events there are that
 * it would have to be zoomed into to list. Counts of one lane are summed over a tenth of the window.
 */
export function timelineRows(data: TimelineData, shown: TimeWindow): TimelineRow[] {
  const rows: TimelineRow[] = [];
  const hitsOf = (event: TimelineEventView) => data.hits?.on.get(event.eventId) ?? [];
  for (const event of data.events) {
    const time = microsOf(event.time);
    if (time >= shown.from && time <= shown.to)
      rows.push({ type: 'event', id: event.eventId, time, event, hits: hitsOf(event) });
  }
  for (const event of data.hits?.own ?? []) {
    const time = microsOf(event.time);
    if (time >= shown.from && time <= shown.to)
      rows.push({ type: 'hit', id: event.eventId, time, event, hits: hitsOf(event) });
  }
  for (const span of mergeBlind(data.blind, kindLaneOf)) {
    if ((span.to ?? shown.to) <= shown.from || (span.from ?? shown.from) >= shown.to) continue;
    rows.push({
      type: 'blind',
      id: `blind:${span.laneId}:${span.from}:${span.to}`,
      time: Math.max(span.from ?? shown.from, shown.from),
      from: span.from,
      to: span.to,
      what: KIND_LANES.find((lane) => lane.id === span.laneId)?.label ?? 'Other events',
      reason: span.reason,
    });
  }
  if (!isExact(data, shown)) rows.push(...countRows(data, shown));
  return rows.sort((a, b) => a.time - b.time || (a.id < b.id ? -1 : 1));
}

function countRows(data: TimelineData, shown: TimeWindow): TimelineRow[] {
  const length = Math.max(1, (shown.to - shown.from) / STRETCHES);
  const counted = new Map<string, { what: string; from: number; to: number; count: number }>();
  for (const stretch of data.density) {
    if (stretch.to <= shown.from || stretch.from >= shown.to) continue;
    const from = Math.max(stretch.from, shown.from);
    const lane = data.densityBy === 'kind' ? kindLaneOf(stretch.key) : 'all';
    const id = `count:${lane}:${Math.floor((from - shown.from) / length)}`;
    const row = counted.get(id);
    if (row === undefined) {
      const noun = KIND_LANES.find((candidate) => candidate.id === lane)?.noun;
      const what = noun === undefined ? 'events' : `${noun} events`;
      counted.set(id, { what, from: stretch.from, to: stretch.to, count: stretch.count });
    } else {
      row.count += stretch.count;
      row.from = Math.min(row.from, stretch.from);
      row.to = Math.max(row.to, stretch.to);
    }
  }
  return [...counted].map(([id, row]) => ({
    type: 'count',
    id,
    time: Math.max(row.from, shown.from),
    ...row,
    what: row.count === 1 ? row.what.replace(/events$/, 'event') : row.what,
  }));
}

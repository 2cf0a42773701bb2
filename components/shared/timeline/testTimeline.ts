import type { TimelineEventView, TimelineView } from '@/lib/contracts/timeline';
import type { TimelineStage } from './lane';

/** T0 of the timelines made for tests, in milliseconds. */
const T0 = Date.UTC(2026, 10, 20, 9, 16, 31);

/** ISO time so many seconds after T0. */
export const iso = (second: number) => new Date(T0 + Math.round(second * 1000)).toISOString();
/** The same in microseconds. */
export const at = (second: number) => (T0 + Math.round(second * 1000)) * 1000;

/** An event for tests: a file that `edge` created, unless said otherwise. */
export function event(id: string, second: number, more: Partial<TimelineEventView> = {}): TimelineEventView {
  return {
    eventId: id,
    time: iso(second),
    kind: 'file_create',
    label: id,
    detail: null,
    entityId: 'edge',
    image: null,
    stage: null,
    flagged: false,
    comments: 0,
    ...more,
  };
}

/** A stage for tests; a blind one says that file reads were not recorded. */
export function stage(
  id: string,
  entityIds: string[] = [],
  state: TimelineStage['state'] = 'matched',
): TimelineStage {
  return {
    id,
    title: id,
    state,
    stateReason: state === 'blind' ? 'no file reads recorded' : null,
    entityIds,
  };
}

/** An answer of the server for tests: exact and empty, 40 seconds from T0, unless said otherwise. */
export function answer(more: Partial<TimelineView> = {}): TimelineView {
  const events = more.events ?? [];
  return {
    from: iso(0),
    to: iso(40),
    anchor: iso(0),
    span: { from: iso(0), to: iso(40) },
    events,
    exact: true,
    total: events.length,
    density: [],
    densitySeconds: 0.1,
    bins: [],
    binSeconds: 1,
    blind: [],
    clock: null,
    hostOffsetMinutes: null,
    nextCursor: null,
    ...more,
  };
}

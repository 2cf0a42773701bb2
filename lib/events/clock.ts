import { type DurationMicros, durationMicros, MICROS_PER_MINUTE, type Micros, micros } from '../base/time';
import type { ClockBasis, EndpointEvent, EventKind } from './endpointEvent';
import { productOf, WINDOWS_EVENT_LOG } from './product';
import type { EventDraft } from './record';

/**
 * One clock for all channels of a host.
 *
 * A recording can hold two clocks that are hours apart: Sysmon's own UtcTime, and the event log's time,
 * which some collectors write in local time, or with twelve hours lost, and which is all that Security or
 * PowerShell records have. Sequences across channels hold only on one clock. We take the sensor's UTC time
 * as that clock, measure how far the log's time is from it at each stretch of the log (a multiple of a
 * quarter of an hour, as time zones are, so that a single sample suffices and no sample's jitter shows),
 * and move the records that have no sensor time by it. Both times stay on the event.
 *
 * Sysmon's network and DNS events carry a UtcTime from another source, seen hours and days wrong: it is
 * believed only when it agrees with the log's corrected time.
 */
export type ClockSample = { readonly recorded: Micros; readonly offset: DurationMicros };

/** From `from` (recorded time) until the next segment, add `offset` to recorded time. Sorted by `from`. */
export type ClockSegment = { readonly from: Micros; readonly offset: DurationMicros };

const QUANTUM = 15 * MICROS_PER_MINUTE;

/** How far a network event's own time may be from the log's before it is not believed (ANALYTICS B.3). */
export const REPORTED_TOLERANCE = durationMicros(5 * MICROS_PER_MINUTE);

const UNTRUSTED: ReadonlySet<EventKind> = new Set(['network_connect', 'dns_query']);

type Clocked = Pick<EventDraft, 'kind' | 'recorded' | 'reported'>;

/** The offset one event shows, or undefined if it has no sensor time or one that cannot be trusted. */
export function clockSample(event: Clocked): ClockSample | undefined {
  if (event.reported === undefined || UNTRUSTED.has(event.kind)) return undefined;
  // Adding 0 turns -0 into 0: the two are equal as numbers but not to everyone who compares results.
  const offset = Math.round((event.reported - event.recorded) / QUANTUM) * QUANTUM + 0;
  return { recorded: event.recorded, offset: durationMicros(offset) };
}

/**
 * Joins samples (any order) into segments over recorded time. Between two samples that differ the change
 * is put in the middle: each record takes the offset of the sample nearest to it. Empty in, empty out.
 *
 * A record that was written late looks like a clock set back for a moment. A short run of smaller offsets
 * between two runs that agree is therefore taken for late writing and left out.
 */
export function clockSegments(samples: readonly ClockSample[]): readonly ClockSegment[] {
  const segments: ClockSegment[] = [];
  let previous: Run | undefined;
  for (const run of withoutLateWriting(runsOf(samples))) {
    if (previous === undefined) segments.push({ from: micros(Number.MIN_SAFE_INTEGER), offset: run.offset });
    else if (run.offset !== previous.offset) {
      segments.push({ from: micros(Math.ceil((previous.last + run.first) / 2)), offset: run.offset });
    }
    previous = run;
  }
  return segments;
}

/** Samples of one offset that follow each other in recorded time. */
type Run = { readonly offset: DurationMicros; readonly first: Micros; last: Micros };

function runsOf(samples: readonly ClockSample[]): readonly Run[] {
  const sorted = [...samples].sort((a, b) => a.recorded - b.recorded || a.offset - b.offset);
  const runs: Run[] = [];
  for (const { recorded, offset } of sorted) {
    const run = runs.at(-1);
    if (run?.offset === offset) run.last = recorded;
    else runs.push({ offset, first: recorded, last: recorded });
  }
  return runs;
}

function withoutLateWriting(runs: readonly Run[]): readonly Run[] {
  return runs.filter((run, i) => {
    const before = runs[i - 1];
    const after = runs[i + 1];
    if (before === undefined || after === undefined || before.offset !== after.offset) return true;
    return run.offset > before.offset || run.last - run.first >= QUANTUM;
  });
}

/** The offset of the segment that holds a recorded time; 0 when nothing was measured on this host. */
export function offsetAt(segments: readonly ClockSegment[], recorded: Micros): DurationMicros {
  let low = 0;
  let high = segments.length - 1;
  let found = durationMicros(0);
  while (low <= high) {
    const middle = (low + high) >> 1;
    const segment = segments[middle];
    if (segment === undefined || segment.from > recorded) high = middle - 1;
    else {
      found = segment.offset;
      low = middle + 1;
    }
  }
  return found;
}

/** Chooses the effective time of one event on the clock that the segments describe. */
export function effectiveTime(
  event: Clocked,
  segments: readonly ClockSegment[],
): { readonly time: Micros; readonly clock: ClockBasis } {
  if (event.reported !== undefined && !UNTRUSTED.has(event.kind))
    return { time: event.reported, clock: 'source' };
  const aligned = micros(event.recorded + offsetAt(segments, event.recorded));
  if (event.reported !== undefined && Math.abs(event.reported - aligned) <= REPORTED_TOLERANCE) {
    return { time: event.reported, clock: 'source' };
  }
  return { time: aligned, clock: 'record' };
}

/**
 * Puts events of one host (any order) on one clock; the result keeps the input's order. Only events whose
 * time changes are copied. Linear but for one sort of the samples.
 */
export function alignClocks<Event extends EndpointEvent>(
  events: readonly Event[],
): { readonly events: readonly Event[]; readonly segments: readonly ClockSegment[] } {
  const segments = clockSegments(changesOf(events));
  const aligned = events.map((event) => {
    // Other products keep one clock, their own, which events/productClock.ts compares with this one.
    if (productOf(event.channel) !== WINDOWS_EVENT_LOG) return atOwnTime(event);
    // Nearly every event: the sensor's own time, and already taken. Nothing to work out or to copy.
    if (event.clock === 'source' && event.time === event.reported && !UNTRUSTED.has(event.kind)) return event;
    const { time, clock } = effectiveTime(event, segments);
    return time === event.time && clock === event.clock ? event : { ...event, time, clock };
  });
  return { events: aligned, segments };
}

/** An event of a product with one clock: its sensor's time, whatever an earlier alignment made of it. */
function atOwnTime<Event extends EndpointEvent>(event: Event): Event {
  const time = event.reported ?? event.recorded;
  return time === event.time && event.clock === 'source' ? event : { ...event, time, clock: 'source' };
}

/** The samples of all events; a single one when they all show the same offset, as on most hosts they do. */
function changesOf(events: readonly EndpointEvent[]): readonly ClockSample[] {
  const samples: ClockSample[] = [];
  let same: ClockSample | undefined;
  let differ = false;
  for (const event of events) {
    const sample = productOf(event.channel) === WINDOWS_EVENT_LOG ? clockSample(event) : undefined;
    if (sample === undefined) continue;
    same ??= sample;
    differ ||= sample.offset !== same.offset;
    samples.push(sample);
  }
  return differ || same === undefined ? samples : [same];
}

/**
 * The clock of an import in progress: each host's latest measured offset, applied to the records that
 * follow. A first estimate only; correlation sees all records of a host and settles it with alignClocks.
 */
export function createRunningClock(): {
  readonly timeOf: (draft: EventDraft) => { readonly time: Micros; readonly clock: ClockBasis };
} {
  const latest = new Map<string, readonly ClockSegment[]>();
  return {
    timeOf(draft) {
      // A product's own clock says nothing of the event log's, nor the other way round.
      if (productOf(draft.channel) !== WINDOWS_EVENT_LOG)
        return { time: draft.reported ?? draft.recorded, clock: 'source' };
      const sample = clockSample(draft);
      if (sample !== undefined && latest.get(draft.host)?.[0]?.offset !== sample.offset) {
        latest.set(draft.host, clockSegments([sample]));
      }
      return effectiveTime(draft, latest.get(draft.host) ?? []);
    },
  };
}

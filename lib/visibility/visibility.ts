import { MICROS_PER_DAY, MICROS_PER_HOUR, type Micros, micros } from '../base/time';
import type { EndpointEvent, EventKind, RecordedField } from '../events/endpointEvent';
import { productOf, WINDOWS_EVENT_LOG } from '../events/product';
import { isBoot } from './boot';
import { createLedger, hourOf, type Ledger, type Stream, WATCHED_FIELDS } from './ledger';
import { rhythmSilences } from './rhythm';
import { apart, type BlindInterval, bothBlind, cutTo, type Interruptions, silencesOf } from './silences';
import { type Stretch, stretchesBetween } from './stretches';

/**
 * What could be seen on one host: which kinds of event its sources delivered, when, and with which fields
 * filled. It is what lets a stage be *blind* instead of *absent*.
 */
export type Visibility = {
  /** Whether any event of the kind was delivered. */
  readonly sees: (kind: EventKind) => boolean;
  /** Whether any of the host's sources has records of the kind at all, by what it is; true when that is not known. */
  readonly couldSee: (kind: EventKind) => boolean;
  /** Share (0 to 1) of the kind's events that carry the field; undefined when there are no such events. */
  readonly filled: (kind: EventKind, field: RecordedField) => number | undefined;
  /**
   * Whether records like this one (same channel and code) ever carry the field on this host. When they do
   * not, a missing value is unknown, not empty.
   */
  readonly collects: (event: EndpointEvent, field: RecordedField) => boolean;
  /** Why the kind could not be seen in [from, to], or undefined when it could. */
  readonly blindBecause: (kind: EventKind, from: Micros, to: Micros) => string | undefined;
  /**
   * The stretches of [from, to] in which no channel could show the kind, or none did against the host's own rhythm; in
   * order of time, apart, each with its reason.
   */
  readonly blindIntervals: (kind: EventKind, from: Micros, to: Micros) => readonly BlindInterval[];
  /** Stretches between its events in which the machine was off: whole hours without a word, then it started. In order, apart. */
  readonly off: readonly Stretch[];
  /** Numbers (since 1970) of the UTC days with any event, in order. */
  readonly days: () => readonly number[];
  readonly from: Micros | undefined;
  readonly to: Micros | undefined;
  readonly count: (kind: EventKind) => number;
};

const FIELD_NUMBERS: ReadonlyMap<string, number> = new Map(WATCHED_FIELDS.map((field, i) => [field, i]));

/** Below this share a field counts as not collected (ANALYTICS E.3.4). */
export const FIELD_FLOOR = 0.05;

/** Kinds that no channel of the Windows event log has: Sysmon writes a rename as the creation of the new name. */
const NOT_IN_WINDOWS_LOG: ReadonlySet<EventKind> = new Set<EventKind>(['file_rename']);

/**
 * Reads the ledger out of one host's events; any order, on one clock. One pass, state bounded by the
 * number of channels, codes and hours.
 */
export function buildVisibility(events: readonly EndpointEvent[]): Visibility {
  const ledger = createLedger();
  const notable: EndpointEvent[] = [];
  let from: Micros | undefined;
  let to: Micros | undefined;
  for (const event of events) {
    if (from === undefined || event.time < from) from = event.time;
    if (to === undefined || event.time > to) to = event.time;
    ledger.add(event);
    if (event.kind === 'log_clear' || event.kind === 'sensor_change' || isBoot(event)) notable.push(event);
  }
  const interruptions = interruptionsOf(notable, events, ledger);

  const count = (kind: EventKind): number => {
    let total = 0;
    for (const source of ledger.ofKind(kind)) total += source.count;
    return total;
  };
  const streamsOf = rememberStreams(ledger);
  const rhythmOf = rememberRhythm(ledger);
  const blindIntervals: Visibility['blindIntervals'] = (kind, start, end) => {
    const streams = streamsOf(kind);
    if (streams.length === 0)
      return [{ from: start, to: end, cause: 'never', reason: `no ${kind} events from this host` }];
    let blind: readonly BlindInterval[] | undefined;
    for (const { stream, last } of streams) {
      const silent = silencesOf(stream, last, start, end, interruptions);
      // What one channel could see is seen.
      blind = blind === undefined ? silent : bothBlind(blind, silent, start === end);
      if (blind.length === 0) break;
    }
    const missed = cutTo(rhythmOf(kind), start, end);
    return missed.length === 0 ? (blind ?? []) : apart([...(blind ?? []), ...missed]);
  };
  return {
    sees: (kind) => ledger.ofKind(kind).length > 0,
    couldSee: (kind) =>
      !NOT_IN_WINDOWS_LOG.has(kind) ||
      [...ledger.streams.keys()].some((channel) => productOf(channel) !== WINDOWS_EVENT_LOG),
    count,
    filled(kind, field) {
      const total = count(kind);
      if (total === 0) return undefined;
      const number = FIELD_NUMBERS.get(field);
      if (number === undefined) return 0;
      let filled = 0;
      for (const source of ledger.ofKind(kind)) filled += source.filled[number] ?? 0;
      return filled / total;
    },
    collects(event, field) {
      const number = FIELD_NUMBERS.get(field);
      const source = number === undefined ? undefined : ledger.sourceOf(event);
      if (number === undefined || source === undefined) return true;
      return (source.filled[number] ?? 0) / source.count >= FIELD_FLOOR;
    },
    blindBecause(kind, start, end) {
      const [first] = blindIntervals(kind, start, end);
      return first === undefined ? undefined : inWindow(first, kind, end);
    },
    blindIntervals,
    off: interruptions.off,
    days: () => [
      ...new Set(hoursHeard(ledger).map((hour) => Math.floor((hour * MICROS_PER_HOUR) / MICROS_PER_DAY))),
    ],
    from,
    to,
  };
}

type StreamOfKind = { readonly stream: Stream; readonly last: Micros };

/** The channels that delivered a kind, by name, with when each last did; every stage without a match asks. */
function rememberStreams(ledger: Ledger): (kind: EventKind) => readonly StreamOfKind[] {
  const known = new Map<EventKind, readonly StreamOfKind[]>();
  return (kind) => {
    const remembered = known.get(kind);
    if (remembered !== undefined) return remembered;
    const last = new Map<Stream, Micros>();
    for (const source of ledger.ofKind(kind)) {
      const before = last.get(source.stream);
      if (before === undefined || source.last > before) last.set(source.stream, source.last);
    }
    // Sorted: what is said must not hang on which import came first.
    const found = [...last]
      .map(([stream, time]) => ({ stream, last: time }))
      .sort((a, b) => (a.stream.channel < b.stream.channel ? -1 : 1));
    known.set(kind, found);
    return found;
  };
}

/** When a kind did not come although the host's rhythm would have brought it (rhythm.ts); nothing for most. */
function rememberRhythm(ledger: Ledger): (kind: EventKind) => readonly BlindInterval[] {
  const known = new Map<EventKind, readonly BlindInterval[]>();
  let alive: ReadonlySet<number> | undefined;
  return (kind) => {
    const remembered = known.get(kind);
    if (remembered !== undefined) return remembered;
    alive ??= new Set(hoursHeard(ledger));
    const found = rhythmSilences(ledger.hoursOfKind(kind), alive).map(
      ({ fromHour, toHour, expected }): BlindInterval => ({
        from: micros(fromHour * MICROS_PER_HOUR),
        to: micros(toHour * MICROS_PER_HOUR),
        cause: 'silent',
        reason: rhythmReason(kind, toHour - fromHour, expected),
      }),
    );
    known.set(kind, found);
    return found;
  };
}

function rhythmReason(kind: EventKind, hours: number, expected: number): string {
  const anHour = expected / hours;
  const usual = anHour >= 1 ? `${Math.round(anHour)} an hour` : `${Math.round(expected)} in as long`;
  return `no ${kind} for ${hours} h, where this host usually has ${usual}`;
}

/** The reason as it concerns one window. */
function inWindow({ cause, reason, to }: BlindInterval, kind: EventKind, end: Micros): string {
  if (cause === 'ends') return `${reason}, before the window for ${kind} closes`;
  if (cause !== 'begins') return reason;
  return to >= end ? `${reason}, after the window` : `${reason}, inside the window for ${kind}`;
}

function interruptionsOf(
  notable: readonly EndpointEvent[],
  events: readonly EndpointEvent[],
  ledger: Ledger,
): Interruptions {
  const cleared = notable
    .filter((event) => event.kind === 'log_clear')
    .map((event) => ({ time: event.time, channel: event.message }))
    .sort((a, b) => a.time - b.time);
  const stops = notable.filter((event) => event.kind === 'sensor_change').sort((a, b) => a.time - b.time);
  return {
    cleared,
    stopped: stops.map((stop) => ({
      channel: stop.channel,
      from: stop.time,
      to: nextHeard(stop, events),
      what: stop.message ?? 'the sensor was stopped or changed',
    })),
    off: offStretches(
      notable.filter((event) => event.kind === 'process_start'),
      ledger,
    ),
  };
}

/** When a channel was heard again after it had said that it stops. Stops are few; each costs one pass. */
function nextHeard(stop: EndpointEvent, events: readonly EndpointEvent[]): Micros | undefined {
  let next: Micros | undefined;
  for (const event of events) {
    if (event.channel === stop.channel && event.time > stop.time && (next === undefined || event.time < next))
      next = event.time;
  }
  return next;
}

/** The silences of the whole machine that end with its starting up. */
function offStretches(boots: readonly EndpointEvent[], ledger: Ledger): readonly Stretch[] {
  if (boots.length === 0) return [];
  const bootHours = new Set(boots.map((boot) => hourOf(boot.time)));
  return stretchesBetween(hoursHeard(ledger)).filter(({ to }) => bootHours.has(hourOf(to)));
}

/** Numbers of the UTC hours in which any channel delivered anything, in order. */
function hoursHeard(ledger: Ledger): readonly number[] {
  return [...new Set([...ledger.streams.values()].flatMap((stream) => [...stream.hours]))].sort(
    (a, b) => a - b,
  );
}

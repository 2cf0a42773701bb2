import { formatMicros, MICROS_PER_HOUR, type Micros, micros } from '../base/time';
import type { EndpointEvent, EventKind, RecordedField } from '../events/endpointEvent';

/**
 * What could be seen on one host: which kinds of event its sources delivered, when, and with which fields
 * filled. It is what lets a stage be *blind* instead of *absent*.
 */
export type Visibility = {
  /** Whether any event of the kind was delivered. */
  readonly sees: (kind: EventKind) => boolean;
  /** Share (0 to 1) of the kind's events that carry the field; undefined when there are no such events. */
  readonly filled: (kind: EventKind, field: RecordedField) => number | undefined;
  /**
   * Whether records like this one (same channel and code) ever carry the field on this host. When they do
   * not, a missing value is unknown, not empty.
   */
  readonly collects: (event: EndpointEvent, field: RecordedField) => boolean;
  /** Why the kind could not be seen in [from, to], or undefined when it could. */
  readonly blindBecause: (kind: EventKind, from: Micros, to: Micros) => string | undefined;
  readonly from: Micros | undefined;
  readonly to: Micros | undefined;
  readonly count: (kind: EventKind) => number;
};

/** Fields whose absence decides whether a predicate can be judged at all (ANALYTICS E.1 `need`). */
const WATCHED_FIELDS: readonly RecordedField[] = [
  'process.command_line',
  'process.pe.original_file_name',
  'process.parent.entity_id',
  'process.parent.pid',
  'process.parent.executable',
  'process.parent.command_line',
  'process.entity_id',
  'process.pid',
  'process.executable',
  'process.integrity_level',
  'process.working_directory',
  'process.hash.sha256',
  'user.name',
  'file.path',
  'file.zone_identifier',
  'destination.ip',
  'destination.domain',
  'network.direction',
  'dns.question.name',
  'winlog.logon.id',
];

const FIELD_NUMBERS: ReadonlyMap<string, number> = new Map(WATCHED_FIELDS.map((field, i) => [field, i]));

/** Below this share a field counts as not collected (ANALYTICS E.3.4). */
export const FIELD_FLOOR = 0.05;

/** The records of one kind with one code in one channel; `filled` counts by a field's number. */
type Source = { readonly stream: Stream; count: number; readonly filled: Uint32Array };

/** One channel, of whatever kinds: while it delivers anything, it would have delivered the rest. */
type Stream = { first: Micros; last: Micros; readonly hours: Set<number> };

/**
 * Reads the ledger out of one host's events; any order, on one clock. One pass, state bounded by the
 * number of channels, codes and hours.
 */
export function buildVisibility(events: readonly EndpointEvent[]): Visibility {
  const ledger = createLedger();
  const cleared: Micros[] = [];
  let from: Micros | undefined;
  let to: Micros | undefined;
  for (const event of events) {
    if (from === undefined || event.time < from) from = event.time;
    if (to === undefined || event.time > to) to = event.time;
    ledger.add(event);
    if (event.kind === 'log_clear') cleared.push(event.time);
  }

  const count = (kind: EventKind): number => {
    let total = 0;
    for (const source of ledger.ofKind(kind)) total += source.count;
    return total;
  };
  return {
    sees: (kind) => ledger.ofKind(kind).length > 0,
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
      let reason: string | undefined = `no ${kind} events from this host`;
      for (const { stream } of ledger.ofKind(kind)) {
        reason = silence(stream, kind, start, end, cleared);
        // One channel that could see is enough.
        if (reason === undefined) return undefined;
      }
      return reason;
    },
    from,
    to,
  };
}

/**
 * Why one channel could not show events in [start, end]; undefined when it was delivering before, past and in
 * every hour of it (ANALYTICS E.3.1).
 */
function silence(
  stream: Stream,
  kind: EventKind,
  start: Micros,
  end: Micros,
  cleared: readonly Micros[],
): string | undefined {
  if (stream.last < end)
    return `telemetry ends at ${clock(stream.last)}, before the window for ${kind} closes`;
  if (stream.first > end) return `telemetry begins at ${clock(stream.first)}, after the window`;
  if (stream.first > start) {
    const clearing = cleared.find((time) => time > start && time <= stream.first);
    if (clearing !== undefined) return `the log was cleared at ${clock(clearing)}`;
    return `telemetry begins at ${clock(stream.first)}, inside the window for ${kind}`;
  }
  for (let hour = hourOf(start); hour <= hourOf(end); hour++) {
    if (stream.hours.has(hour)) continue;
    let next = hour + 1;
    while (next <= hourOf(end) && !stream.hours.has(next)) next++;
    return `no telemetry at all between ${hourText(hour)} and ${hourText(next)}`;
  }
  return undefined;
}

/** Counts events into sources. Runs for every event of a host, so a source is found without building a key. */
function createLedger(): {
  readonly add: (event: EndpointEvent) => void;
  readonly ofKind: (kind: EventKind) => readonly Source[];
  readonly sourceOf: (event: EndpointEvent) => Source | undefined;
} {
  const byKind = new Map<EventKind, Source[]>();
  const byPlace = new Map<string, Map<string, Map<EventKind, Source>>>();
  const streams = new Map<string, Stream>();
  const newSource = (event: EndpointEvent): Source => {
    const { kind, channel, code, time } = event;
    const stream = entry(streams, channel, () => ({ first: time, last: time, hours: new Set<number>() }));
    const source = { stream, count: 0, filled: new Uint32Array(WATCHED_FIELDS.length) };
    entry(byKind, kind, () => []).push(source);
    const codes = entry(byPlace, channel, () => new Map<string, Map<EventKind, Source>>());
    entry(codes, code, () => new Map<EventKind, Source>()).set(kind, source);
    return source;
  };
  const sourceOf = (event: EndpointEvent): Source | undefined =>
    byPlace.get(event.channel)?.get(event.code)?.get(event.kind);
  return {
    add(event) {
      const source = sourceOf(event) ?? newSource(event);
      const { stream, filled } = source;
      source.count++;
      for (let i = 0; i < WATCHED_FIELDS.length; i++) {
        if (event[WATCHED_FIELDS[i] as RecordedField] !== undefined) filled[i] = (filled[i] ?? 0) + 1;
      }
      if (event.time < stream.first) stream.first = event.time;
      if (event.time > stream.last) stream.last = event.time;
      stream.hours.add(hourOf(event.time));
    },
    ofKind: (kind) => byKind.get(kind) ?? [],
    sourceOf,
  };
}

function entry<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

function hourOf(time: number): number {
  return Math.floor(time / MICROS_PER_HOUR);
}

function clock(time: Micros): string {
  return `${formatMicros(time).slice(11, 19)}Z`;
}

function hourText(hour: number): string {
  return `${formatMicros(micros(hour * MICROS_PER_HOUR)).slice(11, 16)}Z`;
}

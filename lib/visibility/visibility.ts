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

/** Below this share a field counts as not collected (ANALYTICS E.3.4). */
export const FIELD_FLOOR = 0.05;

type Source = { count: number; readonly filled: Map<RecordedField, number> };
type Stream = { first: Micros; last: Micros; readonly hours: Set<number> };

/**
 * Reads the ledger out of one host's events; any order, on one clock. One pass, state bounded by the
 * number of channels, codes and hours.
 */
export function buildVisibility(events: readonly EndpointEvent[]): Visibility {
  const kinds = new Map<EventKind, Map<string, Source>>();
  const streams = new Map<string, Stream>();
  const cleared: Micros[] = [];
  let from: Micros | undefined;
  let to: Micros | undefined;
  for (const event of events) {
    if (from === undefined || event.time < from) from = event.time;
    if (to === undefined || event.time > to) to = event.time;
    countSource(kinds, event);
    extendStream(streams, event);
    if (event.kind === 'log_clear') cleared.push(event.time);
  }

  const sourceOf = (event: EndpointEvent): Source | undefined => kinds.get(event.kind)?.get(sourceKey(event));
  const count = (kind: EventKind): number => {
    let total = 0;
    for (const source of kinds.get(kind)?.values() ?? []) total += source.count;
    return total;
  };
  return {
    sees: (kind) => kinds.has(kind),
    count,
    filled(kind, field) {
      const total = count(kind);
      if (total === 0) return undefined;
      let filled = 0;
      for (const source of kinds.get(kind)?.values() ?? []) filled += source.filled.get(field) ?? 0;
      return filled / total;
    },
    collects(event, field) {
      const source = sourceOf(event);
      if (source === undefined || !WATCHED_FIELDS.includes(field)) return true;
      return (source.filled.get(field) ?? 0) / source.count >= FIELD_FLOOR;
    },
    blindBecause(kind, start, end) {
      const sources = kinds.get(kind);
      if (sources === undefined) return `no ${kind} events from this host`;
      const feeding = [...sources.keys()]
        .map((key) => streams.get(channelOf(key)))
        .filter((stream) => stream !== undefined);
      return (
        feeding
          .map((stream) => silence(stream, kind, start, end, cleared))
          .reduce(keepSeeing, NOTHING_TRIED) ?? undefined
      );
    },
    from,
    to,
  };
}

const NOTHING_TRIED = 'no source of this kind';

/** One source that could see is enough; otherwise the last reason stands. */
function keepSeeing(previous: string | undefined, current: string | undefined): string | undefined {
  return previous === undefined || current === undefined ? undefined : current;
}

/** Why one channel could not show events in [start, end]; undefined when it was delivering around and past it. */
function silence(
  stream: Stream,
  kind: EventKind,
  start: Micros,
  end: Micros,
  cleared: readonly Micros[],
): string | undefined {
  if (stream.last < end)
    return `telemetry ends at ${formatMicros(stream.last).slice(11, 19)}Z, before the window for ${kind} closes`;
  if (stream.first > end)
    return `telemetry begins at ${formatMicros(stream.first).slice(11, 19)}Z, after the window`;
  const clearing = cleared.find((time) => time > start && time < end);
  if (clearing !== undefined && stream.first > start)
    return `the log was cleared at ${formatMicros(clearing).slice(11, 19)}Z`;
  for (let hour = hourOf(start); hour <= hourOf(end); hour++) {
    if (stream.hours.has(hour)) return undefined;
  }
  return `no telemetry at all between ${formatMicros(start).slice(11, 16)}Z and ${formatMicros(micros(end)).slice(11, 16)}Z`;
}

function countSource(kinds: Map<EventKind, Map<string, Source>>, event: EndpointEvent): void {
  let sources = kinds.get(event.kind);
  if (sources === undefined) {
    sources = new Map();
    kinds.set(event.kind, sources);
  }
  const key = sourceKey(event);
  let source = sources.get(key);
  if (source === undefined) {
    source = { count: 0, filled: new Map() };
    sources.set(key, source);
  }
  source.count++;
  for (const field of WATCHED_FIELDS) {
    if (event[field] !== undefined) source.filled.set(field, (source.filled.get(field) ?? 0) + 1);
  }
}

function extendStream(streams: Map<string, Stream>, event: EndpointEvent): void {
  const stream = streams.get(event.channel);
  if (stream === undefined) {
    streams.set(event.channel, { first: event.time, last: event.time, hours: new Set([hourOf(event.time)]) });
    return;
  }
  if (event.time < stream.first) stream.first = event.time;
  if (event.time > stream.last) stream.last = event.time;
  stream.hours.add(hourOf(event.time));
}

function sourceKey(event: EndpointEvent): string {
  return `${event.code}\n${event.channel}`;
}

function channelOf(key: string): string {
  return key.slice(key.indexOf('\n') + 1);
}

function hourOf(time: number): number {
  return Math.floor(time / MICROS_PER_HOUR);
}

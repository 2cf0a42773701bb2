import { MICROS_PER_HOUR, type Micros } from '../base/time';
import type { EndpointEvent, EventKind, RecordedField } from '../events/endpointEvent';
import type { KindHours } from './rhythm';

/** Fields whose absence decides whether a predicate can be judged at all (ANALYTICS E.1 `need`). */
export const WATCHED_FIELDS: readonly RecordedField[] = [
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
  'file.origin_url',
  'file.origin_referrer_url',
  'destination.ip',
  'destination.domain',
  'network.direction',
  'dns.question.name',
  'winlog.logon.id',
];

/** The records of one kind with one code in one channel; `filled` counts by a field's number. */
export type Source = {
  readonly stream: Stream;
  count: number;
  last: Micros;
  readonly filled: Uint32Array;
  /** Events of the kind by UTC hour, of all its sources together. */
  readonly hours: Map<number, number>;
};

/** One channel, of whatever kinds: while it delivers anything, it would have delivered the rest. */
export type Stream = {
  readonly channel: string;
  first: Micros;
  last: Micros;
  /** UTC hours in which it delivered anything. */
  readonly hours: Set<number>;
};

export type Ledger = {
  readonly add: (event: EndpointEvent) => void;
  readonly ofKind: (kind: EventKind) => readonly Source[];
  readonly sourceOf: (event: EndpointEvent) => Source | undefined;
  /** Events of a kind by UTC hour, whichever source they are of. */
  readonly hoursOfKind: (kind: EventKind) => KindHours;
  readonly streams: ReadonlyMap<string, Stream>;
};

/** Counts events into sources. Runs for every event of a host, so a source is found without building a key. */
export function createLedger(): Ledger {
  const byKind = new Map<EventKind, Source[]>();
  const byPlace = new Map<string, Map<string, Map<EventKind, Source>>>();
  const streams = new Map<string, Stream>();
  const hoursByKind = new Map<EventKind, Map<number, number>>();
  const newSource = (event: EndpointEvent): Source => {
    const { kind, channel, code, time } = event;
    const stream = entry(streams, channel, () => ({
      channel,
      first: time,
      last: time,
      hours: new Set<number>(),
    }));
    const source: Source = {
      stream,
      count: 0,
      last: time,
      filled: new Uint32Array(WATCHED_FIELDS.length),
      hours: entry(hoursByKind, kind, () => new Map<number, number>()),
    };
    entry(byKind, kind, () => []).push(source);
    const codes = entry(byPlace, channel, () => new Map<string, Map<EventKind, Source>>());
    entry(codes, code, () => new Map<EventKind, Source>()).set(kind, source);
    return source;
  };
  const sourceOf = (event: EndpointEvent): Source | undefined =>
    byPlace.get(event.channel)?.get(event.code)?.get(event.kind);
  return {
    streams,
    add(event) {
      const source = sourceOf(event) ?? newSource(event);
      const { stream, filled } = source;
      source.count++;
      for (let i = 0; i < WATCHED_FIELDS.length; i++) {
        if (event[WATCHED_FIELDS[i] as RecordedField] !== undefined) filled[i] = (filled[i] ?? 0) + 1;
      }
      if (event.time > source.last) source.last = event.time;
      if (event.time < stream.first) stream.first = event.time;
      if (event.time > stream.last) stream.last = event.time;
      const hour = hourOf(event.time);
      stream.hours.add(hour);
      source.hours.set(hour, (source.hours.get(hour) ?? 0) + 1);
    },
    ofKind: (kind) => byKind.get(kind) ?? [],
    sourceOf,
    hoursOfKind: (kind) => hoursByKind.get(kind) ?? NO_HOURS,
  };
}

const NO_HOURS: KindHours = new Map();

/** Number of the UTC hour a time lies in. */
export function hourOf(time: number): number {
  return Math.floor(time / MICROS_PER_HOUR);
}

function entry<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

import type { Micros } from '../base/time';
import type { RecordCounts } from '../contracts/imports';
import { clockSample } from '../events/clock';
import type { EventId, EventKind } from '../events/endpointEvent';
import type { HostDevice } from '../events/hostGroups';
import { productOf, WINDOWS_EVENT_LOG } from '../events/product';
import type { EventDraft, PlacedEvent } from '../events/record';

/** Earliest and latest of some times; undefined while there are none. */
export type Span = { from: Micros; to: Micros };

/** When a host's events of one file happened, in the two ways a time can be known until clocks are settled. */
export type HostSpan = { source?: Span; record?: Span };

/** One file of the command line as it is read. */
export type FileReading = {
  readonly file: string;
  sha256: string;
  readonly formats: Set<string>;
  readonly records: { -readonly [Count in keyof RecordCounts]: number };
  readonly spans: Map<string, HostSpan>;
  readonly problems: string[];
};

/** Everything read so far over all files. */
export type Recording = {
  readonly ids: Set<EventId>;
  /** Events that correlation reads, by host name as recorded. */
  readonly events: Map<string, PlacedEvent[]>;
  readonly kinds: ReadonlySet<EventKind>;
  /** Which device ids were seen with which names. */
  readonly devices: Map<string, HostDevice>;
};

/** An empty reading of a file. */
export function startReading(file: string): FileReading {
  return {
    file,
    sha256: '',
    formats: new Set(),
    records: { read: 0, events: 0, ignored: 0, duplicates: 0, quarantined: 0 },
    spans: new Map(),
    problems: [],
  };
}

/** Takes a record's word that a device id and a name are one machine. */
export function takeDevice(recording: Recording, device: string, name: string): void {
  recording.devices.set(`${device}\n${name}`, { device, name });
}

/** Takes one event: a known id is a duplicate; kinds that correlation does not read are counted only. */
export function takeEvent(recording: Recording, reading: FileReading, event: PlacedEvent): void {
  widen(reading, event);
  if (recording.ids.has(event.id)) {
    reading.records.duplicates++;
    return;
  }
  recording.ids.add(event.id);
  const device = event['host.id'];
  if (device !== undefined) takeDevice(recording, device, event.host);
  reading.records.events++;
  if (!recording.kinds.has(event.kind)) return;
  const known = recording.events.get(event.host);
  if (known === undefined) recording.events.set(event.host, [event]);
  else known.push(event);
}

/** Times of the sensor stand; the log's own are kept as written until the host's clock is known. */
function widen(reading: FileReading, event: EventDraft): void {
  let span = reading.spans.get(event.host);
  if (span === undefined) {
    span = {};
    reading.spans.set(event.host, span);
  }
  const own = productOf(event.channel) !== WINDOWS_EVENT_LOG || clockSample(event) !== undefined;
  const trusted = own ? event.reported : undefined;
  if (trusted !== undefined) span.source = around(span.source, trusted);
  else span.record = around(span.record, event.recorded);
}

function around(span: Span | undefined, time: Micros): Span {
  if (span === undefined) return { from: time, to: time };
  if (time < span.from) span.from = time;
  if (time > span.to) span.to = time;
  return span;
}

import type { Catalogue } from '../analytics/catalogue';
import type { Digest } from '../base/digest';
import { correlateHost } from '../correlate/correlate';
import { kindsNeeded } from '../correlate/kindsNeeded';
import type { EndpointEvent, EntityId, EventId } from '../events/endpointEvent';
import { groupHosts, type HostDevice } from '../events/hostGroups';
import { createIdentifier } from '../events/identify';
import type { NormalisedRecord, PlacedEvent } from '../events/record';
import type { Finding } from '../findings/finding';
import { FORMATS } from '../formats';
import { detectFormat } from '../formats/detectFormat';
import { SAMPLE_BYTES } from '../formats/exportFormat';
import { createNormaliser } from '../formats/recognise';
import { createRecordDecoder } from '../formats/recordDecoder';

/** What came out of one recording. */
export type Replay = {
  /** Of all its hosts; suppressed ones too. */
  readonly findings: readonly Finding[];
  readonly events: ReadonlyMap<EventId, EndpointEvent>;
  /** Processes of events that do not name theirs, as correlation attributed them. */
  readonly processes: ReadonlyMap<EventId, EntityId>;
  /** Why records were refused, each reason once; empty when every record was understood. */
  readonly refusals: readonly string[];
};

/** A recording's events by canonical host name: what correlation takes. */
export type HostEvents = ReadonlyMap<string, readonly PlacedEvent[]>;

/** The events of a recording, and why records of it were refused. */
export type ReadRecording = { readonly hosts: HostEvents; readonly refusals: readonly string[] };

/** Reads whole files that are already in memory as imports would: bytes → records → events → hosts; each id once. */
export function readRecording(files: readonly Uint8Array[], digest: Digest): ReadRecording {
  const events = new Map<EventId, PlacedEvent>();
  const devices: HostDevice[] = [];
  const refusals = new Set<string>();
  for (const bytes of files) {
    const identify = createIdentifier(digest);
    for (const outcome of outcomesOf(bytes)) {
      if (outcome.outcome === 'quarantined') refusals.add(outcome.reason);
      else if (outcome.outcome === 'ignored') {
        const { device } = outcome;
        if (device !== undefined) devices.push({ device: device.id, name: device.name });
      } else {
        const event = identify(outcome.event);
        events.set(event.id, event);
        if (event['host.id'] !== undefined) devices.push({ device: event['host.id'], name: event.host });
      }
    }
  }
  return { hosts: byHost([...events.values()], devices), refusals: [...refusals] };
}

function* outcomesOf(bytes: Uint8Array): Generator<NormalisedRecord, void, undefined> {
  const { format } = detectFormat(bytes.subarray(0, SAMPLE_BYTES), bytes.length <= SAMPLE_BYTES);
  const normalise = createNormaliser(format, FORMATS);
  const decoder = createRecordDecoder();
  for (const record of [...decoder.push(bytes), ...decoder.end().records]) {
    if (record.value === undefined) yield { outcome: 'quarantined', reason: record.refused };
    else yield* normalise(record.value);
  }
}

/** Events by the canonical name of their host. */
function byHost(events: readonly PlacedEvent[], devices: readonly HostDevice[]): HostEvents {
  const groups = groupHosts(
    events.map((event) => event.host),
    devices,
  );
  const hosts = new Map<string, PlacedEvent[]>();
  for (const event of events) {
    const host = groups.get(event.host)?.canonical ?? event.host;
    const known = hosts.get(host);
    if (known === undefined) hosts.set(host, [event]);
    else known.push(event);
  }
  return hosts;
}

/** Correlates every host of a recording. */
export function replay(recording: ReadRecording, catalogue: Catalogue, digest: Digest): Replay {
  const kinds = new Set(kindsNeeded(catalogue));
  const findings: Finding[] = [];
  const events = new Map<EventId, EndpointEvent>();
  const processes = new Map<EventId, EntityId>();
  for (const [host, all] of recording.hosts) {
    const needed = all.filter((event) => kinds.has(event.kind));
    const correlation = correlateHost({ host, events: needed, catalogue, digest });
    findings.push(...correlation.findings);
    for (const event of needed) events.set(event.id, event);
    for (const { id, entityId } of correlation.corrections)
      if (entityId !== undefined) processes.set(id, entityId);
  }
  return { findings, events, processes, refusals: recording.refusals };
}

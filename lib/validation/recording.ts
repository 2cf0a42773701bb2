import { AppError } from '../base/appError';
import type { Digest } from '../base/digest';
import type { EventId, EventKind } from '../events/endpointEvent';
import { groupHosts, type HostDevice } from '../events/hostGroups';
import { createIdentifier } from '../events/identify';
import type { NormalisedRecord, PlacedEvent, RecordPlace } from '../events/record';
import { sourceOf } from '../visibility/sources';

/** A recording's events by canonical host name: what correlation takes. */
export type HostEvents = ReadonlyMap<string, readonly PlacedEvent[]>;

/** The events of a recording, and why records of it were refused. */
export type ReadRecording = { readonly hosts: HostEvents; readonly refusals: readonly string[] };

/** A recording as it was read from records, with what its records were. */
export type CollectedRecording = ReadRecording & {
  /** Sources of telemetry its events came from, sorted. */
  readonly sources: readonly string[];
  readonly records: number;
  /** Records of `records` that were refused. */
  readonly refused: number;
};

/** Takes the records of a recording one by one. */
export type RecordingCollector = {
  /** What follows comes from another file: places and numbers of its log begin anew. */
  readonly nextFile: () => void;
  /** Takes what became of one record. Throws AppError bad_input when the recording holds more than memory should. */
  readonly take: (outcome: NormalisedRecord, place?: RecordPlace) => void;
  readonly recording: () => CollectedRecording;
};

/** Reasons kept; each may quote what the record said. */
const REFUSALS = 20;
/** A recording is held in memory as a whole, and so is a host that is imported: a few gigabytes at most. */
const EVENTS_MAX = 2_000_000;

/**
 * Brings the records of one recording together as an import would: identities, duplicates, hosts under their canonical
 * names. Events of kinds that are not among `kinds` are read and not kept; all are kept without it.
 */
export function createRecordingCollector(digest: Digest, kinds?: ReadonlySet<EventKind>): RecordingCollector {
  const events = new Map<EventId, PlacedEvent>();
  const names = new Set<string>();
  const devices = new Map<string, HostDevice>();
  const refusals = new Set<string>();
  const channels = new Set<string>();
  const sources = new Set<string>();
  const counts = { records: 0, refused: 0 };
  let identify = createIdentifier(digest);
  const know = (device: string, name: string) => devices.set(`${device}\n${name}`, { device, name });
  const keep = (event: PlacedEvent): void => {
    names.add(event.host);
    if (event['host.id'] !== undefined) know(event['host.id'], event.host);
    if (!channels.has(event.channel)) {
      channels.add(event.channel);
      sources.add(sourceOf(event.channel));
    }
    if (kinds?.has(event.kind) === false) return;
    events.set(event.id, event);
    if (events.size > EVENTS_MAX)
      throw new AppError(
        'bad_input',
        `It holds more than ${EVENTS_MAX.toLocaleString('en')} events: cut it down to the hours around what it is labelled for.`,
      );
  };
  return {
    nextFile: () => {
      identify = createIdentifier(digest);
    },
    take: (outcome, place) => {
      counts.records++;
      if (outcome.outcome === 'event') keep(identify(outcome.event, place));
      else if (outcome.outcome === 'quarantined') {
        counts.refused++;
        if (refusals.size < REFUSALS) refusals.add(outcome.reason);
      } else if (outcome.device !== undefined) know(outcome.device.id, outcome.device.name);
    },
    recording: () => ({
      hosts: byHost([...events.values()], [...names], [...devices.values()]),
      refusals: [...refusals],
      sources: [...sources].sort(),
      ...counts,
    }),
  };
}

/** Events by the canonical name of their host; hosts in order of name. */
function byHost(
  events: readonly PlacedEvent[],
  names: readonly string[],
  devices: readonly HostDevice[],
): HostEvents {
  const groups = groupHosts(names, devices);
  const canonical = (name: string): string => groups.get(name)?.canonical ?? name;
  const hosts = new Map<string, PlacedEvent[]>();
  for (const host of [...new Set(names.map(canonical))].sort()) hosts.set(host, []);
  for (const event of events) hosts.get(canonical(event.host))?.push(event);
  return hosts;
}

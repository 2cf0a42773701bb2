import type { Catalogue } from '../analytics/catalogue';
import type { Digest } from '../base/digest';
import { correlateHost } from '../correlate/correlate';
import { kindsNeeded } from '../correlate/kindsNeeded';
import type { HostCoverage } from '../coverage/coverage';
import type { EndpointEvent, EntityId, EventId } from '../events/endpointEvent';
import type { NormalisedRecord } from '../events/record';
import type { Finding } from '../findings/finding';
import { FORMATS } from '../formats';
import { detectFormat } from '../formats/detectFormat';
import { SAMPLE_BYTES } from '../formats/exportFormat';
import { createNormaliser } from '../formats/recognise';
import { createRecordDecoder } from '../formats/recordDecoder';
import { type CollectedRecording, createRecordingCollector, type ReadRecording } from './recording';

export type { HostEvents, ReadRecording } from './recording';

/** What came out of one recording. */
export type Replay = {
  /** Of all its hosts; suppressed ones too. */
  readonly findings: readonly Finding[];
  readonly events: ReadonlyMap<EventId, EndpointEvent>;
  /** Processes of events that do not name theirs, as correlation attributed them. */
  readonly processes: ReadonlyMap<EventId, EntityId>;
  /** What each stage could see on each host. */
  readonly coverage: readonly HostCoverage[];
  /** Why records were refused, each reason once; empty when every record was understood. */
  readonly refusals: readonly string[];
};

/** Reads whole files that are already in memory as imports would: bytes → records → events → hosts; each id once. */
export function readRecording(files: readonly Uint8Array[], digest: Digest): CollectedRecording {
  const collector = createRecordingCollector(digest);
  for (const bytes of files) {
    collector.nextFile();
    for (const outcome of outcomesOf(bytes)) collector.take(outcome);
  }
  return collector.recording();
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

/** Correlates every host of a recording. */
export function replay(recording: ReadRecording, catalogue: Catalogue, digest: Digest): Replay {
  const kinds = new Set(kindsNeeded(catalogue));
  const findings: Finding[] = [];
  const events = new Map<EventId, EndpointEvent>();
  const processes = new Map<EventId, EntityId>();
  const coverage: HostCoverage[] = [];
  for (const [host, all] of recording.hosts) {
    const needed = all.filter((event) => kinds.has(event.kind));
    const correlation = correlateHost({ host, events: needed, catalogue, digest });
    findings.push(...correlation.findings);
    coverage.push(...correlation.coverage);
    for (const event of needed) events.set(event.id, event);
    for (const { id, entityId } of correlation.corrections)
      if (entityId !== undefined) processes.set(id, entityId);
  }
  return { findings, events, processes, coverage, refusals: recording.refusals };
}

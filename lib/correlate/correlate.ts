import type { Digest } from '../base/digest';
import type { Micros } from '../base/time';
import type { ClockBasis, EntityId, EventId, EventKind } from '../events/endpointEvent';
import type { ClockSegment } from '../events/clock';
import type { PlacedEvent } from '../events/record';
import type { Finding, StageVisibility } from '../findings/finding';
import type { ProcessNode } from '../lineage/lineage';
import type { Catalogue } from '../analytics/catalogue';

/** Everything of one host that correlation decides from; all of a host at once, in any order. */
export type HostRecording = {
  /** The host's canonical name. */
  readonly host: string;
  readonly events: readonly PlacedEvent[];
  /** The definitions in force; read them with loadCatalogue (workflows, cli) through parseCatalogue. */
  readonly catalogue: Catalogue;
  readonly digest: Digest;
};

/** What only the whole of a host's records could tell about one event; to be written back to it. */
export type EventCorrection = {
  readonly id: EventId;
  readonly time?: Micros;
  readonly clock?: ClockBasis;
  readonly entityId?: EntityId;
};

/** Coverage of one stage on the host; `stage` is `ANALYTIC/stage`. */
export type HostCoverage = StageVisibility & { readonly host: string };

export type HostCorrelation = {
  readonly findings: readonly Finding[];
  readonly coverage: readonly HostCoverage[];
  readonly processes: readonly ProcessNode[];
  readonly corrections: readonly EventCorrection[];
  readonly clock: readonly ClockSegment[];
};

/** The kinds of event correlation needs to see; others need not be loaded. Always includes process starts and ends. */
export function kindsNeeded(_catalogue: Catalogue): readonly EventKind[] {
  throw new Error('not built yet');
}

/**
 * The whole pure pipeline for one host: clock → lineage → visibility → chains → findings. Deterministic:
 * any order of the same events gives the same result.
 */
export function correlateHost(_recording: HostRecording): HostCorrelation {
  throw new Error('not built yet');
}

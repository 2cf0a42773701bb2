import type { Catalogue } from '../analytics/catalogue';
import {
  type EnvironmentHistory,
  type HistoryLookups,
  listenTo,
  NO_HISTORY,
} from '../analytics/history/history';
import { withHistory } from '../analytics/history/withHistory';
import { NO_DESTINATION } from '../analytics/host/destination';
import type { HostIndex } from '../analytics/host/hostIndex';
import { indexHost } from '../analytics/host/indexHost';
import { indexSigma, type SigmaFacts } from '../analytics/host/sigmaFacts';
import { matchChains } from '../analytics/matching/matchChains';
import type { HostFacts } from '../analytics/subject';
import type { Digest } from '../base/digest';
import type { Micros } from '../base/time';
import { coverageOf, type HostCoverage } from '../coverage/coverage';
import { alignClocks, type ClockSegment } from '../events/clock';
import type { ClockBasis, EntityId, EventId } from '../events/endpointEvent';
import { compareEvents } from '../events/order';
import { measureProductClocks, moveToReference, type ProductClock } from '../events/productClock';
import type { PlacedEvent } from '../events/record';
import type { Finding } from '../findings/finding';
import { toFinding } from '../findings/toFinding';
import { buildLineage } from '../lineage/buildLineage';
import type { Lineage, ProcessNode } from '../lineage/lineage';
import { type HostSigma, NO_SIGMA } from '../sigma/hit';
import { buildVisibility, type Visibility } from '../visibility/visibility';
import { explainAlerts, type HostAlert } from './alerts';
import { blindTimes, type KindBlindTime } from './blindTimes';
import { type HostHistory, historyOf } from './historyOf';
import { relevantEvents } from './relevantEvents';
import { settleAgainstStarts } from './settleTimes';

/** Everything of one host that correlation decides from; all of a host at once, in any order. */
export type HostRecording = {
  /** The host's canonical name. */
  readonly host: string;
  /** Events of the kinds that `kindsNeeded` names; more do no harm. Each id once. */
  readonly events: readonly PlacedEvent[];
  /** The definitions in force. */
  readonly catalogue: Catalogue;
  readonly digest: Digest;
  /** Products whose clock a person wants left as reported on this host; none by default. */
  readonly asReported?: ReadonlySet<string>;
  /** What this environment has seen before; nothing by default. */
  readonly history?: EnvironmentHistory;
  /** Hits of the community's rules on it, and which rules are switched on; none by default. */
  readonly sigma?: HostSigma;
};

/** What only the whole of a host's records could tell about one event; to be written back to it. */
export type EventCorrection = {
  readonly id: EventId;
  readonly time?: Micros;
  readonly clock?: ClockBasis;
  readonly entityId?: EntityId;
};

export type HostCorrelation = {
  /** Complete before partial, then by score, highest first; ties by time and id. */
  readonly findings: readonly Finding[];
  readonly coverage: readonly HostCoverage[];
  /** When it could not have recorded each kind that is watched; in order of kind and time. */
  readonly blind: readonly KindBlindTime[];
  readonly processes: readonly ProcessNode[];
  readonly corrections: readonly EventCorrection[];
  readonly clock: readonly ClockSegment[];
  /** How far each product's clock is from the reference's, measured from starts that both recorded. */
  readonly productClocks: readonly ProductClock[];
  /** Every vendor alert, with the finding that explains it. */
  readonly alerts: readonly HostAlert[];
  /** What this host adds to the environment's history; depends on its events alone. */
  readonly history: HostHistory;
  /** What was asked of the environment's history, and for which times: the result depends on nothing else of it. */
  readonly lookups: HistoryLookups;
};

/**
 * The whole pure pipeline for one host: clock → lineage → visibility → chains → findings. Deterministic:
 * any order of the same events gives the same result. Linear in the events, but for sorting them.
 */
export function correlateHost(recording: HostRecording): HostCorrelation {
  return judgeHost(prepareHost(recording), recording.history ?? NO_HISTORY);
}

/** One host's events on one clock, with their lineage and visibility: all that does not hang on the environment. */
export type PreparedHost = Pick<
  HostCorrelation,
  'blind' | 'processes' | 'corrections' | 'clock' | 'productClocks' | 'history'
> &
  Pick<HostRecording, 'host' | 'catalogue' | 'digest'> & { readonly index: HostIndex };

/** The first half of correlateHost: what can be said before anything is asked of the environment's history. */
export function prepareHost(recording: Omit<HostRecording, 'history'>): PreparedHost {
  const { host, catalogue, digest, sigma = NO_SIGMA } = recording;
  const aligned = alignClocks(recording.events);
  const productClocks = measureProductClocks(aligned.events, recording.asReported);
  const settled = settleAgainstStarts(moveToReference(aligned.events, productClocks), aligned.segments);
  const visibility = buildVisibility(settled);
  const events = [
    ...relevantEvents(settled, catalogue, factsWithoutLineage(visibility, indexSigma(sigma))),
  ].sort(compareEvents);
  const lineage = buildLineage(events);
  const index = indexHost(
    events,
    lineage,
    visibility,
    catalogue.lists,
    NO_HISTORY,
    indexSigma(sigma, { events, lineage }),
  );
  return {
    host,
    catalogue,
    digest,
    index,
    blind: blindTimes(visibility, catalogue),
    processes: [...lineage.processes.values()],
    corrections: correctionsOf(recording.events, settled, lineage),
    clock: aligned.segments,
    productClocks,
    history: historyOf(index, digest),
  };
}

/**
 * The second half: chains and findings, judged by what the environment has seen. May be called again with more
 * history for the same host.
 */
export function judgeHost(prepared: PreparedHost, history: EnvironmentHistory): HostCorrelation {
  const { host, catalogue, digest, blind, processes, corrections, clock, productClocks } = prepared;
  const heard = listenTo(history, digest);
  const index = withHistory(prepared.index, heard.history);
  const findings = catalogue.analytics.flatMap((analytic) =>
    matchChains(analytic, index).flatMap((chain) => {
      const finding = toFinding(chain, host, digest, catalogue);
      return finding === undefined ? [] : [finding];
    }),
  );
  findings.sort(
    (a, b) =>
      Number(b.status === 'complete') - Number(a.status === 'complete') ||
      b.score - a.score ||
      a.from - b.from ||
      (a.id < b.id ? -1 : 1),
  );
  return {
    findings,
    coverage: coverageOf(host, catalogue.analytics, index),
    blind,
    processes,
    corrections,
    clock,
    productClocks,
    alerts: explainAlerts(index.events, findings, index.lineage),
    history: prepared.history,
    lookups: heard.lookups,
  };
}

/** What a predicate may ask before processes are known: tests on them are unknown. */
function factsWithoutLineage(visibility: Visibility, sigma: SigmaFacts): HostFacts {
  const lineage: Lineage = {
    processes: new Map(),
    children: new Map(),
    handovers: new Map(),
    processOf: () => undefined,
  };
  return {
    lineage,
    visibility,
    destination: () => NO_DESTINATION,
    history: NO_HISTORY,
    sigma,
  };
}

/**
 * Where the settled time, or the process an event belongs to, differs from what is stored with the event.
 * Both lists hold the same events in the same order.
 */
function correctionsOf(
  before: readonly PlacedEvent[],
  after: readonly PlacedEvent[],
  lineage: Lineage,
): readonly EventCorrection[] {
  const corrections: EventCorrection[] = [];
  for (let i = 0; i < after.length; i++) {
    const [old, event] = [before[i], after[i]];
    if (old === undefined || event === undefined) continue;
    const moved = old !== event && (old.time !== event.time || old.clock !== event.clock);
    const process = lineage.processOf(event);
    const attributed = process !== undefined && process !== event['process.entity_id'];
    if (!moved && !attributed) continue;
    corrections.push({
      id: event.id,
      ...(moved ? { time: event.time, clock: event.clock } : {}),
      ...(attributed ? { entityId: process } : {}),
    });
  }
  return corrections;
}

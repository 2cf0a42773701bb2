import type { Catalogue } from '../analytics/catalogue';
import {
  createHistory,
  type HistoryClass,
  type HistoryFacts,
  type HistoryKey,
  type HostSpan,
} from '../analytics/history/history';
import type { Digest } from '../base/digest';
import { type Micros, micros } from '../base/time';
import type { MachineHistory, MachineSigma, PackHosts } from '../contracts/evidence';
import { judgeHost, prepareHost } from '../correlate/correlate';
import { createIdentifier } from '../events/identify';
import type { EventDraft, PlacedEvent } from '../events/record';
import type { Finding } from '../findings/finding';
import type { HostHit, HostSigma } from '../sigma/hit';

/** A record's event and the machine it happened on. */
export type MachineEvent = { readonly machine: string; readonly draft: EventDraft };

/**
 * The findings that come out of events alone, by machine: what the server did, over again. The order of the events
 * changes nothing; one that is given twice counts once.
 */
export function recomputeFindings(
  events: readonly MachineEvent[],
  basis: {
    readonly hosts: PackHosts;
    readonly catalogue: Catalogue;
    readonly history: (machine: string) => HistoryFacts;
    readonly sigma: (machine: string) => HostSigma;
    readonly digest: Digest;
  },
): ReadonlyMap<string, readonly Finding[]> {
  const { hosts, catalogue, history, sigma, digest } = basis;
  const identify = createIdentifier(digest);
  const byMachine = new Map<string, Map<string, PlacedEvent>>();
  for (const { machine, draft } of events) {
    const event = identify(draft);
    const known = byMachine.get(machine) ?? new Map<string, PlacedEvent>();
    byMachine.set(machine, known.set(event.id, event));
  }
  return new Map(
    hosts.map(({ host, asReported }) => {
      const prepared = prepareHost({
        host,
        events: [...(byMachine.get(host)?.values() ?? [])],
        catalogue,
        digest,
        asReported: new Set(asReported),
        sigma: sigma(host),
      });
      return [host, judgeHost(prepared, createHistory(history(host))).findings] as const;
    }),
  );
}

/** A machine's history as a pack holds it. */
export function packedHistory({ spans, matureFrom }: HistoryFacts): MachineHistory {
  return {
    spans: [...spans].map(([key, seen]) => [key, seen.map(({ first, last }) => ({ first, last }))]),
    matureFrom: [...matureFrom],
  };
}

/** A machine's history out of a pack. */
export function unpackedHistory({ spans, matureFrom }: MachineHistory): HistoryFacts {
  return {
    spans: new Map(
      spans.map(([key, seen]) => [
        key as HistoryKey,
        seen.map(({ first, last }): HostSpan => ({ first: micros(first), last: micros(last) })),
      ]),
    ),
    matureFrom: new Map<HistoryClass, Micros>(
      matureFrom.map(([keyClass, from]) => [keyClass as HistoryClass, micros(from)]),
    ),
  };
}

/** What Sigma's rules hit on a machine, as a pack holds it. */
export function packedSigma({ enabled, undecidable, hits }: HostSigma): MachineSigma {
  return {
    enabled: [...enabled].sort(),
    undecidable: [...(undecidable ?? [])],
    hits: hits.map((hit) => ({ ...hit })),
  };
}

/** What Sigma's rules hit on a machine, out of a pack. */
export function unpackedSigma({ enabled, undecidable, hits }: MachineSigma): HostSigma {
  return {
    enabled: new Set(enabled),
    undecidable: new Map(undecidable),
    hits: hits.map(
      ({ ruleId, title, level, eventId, time, entityId, noEvent }): HostHit => ({
        ...{ ruleId, title, level, eventId, time },
        ...(entityId === undefined ? {} : { entityId }),
        ...(noEvent === undefined ? {} : { noEvent }),
      }),
    ),
  };
}

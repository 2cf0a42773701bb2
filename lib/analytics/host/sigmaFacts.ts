import type { EndpointEvent, EntityId } from '../../events/endpointEvent';
import type { Lineage } from '../../lineage/lineage';
import { type HostHit, type HostSigma, NO_SIGMA } from '../../sigma/hit';

/** Sigma's hits on one host, found by what they are on. */
export type SigmaFacts = {
  /** Ids of rules that are switched on and can be decided here, lower case: a test on another is unknown. */
  readonly enabled: ReadonlySet<string>;
  /** Rules that are switched on and blind here, by id in lower case, with why. */
  readonly undecidable: ReadonlyMap<string, string>;
  readonly hasHits: boolean;
  /** Hits on an event; in order of rule. */
  readonly onEvent: (id: string) => readonly HostHit[];
  /** Hits on what a process did or was, those on records that became no event too; in order of time. */
  readonly ofProcess: (process: EntityId) => readonly HostHit[];
};

/** Where nothing of Sigma is known. */
export const NO_SIGMA_FACTS: SigmaFacts = indexSigma(NO_SIGMA);

/**
 * Indexes a host's hits. `known` are the host's events on their settled clock, with the lineage: of a hit on one of
 * them the event's own time and process count, not what was read first. A hit that is given twice counts once.
 */
export function indexSigma(
  sigma: HostSigma,
  known?: { readonly events: readonly EndpointEvent[]; readonly lineage: Lineage },
): SigmaFacts {
  const undecidable = new Map(
    [...(sigma.undecidable ?? [])].map(([id, why]) => [id.toLowerCase(), why] as const),
  );
  const enabled = decidable(inLowerCase(sigma.enabled), undecidable);
  const byEvent = new Map<string, HostHit[]>();
  const seen = new Set<string>();
  for (const hit of sigma.hits) {
    const ruleId = hit.ruleId.toLowerCase();
    const key = `${hit.eventId} ${ruleId}`;
    if (seen.has(key)) continue;
    seen.add(key);
    push(byEvent, hit.eventId, { ...hit, ruleId });
  }
  if (known !== undefined && byEvent.size > 0) settle(byEvent, known);
  const byProcess = new Map<string, HostHit[]>();
  for (const hits of byEvent.values()) {
    hits.sort((a, b) => compare(a.ruleId, b.ruleId));
    for (const hit of hits) if (hit.entityId !== undefined) push(byProcess, hit.entityId, hit);
  }
  for (const hits of byProcess.values())
    hits.sort((a, b) => a.time - b.time || compare(a.eventId, b.eventId) || compare(a.ruleId, b.ruleId));
  return {
    enabled,
    undecidable,
    hasHits: byEvent.size > 0,
    onEvent: (id) => byEvent.get(id) ?? NONE,
    ofProcess: (process) => byProcess.get(process) ?? NONE,
  };
}

const NONE: readonly HostHit[] = [];

/** The set itself where nothing changes: what is remembered of it serves all hosts. */
function inLowerCase(ids: ReadonlySet<string>): ReadonlySet<string> {
  for (const id of ids) if (id !== id.toLowerCase()) return new Set([...ids].map((one) => one.toLowerCase()));
  return ids;
}

/** Puts in the time and the process that correlation gave the events. */
function settle(
  byEvent: ReadonlyMap<string, HostHit[]>,
  { events, lineage }: { readonly events: readonly EndpointEvent[]; readonly lineage: Lineage },
): void {
  for (const event of events) {
    const hits = byEvent.get(event.id);
    if (hits === undefined) continue;
    const entityId = lineage.processOf(event);
    for (const [at, { entityId: _before, ...hit }] of hits.entries())
      hits[at] = { ...hit, time: event.time, ...(entityId === undefined ? {} : { entityId }) };
  }
}

function decidable(ids: ReadonlySet<string>, undecidable: ReadonlyMap<string, string>): ReadonlySet<string> {
  return undecidable.size === 0 ? ids : new Set([...ids].filter((id) => !undecidable.has(id)));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function push(map: Map<string, HostHit[]>, key: string, hit: HostHit): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [hit]);
  else list.push(hit);
}

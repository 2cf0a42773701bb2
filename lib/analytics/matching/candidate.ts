import { MICROS_PER_SECOND, type Micros } from '../../base/time';
import type { EndpointEvent, EntityId, EventId, EventKind } from '../../events/endpointEvent';
import type { ProcessNode } from '../../lineage/lineage';
import type { Hop } from '../chain';
import type { HostIndex } from '../host/hostIndex';
import type { Strength } from '../strength';

/** What stands in a relation: one event, or many at once that stand in it alike. */
export type Candidate = Single | Run;

/** An event (or a process without a start record) that stands in the relation, with the hops that show it. */
export type Single = {
  readonly event: EndpointEvent | undefined;
  readonly evidence: EndpointEvent;
  readonly process: EntityId | undefined;
  readonly strength: Strength;
  readonly hops: readonly Hop[];
  /** File events on the way, where the join goes through files that no stage holds. */
  readonly via?: readonly EndpointEvent[];
};

/**
 * Events that stand in the relation in the same way: all that one process did, all that was done to one file.
 * Those of the wanted kinds between `from` and `to` are meant; a hundred thousand cost no more than one.
 */
export type Run = {
  /** In time order. The same array whenever it is asked for again, so that what is in it need be judged only once. */
  readonly run: readonly EndpointEvent[];
  readonly from: Micros;
  readonly to: Micros;
  /** Absent: each event's own. */
  readonly process?: EntityId;
  /** Whose events do not count. */
  readonly except?: EntityId | undefined;
  /** The event that is asked about, where it is in the run itself. */
  readonly exceptEvent?: EventId | undefined;
  readonly strength: Strength;
  readonly hops: readonly Hop[];
  /** File events on the way, where the join goes through files that no stage holds. */
  readonly via?: readonly EndpointEvent[];
};

/** The window in which candidates are wanted, and of which kinds. */
export type Wanted = {
  readonly from: Micros;
  readonly to: Micros;
  readonly on: ReadonlySet<EventKind>;
  /** Told in a sentence when a bound left something unlooked at. */
  readonly cut?: (what: string) => void;
};

/** Disorder tolerated within one lineage, and between lineages (ANALYTICS B.3). */
export const LINEAGE_TOLERANCE = 2 * MICROS_PER_SECOND;
export const JOIN_TOLERANCE = 10 * MICROS_PER_SECOND;

/** What a process did, but for its start. */
export function* actsOf(
  process: EntityId,
  wanted: Wanted,
  index: HostIndex,
  strength: Strength,
  hops: readonly Hop[],
): Generator<Candidate> {
  const run = index.actsOf(process);
  if (run.length > 0) yield { run, from: wanted.from, to: wanted.to, process, strength, hops };
}

export function fits(event: EndpointEvent, wanted: Wanted): boolean {
  return wanted.on.has(event.kind) && event.time >= wanted.from && event.time <= wanted.to;
}

export function linkHop(child: ProcessNode, parent: ProcessNode | undefined): Hop {
  const strength: Strength = child.link.strength === 'root' ? 'broken' : child.link.strength;
  const reason = child.link.reason === undefined ? '' : `: ${child.link.reason}`;
  return { text: `${nameOf(child)} was started by ${nameOf(parent)}${reason}`, strength };
}

export function nameOf(node: ProcessNode | undefined): string {
  return node?.image === undefined
    ? 'an unrecorded process'
    : (node.image.split(/[\\/]/).pop() ?? node.image);
}

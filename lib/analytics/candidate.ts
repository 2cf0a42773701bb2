import { MICROS_PER_SECOND, type Micros } from '../base/time';
import type { EndpointEvent, EntityId, EventKind } from '../events/endpointEvent';
import type { ProcessNode } from '../lineage/lineage';
import type { Hop } from './chain';
import { firstAtOrAfter, type HostIndex } from './hostIndex';
import type { Strength } from './strength';

/** An event (or a process without a start record) that stands in the relation, with the hops that show it. */
export type Candidate = {
  readonly event: EndpointEvent | undefined;
  readonly evidence: EndpointEvent;
  readonly process: EntityId | undefined;
  readonly strength: Strength;
  readonly hops: readonly Hop[];
  /** File events on the way, where the join goes through files that no stage holds. */
  readonly via?: readonly EndpointEvent[];
};

/** The window in which candidates are wanted, and of which kinds. */
export type Wanted = { readonly from: Micros; readonly to: Micros; readonly on: ReadonlySet<EventKind> };

/** Disorder tolerated within one lineage, and between lineages (ANALYTICS B.3). */
export const LINEAGE_TOLERANCE = 2 * MICROS_PER_SECOND;
export const JOIN_TOLERANCE = 10 * MICROS_PER_SECOND;

export function* actsOf(
  process: EntityId,
  wanted: Wanted,
  index: HostIndex,
  strength: Strength,
  hops: readonly Hop[],
): Generator<Candidate> {
  const acts = index.actsOf(process);
  for (let i = firstAtOrAfter(acts, wanted.from); i < acts.length; i++) {
    const event = acts[i];
    if (event === undefined || event.time > wanted.to) break;
    if (wanted.on.has(event.kind)) yield { event, evidence: event, process, strength, hops };
  }
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

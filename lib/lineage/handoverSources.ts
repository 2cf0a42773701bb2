import type { EndpointEvent, EntityId } from '../events/endpointEvent';
import type { Handover, ProcessNode } from './lineage';

/** What handovers are found from: one host's events in order, and its processes with their parents. */
export type HandoverSources = {
  readonly events: readonly EndpointEvent[];
  readonly processes: ReadonlyMap<EntityId, ProcessNode>;
  readonly processOf: (event: EndpointEvent) => EntityId | undefined;
  /** The process an event acts upon (`Target.process.*`). */
  readonly targetOf: (event: EndpointEvent) => EntityId | undefined;
  /** Called for each request that is weighed; a test counts them. */
  readonly onWeighed?: () => void;
};

/** A handover with what decides between several for one start. */
export type Claim = {
  readonly handover: Handover;
  /** A record of the request names the very command, or the request itself is the record. */
  readonly exact: boolean;
  /** Between request and start, microseconds. */
  readonly distance: number;
};

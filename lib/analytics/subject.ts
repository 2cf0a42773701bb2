import type { EndpointEvent } from '../events/endpointEvent';
import type { Lineage, ProcessNode } from '../lineage/lineage';
import type { Visibility } from '../visibility/visibility';
import type { EnvironmentHistory } from './history/history';
import type { DestinationFacts } from './host/destination';
import type { SigmaFacts } from './host/sigmaFacts';

/** What of the host a predicate may look at beside the event itself. */
export type HostFacts = {
  readonly lineage: Lineage;
  readonly visibility: Visibility;
  /** What makes a destination unusual; see destination.ts. */
  readonly destination: (event: EndpointEvent) => DestinationFacts;
  /** What this environment has seen before; see history.ts. */
  readonly history: EnvironmentHistory;
  /** What Sigma's rules hit on it; see sigmaFacts.ts. */
  readonly sigma: SigmaFacts;
};

/**
 * What a predicate is judged on: an event with the process it belongs to, or a process alone when its
 * start was not recorded.
 */
export type Subject = {
  readonly event: EndpointEvent | undefined;
  readonly process: ProcessNode | undefined;
  readonly host: HostFacts;
};

/** The subject of an event on its host. */
export function subjectOf(event: EndpointEvent, host: HostFacts): Subject {
  const id = host.lineage.processOf(event);
  return { event, process: id === undefined ? undefined : host.lineage.processes.get(id), host };
}

import type { DurationMicros, Micros } from '../base/time';
import type { EndpointEvent, EntityId } from '../events/endpointEvent';
import type { Analytic, Stage } from './analytic';
import type { FileEvent, HostIndex } from './host/hostIndex';
import type { Strength } from './strength';

export type StageState = 'matched' | 'absent' | 'blind';

export type Hop = { readonly text: string; readonly strength: Strength };

/** The relation by which an event was joined to one of an earlier stage. */
export type HeldRelation = {
  readonly kind: string;
  readonly to: string;
  readonly strength: Strength;
  readonly hops: readonly Hop[];
  /** File events on the way that no stage holds. */
  readonly via: readonly EndpointEvent[];
};

/** One event, or one process whose start was not recorded, that satisfies a stage. */
export type Match = {
  /** Undefined for a process known only from others' records. */
  readonly event: EndpointEvent | undefined;
  /** The record to show: the event itself, or the one that names the process. */
  readonly evidence: EndpointEvent;
  readonly process: EntityId | undefined;
  readonly time: Micros;
  readonly relation: HeldRelation | undefined;
  /** The match of the earlier stage it is joined to. */
  readonly joined: Match | undefined;
  readonly alternative: string | undefined;
  readonly windowLimit: DurationMicros | undefined;
  /** The file the match is about when its event is none of the file's own: a start that names it. */
  readonly file: FileEvent | undefined;
  /** True when the stage itself was not seen: its predicate hangs on a field not recorded, or this is a trace. */
  readonly unjudged: boolean;
};

export type ChainStage = {
  readonly stage: Stage;
  readonly state: StageState;
  /** Why blind, or what was looked for in vain. */
  readonly reason: string | undefined;
  /** Best join first, then in time order; at most MATCHES_KEPT. */
  readonly matches: readonly Match[];
  readonly total: number;
  /** What a bound left unlooked at or uncounted, in sentences; absent when nothing was. */
  readonly cut?: readonly string[];
};

/** The events that satisfy an analytic's stages on one lineage, with the state of every stage. */
export type Chain = {
  readonly analytic: Analytic;
  readonly index: HostIndex;
  readonly anchor: Match;
  /** In order of resolution. */
  readonly stages: readonly ChainStage[];
  readonly complete: boolean;
  /** Whether a join of that strength to an event is void, because another chain explains the event better. */
  readonly isExplainedElsewhere: (strength: Strength, event: EndpointEvent | undefined) => boolean;
};

/** The state of one stage of a chain; the stage must be one of its analytic. */
export function stageOf(chain: Pick<Chain, 'stages'>, id: string): ChainStage | undefined {
  return chain.stages.find((stage) => stage.stage.id === id);
}

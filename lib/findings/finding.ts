import type { Hop, StageState } from '../analytics/chain';
import type { PredicateExplanation } from '../analytics/predicate';
import type { Severity } from '../analytics/severity';
import type { Strength } from '../analytics/strength';
import type { Micros } from '../base/time';
import type { EntityId, EventId, EventKind } from '../events/endpointEvent';
import type { RecordPlace } from '../events/record';

export type { Severity };
export type FindingStatus = 'complete' | 'partial';

/** The relation that joined a stage to an earlier one, hop by hop. */
export type RelationHeld = {
  readonly kind: string;
  /** Id of the stage joined to. */
  readonly to?: string;
  readonly strength: Strength;
  readonly text: string;
  readonly hops: readonly Hop[];
};

/** A predicate as it was judged on the stage's event. */
export type Explanation = PredicateExplanation;

/** An event as a finding quotes it. */
export type StageEvent = {
  readonly eventId: EventId;
  readonly time: Micros;
  readonly kind: EventKind;
  readonly entityId?: EntityId;
  readonly pid?: number;
  readonly user?: string;
  readonly image?: string;
  readonly commandLine?: string;
  readonly path?: string;
  /** `host:port`, with the name where one is known. */
  readonly destination?: string;
  readonly query?: string;
  readonly place?: RecordPlace;
};

export type FindingStage = {
  readonly id: string;
  readonly title: string;
  readonly required: boolean;
  readonly group?: string;
  readonly state: StageState;
  readonly stateReason?: string;
  /** The one that tells the story, then others in time order; some of `eventsTotal`. */
  readonly events: readonly StageEvent[];
  readonly eventsTotal: number;
  readonly relation?: RelationHeld;
  readonly windowLimit?: number;
  /** Microseconds between this stage and the one its window is measured from. */
  readonly windowUsed?: number;
  readonly why?: Explanation;
};

/** What raised or lowered the score. */
export type Reason = {
  readonly id: string;
  readonly effect: 'raises' | 'lowers' | 'suppresses';
  readonly points: number;
  readonly text: string;
  readonly stage?: string;
  readonly eventId?: EventId;
};

/** Whether a stage's telemetry can be seen on this host. */
export type StageVisibility = {
  readonly stage: string;
  readonly state: 'visible' | 'partial' | 'blind';
  readonly why: string;
  /** The setting that would make it visible. */
  readonly fix?: string;
};

/** A chain worth a person's time. Plain data: stored, sent and compared as it is. */
export type Finding = {
  /** Fingerprint of analytic, host, anchor process and root event: the same data gives the same id. */
  readonly id: string;
  readonly analytic: string;
  readonly analyticTitle: string;
  readonly analyticVersion: string;
  readonly status: FindingStatus;
  readonly severity: Severity;
  /** 0 to 100, after caps. */
  readonly score: number;
  readonly host: string;
  readonly user?: string;
  readonly headline: string;
  readonly trail: string;
  readonly story: readonly { readonly text: string; readonly stage?: string; readonly eventId?: EventId }[];
  readonly anchor: {
    readonly entityId?: EntityId;
    readonly pid?: number;
    readonly image?: string;
    readonly commandLine?: string;
    readonly startedAt?: Micros;
  };
  readonly stages: readonly FindingStage[];
  readonly reasons: readonly Reason[];
  readonly caps: readonly { readonly limit: number; readonly text: string }[];
  readonly weakestLink: { readonly strength: Strength; readonly text: string };
  readonly counterfactuals: readonly { readonly text: string }[];
  readonly telemetry: readonly StageVisibility[];
  readonly suppressed: boolean;
  /** Baselines that lowered or suppressed it, by id. */
  readonly baselines: readonly number[];
  /** Keys of the environment's history its score looked up, sorted. */
  readonly historyKeys: readonly string[];
  readonly from: Micros;
  readonly to: Micros;
  readonly techniques: readonly string[];
  readonly runbook: readonly string[];
  readonly knownGaps: readonly string[];
  readonly references: readonly { readonly title: string; readonly url?: string }[];
  /** Processes on the cause→effect path, root first; what the first view of the graph opens. */
  readonly path: readonly EntityId[];
  /** Things made or reached on the path, each between the process that made it and the one that used it. */
  readonly artefacts: readonly PathArtefact[];
  /** Joins on the path that are not parentage. */
  readonly joins: readonly {
    readonly from: EntityId;
    readonly to: EntityId;
    readonly strength: Strength;
    readonly text: string;
  }[];
};

export type PathArtefact = {
  readonly type: 'file' | 'stream' | 'destination' | 'dns' | 'registry';
  readonly label: string;
  readonly detail?: string;
  readonly time: Micros;
  readonly from: EntityId;
  readonly to?: EntityId;
  readonly strength: Strength;
  readonly stage?: string;
  readonly eventId: EventId;
};

import type { Hop, StageState } from '../analytics/chain';
import type { PredicateExplanation } from '../analytics/predicate/predicate';
import type { Severity } from '../analytics/severity';
import type { Strength } from '../analytics/strength';
import type { DurationMicros, Micros } from '../base/time';
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
  /** Names of the files the join goes through that no stage holds, in order; absent when there are none. */
  readonly via?: readonly string[];
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
  /** What a bound left unlooked at or uncounted, in sentences; absent when nothing was. */
  readonly cut?: readonly string[];
  readonly relation?: RelationHeld;
  readonly windowLimit?: number;
  /** Microseconds between this stage and the one its window is measured from. */
  readonly windowUsed?: number;
  readonly why?: Explanation;
};

/**
 * One line of the score. The points of those counted, less those that lower, are the score before caps;
 * baselines come after the caps.
 */
export type Reason = {
  readonly id: string;
  readonly effect: 'raises' | 'lowers' | 'suppresses';
  /** What it adds or takes; what it is worth where it does not count. Never negative. */
  readonly points: number;
  readonly text: string;
  /** Reasons it counts together with; absent for suppressors and baselines. */
  readonly group?: { readonly id: string; readonly take: 'highest' | 'sum'; readonly cap?: number };
  /** False for one that holds beside a higher one of its group, or above its group's cap. */
  readonly counted: boolean;
  /** Its points by definition, where the group's cap cut them. */
  readonly worth?: number;
  readonly stage?: string;
  readonly eventId?: EventId;
  /** The condition as it was judged: which values held. */
  readonly why?: Explanation;
  /** Id of the baseline it stands for. */
  readonly baseline?: number;
  /** What the points do not know: "no history to judge by". */
  readonly note?: string;
};

/** A reason that would raise the score and could not be judged. */
export type UnjudgedReason = {
  readonly id: string;
  readonly points: number;
  readonly text: string;
  /** "process.pe.original_file_name is not recorded", "no history to judge by". */
  readonly because: string;
};

/**
 * What would change the result, computed by judging the chain again.
 * `dispensable`, `needed`: the chain without one of its stages. `one_value`: a single test it rests on.
 * `near_miss`: something that failed by one value, by its time or by its join. `undecidable`: what could not
 * be seen, and what it would make of the finding. `missing`: what did not happen.
 */
export type Counterfactual = {
  readonly kind: 'dispensable' | 'needed' | 'one_value' | 'undecidable' | 'missing' | 'near_miss';
  readonly stage?: string;
  readonly text: string;
  readonly field?: string;
  /** As recorded, cut to what fits a line. */
  readonly actual?: string;
  readonly wanted?: string;
  readonly eventId?: EventId;
  /** What the finding would be; `gone`: not kept. */
  readonly change?: 'complete' | 'partial' | 'gone';
  readonly severity?: Severity;
  readonly score?: number;
};

/** One end of a join: a stage, and what it holds by name. */
export type LinkEnd = { readonly stage: string; readonly title: string; readonly name: string };

/** The join the finding hangs on that is least sure; without ends when every one is exact. */
export type WeakestLink = {
  readonly strength: Strength;
  readonly text: string;
  readonly from?: LinkEnd;
  readonly to?: LinkEnd;
};

/** Whether a stage's telemetry can be seen on this host. */
export type StageVisibility = {
  readonly stage: string;
  readonly state: 'visible' | 'partial' | 'blind';
  readonly why: string;
  /** The setting that would make it visible. */
  readonly fix?: string;
};

/** A step of the runbook, its question filled in with what this chain holds. */
export type FindingStep = {
  readonly text: string;
  readonly question?: {
    /** In the query language of docs/QUERY.md; the finding's host and processes are added by whoever asks. */
    readonly query: string;
    /** Only this host, or only the processes that began with the finding and what they started; absent: everywhere. */
    readonly within?: 'host' | 'lineage';
    /** How long before and after the finding; absent: at any time. */
    readonly around?: DurationMicros;
    /** Kinds without which finding nothing says nothing. */
    readonly needs: readonly EventKind[];
    /** What the question leaves out of what the chain holds, in sentences; absent when nothing. */
    readonly bounds?: readonly string[];
  };
  /** Why the question it has cannot be asked of this chain: what it would need was not recorded. */
  readonly unasked?: string;
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
    /** When the anchor's own event happened: what came of it came then or later. Findings of earlier versions lack it. */
    readonly time?: Micros;
  };
  readonly stages: readonly FindingStage[];
  readonly reasons: readonly Reason[];
  readonly caps: readonly { readonly limit: number; readonly text: string }[];
  /** After caps, before baselines lowered it. */
  readonly scoreBeforeBaselines: number;
  readonly unjudged: readonly UnjudgedReason[];
  readonly weakestLink: WeakestLink;
  readonly counterfactuals: readonly Counterfactual[];
  readonly telemetry: readonly StageVisibility[];
  readonly suppressed: boolean;
  /** Baselines that lowered or suppressed it, by id. */
  readonly baselines: readonly number[];
  /** Keys of the environment's history its score looked up, sorted. */
  readonly historyKeys: readonly string[];
  readonly from: Micros;
  readonly to: Micros;
  readonly techniques: readonly string[];
  readonly runbook: readonly FindingStep[];
  /** Image path, as written, of the process the path begins with; absent when none is known. */
  readonly root?: string;
  /** Names and addresses its matched stages reached, lower case, without port, sorted; at most a bound. */
  readonly destinations: readonly string[];
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

import type { DurationMicros } from '../base/time';
import type { EventKind, RecordedField } from '../events/endpointEvent';
import type { Predicate } from './predicate/predicate';

/**
 * A detection as data: stages, how each relates to an earlier one, what raises and lowers the score. Read
 * from YAML by parseAnalytic.ts; nothing in here is code, and no code knows an analytic by its id.
 */
export type Analytic = {
  readonly id: string;
  readonly title: string;
  readonly version: string;
  readonly description: string;
  readonly techniques: readonly string[];
  /** In order of resolution: the anchor first, then stages that relate to those before them. */
  readonly stages: readonly Stage[];
  readonly groups: ReadonlyMap<string, StageGroup>;
  /** A partial chain is a finding only if one of these holds… */
  readonly keepPartialWhen: readonly When[];
  /** …and its score is at least this. */
  readonly keepPartialFrom: number;
  /** Values that people set per environment, as in force and as shipped. */
  readonly parameters: readonly Parameter[];
  readonly score: readonly ScoreGroup[];
  /** What holds the score down beside the rules for partial and weakly joined chains. */
  readonly caps: readonly ScoreCap[];
  readonly suppressors: readonly Suppressor[];
  readonly headlines: readonly Telling[];
  readonly runbook: readonly RunbookStep[];
  readonly knownGaps: readonly string[];
  /** What is known to look like this and be harmless. */
  readonly falsePositives: readonly string[];
  readonly references: readonly { readonly title: string; readonly url?: string }[];
};

/** What to do, in words; with a question where the events themselves may know the answer. */
export type RunbookStep = {
  readonly text: string;
  /** A search in the query language, with `{host}` and `{stage.field}` places that a chain fills. */
  readonly ask?: string;
  /** Only the finding's host, or only its lineage; absent: everywhere. */
  readonly within?: 'host' | 'lineage';
  /** How long before and after the finding; absent: at any time. */
  readonly around?: DurationMicros;
  /** Kinds without which finding nothing says nothing. */
  readonly needs: readonly EventKind[];
};

export type ParameterValue = string | number | readonly string[];

/** A named value of the definition, with the name ATT&CK gives it among the analytic's mutable elements. */
export type Parameter = {
  readonly name: string;
  readonly kind: 'duration' | 'number' | 'list' | 'text';
  readonly value: ParameterValue;
  readonly shipped: ParameterValue;
  readonly about: string;
};

export type StageGroup = { readonly id: string; readonly title: string; readonly min: number };

export type Stage = {
  readonly id: string;
  readonly title: string;
  readonly anchor: boolean;
  readonly required: boolean;
  /** Stages of a group are alternatives: `min` of them complete the chain. */
  readonly group?: string;
  readonly alternatives: readonly Alternative[];
  readonly telemetry: StageTelemetry;
  /** A sentence for the story, told when the stage matched. */
  readonly tell?: string;
  /** For anchors: more than `max` in `within` by one process are one happening, not many chains. */
  readonly burst?: { readonly max: number; readonly within: DurationMicros };
  /** Position in the story and on the strip, which is not that of resolution. */
  readonly position: number;
};

/** One way to satisfy a stage; any of a stage's alternatives will do. */
export type Alternative = {
  readonly name?: string;
  readonly on: ReadonlySet<EventKind>;
  readonly where: Predicate;
  /** Any of them; empty for an anchor. Best first. */
  readonly relations: readonly Relation[];
  /** How long after the related stage, at most. Absent: no limit. */
  readonly after?: DurationMicros;
  /** How long before it, at most. Absent: the relation's own tolerance. */
  readonly before?: DurationMicros;
  /** What the related stage's own event must satisfy beside its stage's predicate. */
  readonly given?: Predicate;
  /** The stage that `given` is about, when it is not the related one. */
  readonly givenOf?: string;
  /** For anchors: the event is only a trace of a file with one of these extensions, which it names. */
  readonly traceOf?: readonly string[];
  /** For anchors: only stands in for the other alternatives, and steps back when one of them runs below it. */
  readonly yields?: boolean;
  /** Grade of the join at best, when the definition holds it to be less sure than the relation. */
  readonly grade?: 'inferred' | 'weak';
};

/** What must be collected on the host for the stage to be seen at all. */
export type StageTelemetry = {
  /** Each of these kinds is needed for *absent*; a host without one of them is blind. */
  readonly needs: readonly EventKind[];
  /** Fields that the predicate asks for: without one of them some ways to satisfy the stage cannot be judged. */
  readonly fields: readonly RecordedField[];
  /** Those of them without which no way to satisfy the stage can be judged: it is blind, not only less sure. */
  readonly essential: readonly RecordedField[];
  /** Proof that the kinds are collected for the subject the stage is about, not only for others. */
  readonly witness?: {
    readonly on: ReadonlySet<EventKind>;
    readonly where: Predicate;
    readonly missing: string;
  };
  /** The setting that would make it visible. */
  readonly fix: string;
};

export const RELATION_KINDS = [
  'same_process',
  'child_of',
  'descendant_of',
  'parent_of',
  'ancestor_of',
  'same_host',
  'same_session',
  'same_user',
  'same_browser',
  'same_file',
  'names_file',
  'executes_file',
  'names_derived_file',
  'named_by',
  'derived_from',
  'writer_of',
  'archive_of',
  'opened_by_ancestor_of',
  'written_by_ancestor_of',
  'com_broker_of',
  'names_same_host',
] as const;

/** How an event relates to an event of an earlier stage; what each means is said in relations.ts. */
export type RelationKind = (typeof RELATION_KINDS)[number];

export type Relation = {
  readonly kind: RelationKind;
  /** Id of the earlier stage. */
  readonly to: string;
  /** How many generations, for child, descendant and ancestor. */
  readonly depth: number;
};

/** A condition over a matched chain. */
export type When =
  | {
      readonly op: 'stage';
      readonly stage: string;
      readonly where?: Predicate;
      readonly relations?: ReadonlySet<string>;
      readonly alternative?: string;
      readonly within?: DurationMicros;
    }
  | { readonly op: 'ancestor'; readonly stage: string; readonly depth: number; readonly where: Predicate }
  | {
      readonly op: 'matched';
      readonly stages: readonly string[];
      readonly atLeast: number;
      readonly state: 'matched' | 'blind';
    }
  | { readonly op: 'normalised'; readonly stage: string }
  | { readonly op: 'event'; readonly alternative: Alternative }
  | { readonly op: 'complete' }
  | { readonly op: 'all' | 'any'; readonly of: readonly When[] }
  | { readonly op: 'not'; readonly of: When };

/** Reasons that count together: the highest of them, or their sum up to a cap. */
export type ScoreGroup = {
  readonly id: string;
  readonly take: 'highest' | 'sum';
  readonly cap?: number;
  readonly reasons: readonly ScoreReason[];
};

export type ScoreReason = {
  readonly id: string;
  /** Negative lowers. */
  readonly points: number;
  /** As the definition says, before the environment's tuning. */
  readonly shippedPoints: number;
  readonly text: string;
  readonly when: When;
  /** A lowering reason takes no more than down to this score. */
  readonly notBelow?: number;
};

/** The most a score may be where the condition holds. */
export type ScoreCap = { readonly limit: number; readonly text: string; readonly when: When };

export type Suppressor = { readonly id: string; readonly text: string; readonly when: When };

/** A sentence with `{stage.field}` places; the first whose condition holds is told. */
export type Telling = { readonly when?: When; readonly text: string };

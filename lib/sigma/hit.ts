import type { SigmaRecord } from './record';
import type { SigmaLevel, SigmaRule } from './rule';

/** Why a rule holds: one test of it that did, with what it found. */
export type MatchedPart = {
  /** Named part of the detection it stands in. */
  readonly selection: string;
  /** Undefined: a keyword. */
  readonly field: string | undefined;
  readonly modifiers: readonly string[];
  /** The value of the rule that matched. */
  readonly expected: string;
  /** What the record has; cut to 1,000 characters. */
  readonly value: string;
};

/** A rule that a record satisfies. */
export type RuleMatch = {
  readonly rule: SigmaRule;
  /** Computed when asked. */
  readonly explain: () => readonly MatchedPart[];
};

/** Rules compiled together, tried on one record after the other. */
export type SigmaEngine = {
  readonly match: (record: SigmaRecord) => readonly RuleMatch[];
};

/** A hit as correlation and analytics need it: which rule, on what. */
export type HostHit = {
  /** The rule's own id. */
  readonly ruleId: string;
  readonly title: string;
  readonly level: SigmaLevel;
  /** Id of the event, or what stands for it where the record became none. */
  readonly eventId: string;
  /** Effective time in Micros. */
  readonly time: number;
  /** Process it is about, where known: the vendor's id as in `process.entity_id`. */
  readonly entityId?: string;
  /** The record became no event: `eventId` only stands for it. */
  readonly noEvent?: true;
};

/** Sigma on one host, as analytics see it. */
export type HostSigma = {
  /** Ids of rules that are switched on: a test on another is unknown. */
  readonly enabled: ReadonlySet<string>;
  /** Of those: rules that cannot be decided on this host's records, with why. A test on them is unknown too. */
  readonly undecidable?: ReadonlyMap<string, string>;
  readonly hits: readonly HostHit[];
};

/** No rules, no hits. */
export const NO_SIGMA: HostSigma = { enabled: new Set(), hits: [] };

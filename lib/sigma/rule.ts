import type { Truth } from '../base/truth';

/** Sigma's words for how bad it is, lowest first. */
export const SIGMA_LEVELS = ['informational', 'low', 'medium', 'high', 'critical'] as const;
export type SigmaLevel = (typeof SIGMA_LEVELS)[number];

export const SIGMA_STATUSES = ['unsupported', 'deprecated', 'experimental', 'test', 'stable'] as const;
export type SigmaStatus = (typeof SIGMA_STATUSES)[number];

/** Which records a rule is about, as the rule writes it; lower case. */
export type Logsource = {
  readonly product?: string;
  readonly category?: string;
  readonly service?: string;
};

/** The record's source cannot have the field: a test on it is unknown, not false. */
export const UNKNOWN = Symbol('unknown');

/**
 * What a record says of a field: its texts (numbers and booleans as text, several where it holds a list), undefined
 * where it has none (Sigma's null), UNKNOWN where no record of this source could have it.
 */
export type FieldValue = string | readonly string[] | undefined | typeof UNKNOWN;

/** Texts of which a value that passes must hold one; lower case. What the index of rules is built from. */
export type Literals = {
  readonly place: 'contains' | 'startswith' | 'endswith' | 'equals';
  readonly texts: readonly string[];
};

/** One field (undefined: any value of the record, a keyword), its modifiers and the values tried; compiled. */
export type SigmaTest = {
  /** The same for tests that judge alike, of whatever rule: they are judged once per record. */
  readonly key: string;
  readonly field: string | undefined;
  readonly modifiers: readonly string[];
  /** Values as the rule writes them. */
  readonly expected: readonly string[];
  /** Never throws. For `fieldref`, `other` gives the other field's value. */
  readonly judge: (value: FieldValue, other: (field: string) => FieldValue) => Truth;
  /** Which value of the rule a value that passes satisfied, and with what; absent: nobody asks. */
  readonly found?: (
    value: FieldValue,
    other: (field: string) => FieldValue,
  ) => { readonly expected: string; readonly value: string };
  /** Other fields it reads (`fieldref`). */
  readonly others: readonly string[];
  /** One of these is there whenever it holds; absent: nothing is known. */
  readonly literals?: Literals;
  /** What it takes: characters of its values, encoded, and steps of its regular expressions; absent: next to nothing. */
  readonly size?: { readonly characters: number; readonly regexSteps: number };
};

/** What a condition says, with its named parts put in. */
export type SigmaNode =
  | { readonly op: 'test'; readonly test: SigmaTest }
  | { readonly op: 'all' | 'any'; readonly of: readonly SigmaNode[] }
  | { readonly op: 'not'; readonly of: SigmaNode }
  /** A named part of the detection (`selection_img`); shared by all places that name it. */
  | { readonly op: 'part'; readonly name: string; readonly of: SigmaNode };

/** What every document of Sigma says of itself. */
export type SigmaHead = {
  /** Its UUID, lower case; where it has none, its `name`, else its title. */
  readonly id: string;
  /** What correlations may call it by. */
  readonly name?: string;
  readonly title: string;
  readonly status: SigmaStatus;
  readonly level: SigmaLevel;
  readonly description: string;
  readonly author: string;
  /** As written; SigmaHQ's rules say none and are under DRL 1.1. */
  readonly license?: string;
  readonly date?: string;
  readonly modified?: string;
  readonly tags: readonly string[];
  readonly references: readonly string[];
  readonly falsePositives: readonly string[];
  /** Ids of rules that it replaces or derives from. */
  readonly related: readonly string[];
  /** Where it stands: path within what was imported. */
  readonly path: string;
  /** First line of its document in that file, from 1. */
  readonly line: number;
  /** The document's own text. */
  readonly yaml: string;
};

/** A detection rule, compiled. */
export type SigmaRule = SigmaHead & {
  readonly kind: 'detection';
  readonly logsource: Logsource;
  readonly condition: SigmaNode;
  /** Fields its tests read, each once, in order of appearance. */
  readonly fields: readonly string[];
  /** Whether it searches whole records for words. */
  readonly hasKeywords: boolean;
};

export const CORRELATION_TYPES = [
  'event_count',
  'value_count',
  'temporal',
  'temporal_ordered',
  'value_sum',
  'value_avg',
  'value_percentile',
] as const;

/** A rule over the hits of other rules. */
export type SigmaCorrelation = SigmaHead & {
  readonly kind: 'correlation';
  readonly type: (typeof CORRELATION_TYPES)[number];
  /** Ids or names of rules, or of other correlations; in the order `temporal_ordered` asks for. */
  readonly rules: readonly string[];
  readonly groupBy: readonly string[];
  /** Microseconds. */
  readonly timespan: number;
  /** All must hold. Of `temporal`: of how many of its rules hit; empty there, and for `temporal_ordered`: all of them. */
  readonly conditions: readonly {
    readonly op: 'gt' | 'gte' | 'lt' | 'lte' | 'eq' | 'neq';
    readonly value: number;
  }[];
  /** Fields counted, summed, …: of value types. */
  readonly fields: readonly string[];
  /** Of value_percentile. */
  readonly percentile?: number;
  /** Name → field by id or name of rule. */
  readonly aliases: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Whether its rules are told by themselves as well. */
  readonly generate: boolean;
};

/** A filter (`filter:`): narrows the rules it names. Put into them when a set is compiled. */
export type SigmaFilter = SigmaHead & {
  readonly kind: 'filter';
  readonly logsource: Logsource;
  /** Ids or names; empty: every rule of its log source. */
  readonly rules: readonly string[];
  readonly condition: SigmaNode;
  readonly fields: readonly string[];
};

export type SigmaDocument = SigmaRule | SigmaCorrelation | SigmaFilter;

/** Why a document, or a file, cannot be used: where and what, for a person. */
export type SigmaRefusal = {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  /** Its title and id, as far as they could be read. */
  readonly title?: string;
  readonly id?: string;
  readonly reason: string;
};

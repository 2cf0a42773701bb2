import {
  EVENT_KINDS,
  type EventKind,
  NUMBER_FIELDS,
  type RecordedField,
  TEXT_FIELDS,
} from '../../events/endpointEvent';

/**
 * How the records of an export we have no format for become events: plain data that a person makes once,
 * keeps, exports and imports. Paths are names joined by dots; a number in one is a place in a list.
 */
export type Mapping = {
  /** Lower-case letters, digits and dashes; the format's id is `mapping:` and this. */
  readonly id: string;
  /** What people call the export; its events stand in the channel `Mapped/<name>`. */
  readonly name: string;
  /** Grows by one with each change that is saved. */
  readonly version: number;
  /** Paths that every record of the export has, sorted: what a later file is recognised by. */
  readonly shape: readonly string[];
  /** Where each field's value stands in the record. A field that is not named here stays absent. */
  readonly fields: Readonly<Partial<Record<MappedField, string>>>;
  /** Values that are the same for every record, for fields the record has no value for. */
  readonly constants: Readonly<Partial<Record<MappedField, string>>>;
  readonly time: TimeRule;
  /** What happened: the first rule whose conditions all hold. */
  readonly kindRules: readonly KindRule[];
  /** What happened where no rule holds; without it such a record is ignored by the name of its type. */
  readonly otherwise?: EventKind;
};

/** How times are written. */
export type TimeRule = {
  readonly format: TimeFormat;
  /** Zone of times that do not say theirs: `UTC`, `+02:00` or an IANA name such as `Europe/Berlin`. Absent: UTC. */
  readonly zone?: string;
  /** Path of the date where `@timestamp` has only the time of day. */
  readonly date?: string;
};

/**
 * `auto`: ISO 8601, numbers by their size, and dates that can only be read one way. The others fix the unit of
 * a number, or whether day or month stands first in `04/06/2026`.
 */
export const TIME_FORMATS = [
  'auto',
  'day_first',
  'month_first',
  'epoch_s',
  'epoch_ms',
  'epoch_us',
  'epoch_ns',
  'filetime',
] as const;
export type TimeFormat = (typeof TIME_FORMATS)[number];

/** A kind, or that such records are not used. */
export type MappedKind = EventKind | 'ignored';

export type KindRule = { readonly when: readonly Condition[]; readonly kind: MappedKind };

/** A test of one value. Texts are compared without regard to case; a missing value fails all but `missing`. */
export type Condition = {
  readonly path: string;
  readonly test: ConditionTest;
  /** What to compare with; one text for most tests, several for `in`, none for `exists` and `missing`. */
  readonly values: readonly string[];
};

export const CONDITION_TESTS = ['is', 'in', 'contains', 'starts', 'ends', 'exists', 'missing'] as const;
export type ConditionTest = (typeof CONDITION_TESTS)[number];

/** Tests that compare with nothing. */
export const BARE_TESTS: ReadonlySet<ConditionTest> = new Set(['exists', 'missing']);

/**
 * Fields a mapping may fill beside those of an event: what every event has (time, host, type), and parts that
 * are put together (a folder and a name, a key and a value, a digest of any length, `DOMAIN\name`).
 */
const COMPOSED = [
  '@timestamp',
  'host.name',
  'event.code',
  'process.name',
  'process.parent.name',
  'process.hash',
  'file.directory',
  'file.name',
  'file.hash',
  'registry.key',
  'registry.value',
] as const;

export type MappedField = RecordedField | (typeof COMPOSED)[number];

/** Every field a mapping may fill, in the order a list shows them. */
export const MAPPED_FIELDS: readonly MappedField[] = [...COMPOSED, ...TEXT_FIELDS, ...NUMBER_FIELDS];

const KNOWN_FIELDS: ReadonlySet<string> = new Set(MAPPED_FIELDS);

/** Whether a text names a field that a mapping may fill. */
export function isMappedField(name: string): name is MappedField {
  return KNOWN_FIELDS.has(name);
}

const KNOWN_KINDS: ReadonlySet<string> = new Set([...EVENT_KINDS, 'ignored']);

/** Whether a text names a kind, or `ignored`. */
export function isMappedKind(name: string): name is MappedKind {
  return KNOWN_KINDS.has(name);
}

/** What a mapping still needs before it can be saved, each as a sentence; empty when nothing is missing. */
export function mappingGaps(mapping: Mapping): readonly string[] {
  const { fields, constants } = mapping;
  const gaps: string[] = [];
  if (fields['@timestamp'] === undefined)
    gaps.push('No field gives the time: choose the one for @timestamp.');
  if (
    fields['host.name'] === undefined &&
    constants['host.name'] === undefined &&
    fields['host.id'] === undefined
  )
    gaps.push(
      'No field gives the machine: choose the one for host.name, or name the one machine all are from.',
    );
  if (mapping.otherwise === undefined && mapping.kindRules.every((rule) => rule.kind === 'ignored'))
    gaps.push('Nothing becomes an event: say what kind of event the records are.');
  if (mapping.shape.length === 0)
    gaps.push('Nothing tells this export from others: no field stands in every record.');
  return gaps;
}

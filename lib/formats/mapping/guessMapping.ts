import type { VendorRecord } from '../exportFormat';
import { unwrap, WRAPPERS_MAX } from '../wrappers';
import { guessKinds } from './guessKinds';
import { fieldOfName, wordsOf } from './knownNames';
import type { MappedField, Mapping } from './mapping';
import { mappingId } from './parseMapping';
import { fieldOfValues, fittingShare, type SourceField, sourceFields, timeFormatOf } from './sourceValues';

/** Why a member was taken for a field, 0 to 1, and in words. */
export type FieldGuess = {
  readonly field: MappedField;
  readonly confidence: number;
  readonly reason: 'the name' | 'the name and the values' | 'the values';
};

/** A first mapping for records nobody knows, with what it was made from. */
export type GuessedMapping = {
  readonly mapping: Mapping;
  /** The members of the records, out of their wrapper. */
  readonly sources: readonly SourceField[];
  /** The guess for each path that has one. */
  readonly guesses: ReadonlyMap<string, FieldGuess>;
};

/**
 * Guesses a mapping from the first records of an export: by the names of members, checked against their
 * values, and by values alone where a name says nothing. Never throws; of records that say nothing it is empty.
 */
export function guessMapping(records: readonly VendorRecord[], name: string): GuessedMapping {
  const inner = innermost(records);
  const sources = sourceFields(inner);
  const apart = dateAndTime(sources);
  const guesses = assign(
    apart === undefined ? sources : sources.filter((one) => one !== apart.date),
    apart?.time,
  );
  const fields: Partial<Record<MappedField, string>> = {};
  for (const [path, { field }] of guesses) fields[field] = path;
  const kinds = guessKinds(inner, sources, fields);
  retype(fields, guesses, kinds.typePath);
  const time = sources.find(({ path }) => path === fields['@timestamp']);
  const date = time === apart?.time ? apart?.date : undefined;
  const mapping: Mapping = {
    id: mappingId(name),
    name,
    version: 1,
    shape: shapeOf(inner.length, sources),
    fields,
    constants: {},
    time: {
      format: timeFormatOf(date?.values ?? time?.values ?? []),
      ...(date === undefined ? {} : { date: date.path }),
    },
    kindRules: kinds.rules,
    ...(kinds.otherwise === undefined ? {} : { otherwise: kinds.otherwise }),
  };
  return { mapping, sources, guesses };
}

/** The records out of the wrapper in which more fields are known than outside it. */
export function innermost(records: readonly VendorRecord[]): readonly VendorRecord[] {
  let best = records;
  let bestKnown = knownFields(records);
  let inner = records;
  for (let layer = 0; layer < WRAPPERS_MAX; layer++) {
    inner = inner.map((record) => unwrap(record)).filter((record) => record !== undefined);
    if (inner.length < records.length / 2 || inner.length === 0) break;
    const known = knownFields(inner);
    if (known > bestKnown) {
      best = inner;
      bestKnown = known;
    }
  }
  return best;
}

function knownFields(records: readonly VendorRecord[]): number {
  // What names alone say is enough to compare layers; an outer path names the wrapper too, which is no field of ours.
  const fields = sourceFields(records.slice(0, 10)).flatMap(({ path }) => fieldOfName(path) ?? []);
  return new Set(fields.filter(({ confidence }) => confidence > 0.85).map(({ field }) => field)).size;
}

/** Below this a guess is not made: it would be wrong more often than right. */
const LEAST = 0.4;

/** Gives each field to the member that fits it best, and each member one field. */
function assign(sources: readonly SourceField[], time: SourceField | undefined): Map<string, FieldGuess> {
  const candidates = sources
    .flatMap((source) =>
      guessesFor(source).map((guess) => ({ path: source.path, present: source.present, guess })),
    )
    .filter(({ guess }) => guess.confidence >= LEAST)
    .sort((a, b) => b.guess.confidence - a.guess.confidence || b.present - a.present);
  const taken = new Set<MappedField>();
  const guesses = new Map<string, FieldGuess>();
  if (time !== undefined) {
    taken.add('@timestamp');
    guesses.set(time.path, { field: '@timestamp', confidence: 0.8, reason: 'the name and the values' });
  }
  for (const { path, guess } of candidates) {
    if (taken.has(guess.field) || guesses.has(path)) continue;
    taken.add(guess.field);
    guesses.set(path, guess);
  }
  return guesses;
}

function guessesFor({ path, values }: SourceField): readonly FieldGuess[] {
  const guesses: FieldGuess[] = [];
  const named = fieldOfName(path);
  if (named !== undefined) {
    const field = refine(named.field, values);
    const fitting = fittingShare(field, values);
    const checked = fitting >= 0.8 ? 1 : fitting >= 0.3 ? 0.6 : 0.1;
    guesses.push({
      field,
      confidence: round(named.confidence * checked),
      reason: fittingShare(field, ['\u0000 no value of it']) === 1 ? 'the name' : 'the name and the values',
    });
  }
  const valued = wordsOf(path).some((word) => ABOUT_SENSOR.has(word)) ? undefined : fieldOfValues(values);
  if (valued !== undefined && valued.field !== guesses[0]?.field)
    guesses.push({ field: valued.field, confidence: valued.confidence, reason: 'the values' });
  return guesses;
}

/** A member about the machine or its sensor: an address of it is nobody's destination. */
const ABOUT_SENSOR: ReadonlySet<string> = new Set([
  'agent',
  'sensor',
  'device',
  'endpoint',
  'host',
  'machine',
]);

/** Names that stand for two fields are told apart by their values: a path or a name, an account's domain or a site. */
function refine(field: MappedField, values: readonly string[]): MappedField {
  const paths = values.filter((value) => /[\\/]/.test(value)).length > values.length / 2;
  if (field === 'file.name' && paths) return 'file.path';
  if (field === 'process.name' && paths) return 'process.executable';
  if (field === 'process.parent.name' && paths) return 'process.parent.executable';
  if (field === 'process.executable' && !paths) return 'process.name';
  if (field === 'destination.domain' && values.every((value) => !value.includes('.'))) return 'user.domain';
  if (field === 'user.name' && values.every((value) => /^S-1-\d/.test(value))) return 'user.id';
  if (field === 'destination.domain' && values.every((value) => /^[a-z]+:\/\//i.test(value)))
    return 'url.full';
  return field;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** The member by which kinds were told is the type, whatever its name suggested. */
function retype(
  fields: Partial<Record<MappedField, string>>,
  guesses: Map<string, FieldGuess>,
  typePath: string | undefined,
): void {
  if (typePath === undefined || fields['event.code'] === typePath) return;
  const before = fields['event.code'];
  if (before !== undefined) guesses.delete(before);
  const other = guesses.get(typePath);
  if (other !== undefined) delete fields[other.field];
  fields['event.code'] = typePath;
  guesses.set(typePath, { field: 'event.code', confidence: 0.8, reason: 'the values' });
}

/** Two members that give date and time of day apart, where no member gives both. */
function dateAndTime(
  sources: readonly SourceField[],
): { readonly date: SourceField; readonly time: SourceField } | undefined {
  const time = sources.find(({ values }) => values.every((value) => /^\d{1,2}:\d\d/.test(value)));
  if (time === undefined) return undefined;
  const date = sources.find(
    ({ path, values }) =>
      wordsOf(path).some((word) => word.includes('date') || word === 'day') &&
      values.every((value) => /\d/.test(value) && !value.includes(':')),
  );
  return date === undefined ? undefined : { date, time };
}

const SHAPE_MAX = 60;

/** Paths that every record has, at most 60. */
function shapeOf(total: number, sources: readonly SourceField[]): readonly string[] {
  return sources
    .filter(({ present }) => present === total)
    .slice(0, SHAPE_MAX)
    .map(({ path }) => path)
    .sort();
}

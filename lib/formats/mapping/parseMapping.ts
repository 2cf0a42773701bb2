import { isObject } from '../jsonSink';
import { zoneShift } from './mappedTime';
import {
  BARE_TESTS,
  CONDITION_TESTS,
  type Condition,
  isMappedField,
  isMappedKind,
  type KindRule,
  type MappedField,
  type Mapping,
  mappingGaps,
  TIME_FORMATS,
  type TimeRule,
} from './mapping';

/** A mistake in a mapping: where (`kindRules.0.when.1.test`) and what, for a person. */
export type MappingMistake = { readonly path: string; readonly message: string };

/** A mapping, or all that is wrong with what should have been one. */
export type ParsedMapping =
  | { readonly mapping: Mapping; readonly mistakes?: never }
  | { readonly mapping?: never; readonly mistakes: readonly MappingMistake[] };

/** Marks an exported file as a mapping, and of which make. */
export const MAPPING_MARK = 'mapping/1';

/** A mapping as a file: its own JSON with a mark, the same text for the same mapping. */
export function writeMapping(mapping: Mapping): string {
  return `${JSON.stringify({ sequela: MAPPING_MARK, ...mapping }, null, 2)}\n`;
}

/**
 * Reads a mapping out of any JSON value, as a person or an exported file gives it. Never throws: what is wrong
 * comes back with its place. With `complete`, what mappingGaps names is wrong too.
 */
export function parseMapping(value: unknown, complete: boolean): ParsedMapping {
  const mistakes: MappingMistake[] = [];
  const wrong = (path: string, message: string): void => {
    if (mistakes.length < MISTAKES_MAX) mistakes.push({ path, message });
  };
  if (!isObject(value)) return { mistakes: [{ path: '', message: 'a mapping is a JSON object' }] };
  for (const name of Object.keys(value))
    if (!MEMBERS.has(name)) wrong(printable(name), 'no member of a mapping has this name');
  if (value.sequela !== undefined && value.sequela !== MAPPING_MARK)
    wrong('sequela', `only "${MAPPING_MARK}" can be read`);
  const name = typeof value.name === 'string' ? value.name.trim() : '';
  if (name === '' || name.length > NAME_MAX || UNPRINTABLE.test(name))
    wrong('name', `a name of 1 to ${NAME_MAX} plain characters is needed`);
  const id = value.id === undefined ? mappingId(name) : value.id;
  if (typeof id !== 'string' || !/^[a-z0-9][a-z0-9-]{0,49}$/.test(id))
    wrong('id', 'lower-case letters, digits and dashes, at most 50');
  const version = value.version ?? 1;
  if (typeof version !== 'number' || !Number.isSafeInteger(version) || version < 1)
    wrong('version', 'a whole number from 1');
  const shape = readPaths(value.shape, 'shape', wrong);
  const fields = readFields(value.fields, 'fields', wrong);
  const constants = readFields(value.constants ?? {}, 'constants', wrong);
  const time = readTime(value.time ?? { format: 'auto' }, wrong);
  const kindRules = readRules(value.kindRules ?? [], wrong);
  const { otherwise } = value;
  if (otherwise !== undefined && otherwise !== null && !isKind(otherwise))
    wrong('otherwise', 'not a kind of event');
  if (mistakes.length > 0) return { mistakes };
  const mapping: Mapping = {
    id: id as string,
    name,
    version: version as number,
    shape: [...new Set(shape)].sort(),
    fields,
    constants,
    time,
    kindRules,
    ...(isKind(otherwise) && otherwise !== 'ignored' ? { otherwise } : {}),
  };
  const gaps = complete ? mappingGaps(mapping) : [];
  return gaps.length === 0 ? { mapping } : { mistakes: gaps.map((message) => ({ path: '', message })) };
}

/** The id of a new mapping, from its name; `mapping` when nothing of the name can stand in an id. */
export function mappingId(name: string): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 50);
  return plain.replace(/^-|-$/g, '') || 'mapping';
}

const MEMBERS: ReadonlySet<string> = new Set([
  'sequela',
  'id',
  'name',
  'version',
  'shape',
  'fields',
  'constants',
  'time',
  'kindRules',
  'otherwise',
]);

const MISTAKES_MAX = 20;
const NAME_MAX = 80;
const PATHS_MAX = 400;
const PATH_MAX = 300;
const VALUE_MAX = 1000;
const RULES_MAX = 200;
const CONDITIONS_MAX = 10;
const VALUES_MAX = 200;
const UNPRINTABLE = /[\p{C}/]/u;

type Wrong = (path: string, message: string) => void;

function isPath(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= PATH_MAX;
}

function isKind(value: unknown): value is KindRule['kind'] {
  return typeof value === 'string' && isMappedKind(value);
}

function readPaths(value: unknown, place: string, wrong: Wrong): readonly string[] {
  if (!Array.isArray(value) || value.length > PATHS_MAX) {
    wrong(place, `a list of at most ${PATHS_MAX} paths`);
    return [];
  }
  const bad = value.findIndex((path) => !isPath(path));
  if (bad >= 0) wrong(`${place}.${bad}`, `a path of 1 to ${PATH_MAX} characters`);
  return value.filter(isPath);
}

function readFields(
  value: unknown,
  place: string,
  wrong: Wrong,
): Readonly<Partial<Record<MappedField, string>>> {
  const fields: Partial<Record<MappedField, string>> = {};
  if (!isObject(value)) {
    wrong(place, 'an object of field names and texts');
    return fields;
  }
  // In one order, so that a mapping has one text wherever it was kept.
  for (const field of Object.keys(value).sort()) {
    const text = value[field];
    if (!isMappedField(field)) wrong(`${place}.${printable(field)}`, 'no field of an event has this name');
    else if (typeof text !== 'string' || text === '' || text.length > VALUE_MAX)
      wrong(`${place}.${field}`, 'a text, not empty');
    else fields[field] = text;
  }
  return fields;
}

function readTime(value: unknown, wrong: Wrong): TimeRule {
  const none: TimeRule = { format: 'auto' };
  if (!isObject(value)) {
    wrong('time', 'an object with a format');
    return none;
  }
  const format = TIME_FORMATS.find((one) => one === (value.format ?? 'auto'));
  if (format === undefined) wrong('time.format', `one of ${TIME_FORMATS.join(', ')}`);
  const { zone, date } = value;
  if (zone !== undefined && (typeof zone !== 'string' || zone.length > 64 || zoneShift(zone) === undefined))
    wrong('time.zone', 'UTC, an offset such as +02:00, or a zone such as Europe/Berlin');
  if (date !== undefined && !isPath(date)) wrong('time.date', 'a path');
  return {
    format: format ?? 'auto',
    ...(typeof zone === 'string' ? { zone } : {}),
    ...(isPath(date) ? { date } : {}),
  };
}

function readRules(value: unknown, wrong: Wrong): readonly KindRule[] {
  if (!Array.isArray(value) || value.length > RULES_MAX) {
    wrong('kindRules', `a list of at most ${RULES_MAX} rules`);
    return [];
  }
  return value.flatMap((rule: unknown, i) => {
    const place = `kindRules.${i}`;
    if (!isObject(rule)) {
      wrong(place, 'an object with "when" and "kind"');
      return [];
    }
    const { kind } = rule;
    if (!isKind(kind)) wrong(`${place}.kind`, 'not a kind of event, nor "ignored"');
    const when: readonly unknown[] = Array.isArray(rule.when) ? rule.when : [rule.when];
    if (when.length === 0 || when.length > CONDITIONS_MAX)
      wrong(`${place}.when`, `1 to ${CONDITIONS_MAX} conditions`);
    const conditions = when.map((one, j) => readCondition(one, `${place}.when.${j}`, wrong));
    return isKind(kind) ? [{ when: conditions, kind }] : [];
  });
}

function readCondition(value: unknown, place: string, wrong: Wrong): Condition {
  const none: Condition = { path: '', test: 'exists', values: [] };
  if (!isObject(value)) {
    wrong(place, 'an object with "path" and "test"');
    return none;
  }
  if (!isPath(value.path)) wrong(`${place}.path`, 'a path');
  const test = CONDITION_TESTS.find((one) => one === value.test);
  if (test === undefined) {
    wrong(`${place}.test`, `one of ${CONDITION_TESTS.join(', ')}`);
    return none;
  }
  const { values = [] } = value;
  if (
    !Array.isArray(values) ||
    values.length > VALUES_MAX ||
    values.some((one) => typeof one !== 'string' || one.length > VALUE_MAX)
  ) {
    wrong(`${place}.values`, `a list of at most ${VALUES_MAX} texts`);
    return none;
  }
  if (values.length === 0 && !BARE_TESTS.has(test))
    wrong(`${place}.values`, `"${test}" needs a text to compare with`);
  return { path: isPath(value.path) ? value.path : '', test, values: BARE_TESTS.has(test) ? [] : values };
}

function printable(text: string): string {
  return text.replace(/\p{C}/gu, '\ufffd').slice(0, 60);
}

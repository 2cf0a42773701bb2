import { RE2JS } from 're2js';
import type { Truth } from '../../base/truth';
import { inCidr } from '../../events/addresses';
import { compileGlob, type Glob, literalOf, matchesGlob } from '../../sigma/glob';
import { requiredLiterals } from '../../sigma/requiredLiterals';
import type { SigmaFacts } from '../host/sigmaFacts';
import { type Lists, listOf } from '../lists';
import type { Subject } from '../subject';
import { type FieldReader, fieldReader, knownFields, UNKNOWN } from './fields';
import { lacksAnyRule, ruleIdTest, SIGMA_FIELD, type SigmaLack } from './sigmaTest';

/** What a test of one field found: the reading that satisfied it, and which part of it. */
export type Hit = { readonly actual: string; readonly matched: string; readonly normalised: boolean };

/** One field, its Sigma modifiers and the values tried; compiled. */
export type FieldTest = {
  readonly field: string;
  readonly modifiers: readonly string[];
  readonly expected: readonly string[];
  readonly judge: (subject: Subject) => Truth;
  /** What satisfied the test, for the explanation; undefined when it did not hold. */
  readonly hit: (subject: Subject) => Hit | undefined;
  readonly read: FieldReader;
  /** For a test on Sigma's rules: what it cannot tell for want of rules; undefined when nothing is wanting. */
  readonly lacks?: (sigma: SigmaFacts) => SigmaLack | undefined;
};

/** A value as YAML gives it. */
export type TestValue = string | number | boolean | null;

/** Gives the part of a value that matched; `folded` is the value in lower case, made once for all matchers. */
type Matcher = (value: string, folded: string) => string | undefined;

/** Regular expressions see at most this much of a value; longer command lines do not occur (32,767 is Windows' limit). */
const REGEX_INPUT = 32_768;

/** Values of one test, its lists put in; each is compiled and tried. */
const VALUES_MAX = 20_000;

/**
 * Compiles `field|modifier…: values`. Strings compare without case, as Windows does, and know `*` and `?`.
 * Modifiers: contains, startswith, endswith, all, re (RE2 syntax: linear time, `i` flag implied off as in
 * Sigma, `re|i` on), cidr, exists, lt, lte, gt, gte, expand (`%list%`), cased, windash. Throws an Error that
 * names the unknown field, modifier or list, or says that there are too many values.
 */
export function compileTest(key: string, value: TestValue | readonly TestValue[], lists: Lists): FieldTest {
  const [field = '', ...modifiers] = key.split('|');
  const read = fieldReader(field);
  if (read === undefined) throw new Error(`"${field}" is not a field (${nearest(field)})`);
  for (const modifier of modifiers) {
    if (!MODIFIERS.has(modifier))
      throw new Error(`"${modifier}" is not a modifier (there are ${[...MODIFIERS].join(', ')})`);
  }
  const values = Array.isArray(value) ? (value as readonly TestValue[]) : [value as TestValue];
  const has = (modifier: string): boolean => modifiers.includes(modifier);
  const base = { field, modifiers, read };
  if (has('exists')) return existsTest(base, values[0] === true || values[0] === 'true');
  if (values.includes(null)) {
    if (values.length > 1) throw new Error(`null stands alone in a list of values (${key})`);
    return existsTest(base, false);
  }
  const comparison = modifiers.find((modifier) => COMPARISONS[modifier] !== undefined);
  if (comparison !== undefined) return comparisonTest(base, comparison, Number(values[0]), key);
  if (values.length > 0 && values.every((item) => typeof item === 'boolean'))
    return booleanTest(base, values[0] === true);
  const texts = expandAll(values.map(String), has('expand'), lists);
  const test = textTest(base, texts, matchersFor(texts, modifiers), has('all'));
  if (field !== SIGMA_FIELD) return test;
  const matchers = texts.map((text) => {
    const own = matchersFor([text], modifiers);
    const only = PATTERNS.some(has) ? undefined : literalOf(compileGlob(text.toLowerCase()));
    const matches = (id: string): boolean => own.some((matcher) => matcher(id, id) !== undefined);
    return only === undefined ? { matches } : { matches, only };
  });
  return { ...test, ...ruleIdTest(texts, matchers, has('all')) };
}

/** Modifiers with which a value means more than one text. */
const PATTERNS = ['contains', 'startswith', 'endswith', 're', 'cidr', 'cased', 'windash'];

export const MODIFIERS: ReadonlySet<string> = new Set([
  'contains',
  'startswith',
  'endswith',
  'all',
  're',
  'i',
  'cidr',
  'exists',
  'lt',
  'lte',
  'gt',
  'gte',
  'expand',
  'cased',
  'windash',
]);

const COMPARISONS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  lt: (a, b) => a < b,
  lte: (a, b) => a <= b,
  gt: (a, b) => a > b,
  gte: (a, b) => a >= b,
};

type Base = { readonly field: string; readonly modifiers: readonly string[]; readonly read: FieldReader };

function existsTest(base: Base, wanted: boolean): FieldTest {
  return {
    ...base,
    ...(base.field === SIGMA_FIELD ? { lacks: lacksAnyRule } : {}),
    expected: [wanted ? 'any value' : 'no value'],
    judge: (subject) => {
      const value = base.read(subject);
      return value === UNKNOWN ? undefined : (value !== undefined) === wanted;
    },
    hit: () => undefined,
  };
}

function comparisonTest(base: Base, modifier: string, limit: number, key: string): FieldTest {
  if (Number.isNaN(limit)) throw new Error(`${key} needs a number`);
  const compare = COMPARISONS[modifier];
  return {
    ...base,
    expected: [String(limit)],
    judge: (subject) => {
      const value = base.read(subject);
      if (value === UNKNOWN) return undefined;
      return typeof value === 'number' && compare !== undefined && compare(value, limit);
    },
    hit: (subject) => {
      const value = base.read(subject);
      return typeof value === 'number'
        ? { actual: String(value), matched: '', normalised: false }
        : undefined;
    },
  };
}

function booleanTest(base: Base, wanted: boolean): FieldTest {
  return {
    ...base,
    expected: [String(wanted)],
    judge: (subject) => {
      const value = base.read(subject);
      if (value === UNKNOWN) return undefined;
      return (value === true || (typeof value === 'string' && value.toLowerCase() === 'true')) === wanted;
    },
    hit: () => undefined,
  };
}

function textTest(
  base: Base,
  expected: readonly string[],
  matchers: readonly Matcher[],
  all: boolean,
): FieldTest {
  const find = (value: string): string | undefined => {
    const folded = value.toLowerCase();
    if (all)
      return matchers.every((matcher) => matcher(value, folded) !== undefined)
        ? (matchers[0]?.(value, folded) ?? '')
        : undefined;
    for (const matcher of matchers) {
      const matched = matcher(value, folded);
      if (matched !== undefined) return matched;
    }
    return undefined;
  };
  const hit = (subject: Subject): Hit | undefined => {
    const value = base.read(subject);
    if (value === undefined || value === UNKNOWN) return undefined;
    const readings = Array.isArray(value) ? (value as readonly string[]) : [String(value)];
    for (let i = 0; i < readings.length; i++) {
      const reading = readings[i] ?? '';
      const matched = find(reading);
      if (matched !== undefined)
        return { actual: reading, matched, normalised: i > 0 && COMMAND_LINE.has(base.field) };
    }
    return undefined;
  };
  return {
    ...base,
    expected,
    hit,
    judge: (subject) => {
      const value = base.read(subject);
      if (value === UNKNOWN) return undefined;
      if (value === undefined) return false;
      if (!Array.isArray(value)) return find(String(value)) !== undefined;
      for (const reading of value as readonly string[]) if (find(reading) !== undefined) return true;
      return false;
    },
  };
}

/** Fields whose second reading is the line with obfuscation removed. */
const COMMAND_LINE: ReadonlySet<string> = new Set([
  'process.command_line',
  'process.args',
  'process.parent.command_line',
]);

function matchersFor(texts: readonly string[], modifiers: readonly string[]): readonly Matcher[] {
  const has = (modifier: string): boolean => modifiers.includes(modifier);
  if (has('re')) return texts.map((text) => regexMatcher(text, has('i')));
  if (has('cidr')) return texts.map((text) => (value) => (inCidr(value, text) ? value : undefined));
  const dashed = has('windash')
    ? texts.flatMap((text) => [text, ...DASHES.map((dash) => text.replace(/^-/, dash))])
    : texts;
  const place = has('contains')
    ? 'contains'
    : has('startswith')
      ? 'startswith'
      : has('endswith')
        ? 'endswith'
        : 'equals';
  const plain = new Set<string>();
  const matchers: Matcher[] = [];
  for (const text of dashed) {
    const wanted = has('cased') ? text : text.toLowerCase();
    const glob = compileGlob(wanted);
    const literal = literalOf(glob);
    if (literal === undefined) matchers.push(globMatcher(glob, place, has('cased')));
    else if (place === 'equals' && !has('cased') && !has('all')) plain.add(literal);
    else matchers.push(literalMatcher(literal, place, has('cased')));
  }
  if (plain.size > 0) matchers.unshift((value, folded) => (plain.has(folded) ? value : undefined));
  return matchers;
}

const DASHES = ['/', '\u2013', '\u2014', '\u2015'];

function literalMatcher(literal: string, place: string, cased: boolean): Matcher {
  return (value, folded) => {
    const text = cased ? value : folded;
    switch (place) {
      case 'contains': {
        const at = text.indexOf(literal);
        return at === -1 ? undefined : value.slice(at, at + literal.length);
      }
      case 'startswith':
        return text.startsWith(literal) ? value.slice(0, literal.length) : undefined;
      case 'endswith':
        return text.endsWith(literal) ? value.slice(value.length - literal.length) : undefined;
      default:
        return text === literal ? value : undefined;
    }
  };
}

/** Values whose answer a dear matcher keeps; one chain is judged by the same pattern many times. */
const ANSWERS_KEPT = 64;
/** A kept value is no longer than this, so that what is kept stays small. */
const VALUE_KEPT = 4096;

/** Remembers what a matcher said of the last few values. */
function remembering(find: (value: string, folded: string) => string | undefined): Matcher {
  const answers = new Map<string, string | undefined>();
  return (value, folded) => {
    const known = answers.get(value);
    if (known !== undefined || answers.has(value)) return known;
    const answer = find(value, folded);
    if (value.length <= VALUE_KEPT) {
      if (answers.size >= ANSWERS_KEPT) answers.clear();
      answers.set(value, answer);
    }
    return answer;
  };
}

function globMatcher(glob: Glob, place: string, cased: boolean): Matcher {
  const many = { kind: 'many' } as const;
  const whole: Glob = [
    ...(place === 'contains' || place === 'endswith' ? [many] : []),
    ...glob,
    ...(place === 'contains' || place === 'startswith' ? [many] : []),
  ];
  return (value, folded) => (matchesGlob(whole, cased ? value : folded) ? value : undefined);
}

/** Patterns whose matcher is shared: definitions name the same list again and again, and are read again when tuned. */
const SHARED_MAX = 512;
const SHARED = new Map<string, Matcher>();

function regexMatcher(pattern: string, insensitive: boolean): Matcher {
  const key = `${insensitive ? 'i' : ' '}${pattern}`;
  const known = SHARED.get(key);
  if (known !== undefined) return known;
  const compiled = RE2JS.compile(pattern, insensitive ? RE2JS.CASE_INSENSITIVE : 0);
  const required = requiredLiterals(pattern);
  const matcher = remembering((value, folded) => {
    if (required !== undefined && !required.some((literal) => folded.includes(literal)) && isAscii(value))
      return undefined;
    const found = compiled.matcher(value.length > REGEX_INPUT ? value.slice(0, REGEX_INPUT) : value);
    return found.find() ? (found.group() ?? '') : undefined;
  });
  if (SHARED.size >= SHARED_MAX) SHARED.clear();
  SHARED.set(key, matcher);
  return matcher;
}

/** Beyond ASCII, case is not as simple as lower case makes it. */
function isAscii(value: string): boolean {
  for (let i = 0; i < value.length; i++) if (value.charCodeAt(i) > 127) return false;
  return true;
}

/** The values of a test with its lists put in; stops before more is put in than a test may hold. */
function expandAll(texts: readonly string[], expand: boolean, lists: Lists): readonly string[] {
  const expanded: string[] = [];
  for (const text of texts) {
    const name = expand ? /^%([a-z0-9_]+)%$/.exec(text)?.[1] : undefined;
    if (expand && name === undefined && text.includes('%'))
      throw new Error(`"${text}" is not the name of a list, as %list% is`);
    const values = name === undefined ? [text] : listOf(lists, name);
    if (expanded.length + values.length > VALUES_MAX)
      throw new Error(`this test has more than ${VALUES_MAX} values`);
    for (const value of values) expanded.push(value);
  }
  return expanded;
}

/** The fields that share a part of the unknown one's name, as a hint. */
function nearest(field: string): string {
  const parts = field.toLowerCase().split('.');
  const close = knownFields().filter((known) =>
    parts.some((part) => part.length > 3 && known.includes(part)),
  );
  return close.length === 0
    ? 'see docs/ANALYTICS.md for the list'
    : `near it: ${close.slice(0, 6).join(', ')}`;
}

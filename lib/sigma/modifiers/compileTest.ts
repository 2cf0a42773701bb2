import type { Truth } from '../../base/truth';
import { inCidr } from '../../events/addresses';
import { fold } from '../fold';
import { type FieldValue, type Literals, type SigmaTest, UNKNOWN } from '../rule';
import { type Budget, spend, VALUES_MAX } from './budget';
import { type Chain, readChain } from './chain';
import { quoted, SigmaFault } from './fault';
import { hashesValue } from './hashesValue';
import { compares, numberOf, timePartOf } from './numbers';
import { expandPlaceholders, type Placeholders } from './placeholders';
import { regexValue } from './regexValue';
import { textValue } from './textValue';
import { allTruth, anyTruth, literalsOfAll, literalsOfAny, type ValueTest } from './valueTest';

/** A value as the rule's YAML gives it, and as text. */
export type RuleValue = { readonly value: string | number | boolean | null; readonly text: string };

/** What compiling a rule draws on. */
export type Compiling = { readonly budget: Budget; readonly placeholders: Placeholders };

/**
 * Compiles `field|modifier…: values`; no field (``, `|all`): words looked for in every value of the record. Throws a
 * SigmaFault that says what is wrong with the modifiers or a value.
 */
export function compileTest(key: string, values: readonly RuleValue[], compiling: Compiling): SigmaTest {
  const [name = '', ...modifiers] = key.split('|');
  const field = name === '' ? undefined : name;
  const chain = readChain(modifiers, field);
  const base = { field, modifiers };
  spend(compiling.budget, 'tests', 1);
  if (values.length === 0) throw new SigmaFault(`${quoted(key)} has no value; give it one`);
  if (values.length > VALUES_MAX)
    throw new SigmaFault(`a test has at most ${VALUES_MAX} values, ${quoted(key)} has ${values.length}`);
  if (values.some(({ value }) => value === null)) return nullTest(base, chain, values, compiling);
  if (chain.kind === 'exists') return existsTest(base, values);
  if (chain.kind === 'fieldref') return fieldTest(base, chain, values);
  return valuesTest(base, chain, expanded(values, chain, compiling), compiling.budget);
}

type Base = { readonly field: string | undefined; readonly modifiers: readonly string[] };

/** Null is a field that is not there; in a list it is one way among others. */
function nullTest(base: Base, chain: Chain, values: readonly RuleValue[], compiling: Compiling): SigmaTest {
  if (base.field === undefined)
    throw new SigmaFault('null needs a field; it means that the field is missing');
  const wrong = base.modifiers.find((modifier) => modifier !== 'neq');
  if (wrong !== undefined)
    throw new SigmaFault(`null takes no modifier "${wrong}"; it means that the field is missing`);
  const others = values.filter(({ value }) => value !== null);
  if (others.length === 0) return presenceTest(base, chain.negated, 'null');
  const test = valuesTest(base, chain, expanded(others, chain, compiling), compiling.budget);
  const { literals: _none, ...besides } = test;
  return {
    ...besides,
    key: JSON.stringify(['null', test.key]),
    expected: ['null', ...test.expected],
    judge: (value, other) =>
      value !== UNKNOWN && isMissing(value) ? !chain.negated : test.judge(value, other),
    found: (value, other) =>
      value !== UNKNOWN && isMissing(value)
        ? { expected: 'null', value: '' }
        : (test.found?.(value, other) ?? { expected: 'null', value: '' }),
  };
}

function existsTest(base: Base, values: readonly RuleValue[]): SigmaTest {
  const [only] = values;
  const wanted = only?.text.toLowerCase();
  if (values.length > 1 || (wanted !== 'true' && wanted !== 'false'))
    throw new SigmaFault('"exists" takes one value, true or false');
  return presenceTest(base, wanted === 'true', wanted);
}

/** Whether the field is there, whatever it holds; an empty text is there. */
function presenceTest(base: Base, wanted: boolean, expected: string): SigmaTest {
  return {
    ...base,
    key: JSON.stringify([base.field, 'exists', wanted]),
    expected: [expected],
    others: [],
    judge: (value) => (value === UNKNOWN ? undefined : !isMissing(value) === wanted),
    found: (value) => ({ expected, value: firstOf(value) ?? '' }),
  };
}

function expanded(
  values: readonly RuleValue[],
  chain: Chain,
  { budget, placeholders }: Compiling,
): readonly RuleValue[] {
  const all = chain.expand ? expandedValues(values, chain.kind === 're', placeholders) : values;
  spend(budget, 'values', all.length);
  spend(
    budget,
    'characters',
    all.reduce((sum, { text }) => sum + text.length, 0),
  );
  return all;
}

/** Counted value by value: each may come to as many as all of them may. */
function expandedValues(
  values: readonly RuleValue[],
  isRegex: boolean,
  placeholders: Placeholders,
): readonly RuleValue[] {
  const all: RuleValue[] = [];
  for (const { text } of values) {
    for (const one of expandPlaceholders(text, placeholders, isRegex)) all.push({ value: one, text: one });
    if (all.length > VALUES_MAX)
      throw new SigmaFault(`the placeholders of this test come to more than ${VALUES_MAX} values`);
  }
  return all;
}

function valuesTest(base: Base, chain: Chain, values: readonly RuleValue[], budget: Budget): SigmaTest {
  const tests = values.map((value) => valueTest(value, base, chain, budget));
  const { all, negated } = chain;
  const some =
    tests.length > 20 && !all
      ? someOf(tests)
      : (text: string): Truth => anyTruth(tests, (test) => test.holds(text));
  const holds = all
    ? (texts: readonly string[]): Truth => allTruth(tests, (test) => anyTruth(texts, test.holds))
    : (texts: readonly string[]): Truth => anyTruth(texts, some);
  const literals = negated ? undefined : all ? literalsOfAll(tests) : literalsOfAny(tests);
  return {
    ...base,
    key: keyOf(
      base,
      chain,
      tests.map(({ id }) => id),
    ),
    expected: tests.map(({ expected }) => expected),
    others: [],
    judge: (value) => {
      if (value === UNKNOWN) return undefined;
      if (value === undefined) return negated;
      const truth = holds(typeof value === 'string' ? [value] : value);
      return truth === undefined ? undefined : truth !== negated;
    },
    found: (value) => findOf(tests, value),
    ...(usable(literals) ? { literals } : {}),
    size: sizeOf(tests),
  };
}

function sizeOf(tests: readonly ValueTest[]): { characters: number; regexSteps: number } {
  let [characters, regexSteps] = [0, 0];
  for (const test of tests) {
    characters += test.id.length;
    regexSteps += test.regexSteps ?? 0;
  }
  return { characters, regexSteps };
}

/** Long lists of whole values (hashes, names) are looked up rather than tried. */
function someOf(tests: readonly ValueTest[]): (text: string) => Truth {
  const whole = new Set<string>();
  const others: ValueTest[] = [];
  for (const test of tests) {
    const text =
      test.id.startsWith('i') && test.literals?.place === 'equals' ? test.literals.texts : undefined;
    const [only] = text ?? [];
    if (text?.length === 1 && only !== undefined) whole.add(only);
    else others.push(test);
  }
  return (text) => whole.has(fold(text)) || anyTruth(others, (test) => test.holds(text));
}

function valueTest(value: RuleValue, base: Base, chain: Chain, budget: Budget): ValueTest {
  switch (chain.kind) {
    case 're':
      return regexValue(value.text, chain.flags, budget);
    case 'cidr':
      return blockValue(value.text);
    case 'compare':
      return numberValue(value, chain);
    default:
      return hashesValue(textValue(value.text, chain, base.field === undefined, budget), base.field);
  }
}

function blockValue(block: string): ValueTest {
  const [address = ''] = block.split('/');
  if (!inCidr(address, block))
    throw new SigmaFault(`${quoted(block)} is no block of addresses; write one as 10.0.0.0/8 or fe80::/10`);
  return {
    expected: block,
    id: `n${block}`,
    holds: (text) => text.length < 100 && inCidr(text.trim(), block),
  };
}

function numberValue({ text }: RuleValue, { comparison, timePart }: Chain): ValueTest {
  const limit = numberOf(text);
  if (limit === undefined)
    throw new SigmaFault(`"${comparison ?? timePart}" needs a number, not ${quoted(text)}`);
  return {
    expected: text,
    id: `#${comparison ?? ''}${timePart ?? ''}${limit}`,
    holds: (value) => {
      const number = timePart === undefined ? numberOf(value) : timePartOf(value, timePart);
      return number !== undefined && compares(comparison, number, limit);
    },
  };
}

/** Compares with what another field of the record holds. */
function fieldTest(base: Base, chain: Chain, values: readonly RuleValue[]): SigmaTest {
  const others = values.map(({ text }) => text);
  if (others.some((other) => other === '' || /[*?|]/.test(other)))
    throw new SigmaFault('"fieldref" takes names of fields, without wildcards and modifiers');
  const same = (value: FieldValue, other: FieldValue): Truth => {
    if (value === UNKNOWN || other === UNKNOWN) return undefined;
    return textsOf(value).some((text) => textsOf(other).some((one) => placedSame(text, one, chain)));
  };
  return {
    ...base,
    key: keyOf(base, chain, others),
    expected: others,
    others: [...new Set(others)],
    judge: (value, other) => {
      const truths = others.map((name) => same(value, other(name)));
      const truth = chain.all ? allOf(truths) : anyOf(truths);
      return truth === undefined ? undefined : truth !== chain.negated;
    },
    found: (value, other) => {
      const name = others.find((one) => same(value, other(one)) === true) ?? others[0];
      return { expected: name ?? '', value: firstOf(value) ?? '' };
    },
  };
}

function placedSame(text: string, other: string, { cased, place }: Chain): boolean {
  const [a, b] = cased ? [text, other] : [fold(text), fold(other)];
  switch (place) {
    case 'contains':
      return a.includes(b);
    case 'startswith':
      return a.startsWith(b);
    case 'endswith':
      return a.endsWith(b);
    default:
      return a === b;
  }
}

/** What in a value satisfied a test: the first of the rule's values that holds, else the first of each. */
function findOf(tests: readonly ValueTest[], value: FieldValue): { expected: string; value: string } {
  for (const test of tests) {
    const text = textsOf(value).find((one) => test.holds(one) === true);
    if (text !== undefined) return { expected: test.expected, value: text };
  }
  return { expected: tests[0]?.expected ?? '', value: firstOf(value) ?? '' };
}

/**
 * Order of values and of modifiers does not change how a test judges. Values tell by themselves where they are looked
 * for, and with which case; names of fields do not.
 */
function keyOf(base: Base, chain: Chain, ids: readonly string[]): string {
  const where = chain.kind === 'fieldref' ? [chain.place ?? '', chain.cased] : [];
  const how = [chain.kind, chain.all, chain.negated, ...where];
  return JSON.stringify([base.field ?? null, ...how, [...new Set(ids)].sort()]);
}

function usable(literals: Literals | undefined): literals is Literals {
  return literals !== undefined && literals.texts.length > 0 && !literals.texts.includes('');
}

function isMissing(value: Exclude<FieldValue, typeof UNKNOWN>): boolean {
  return value === undefined || (typeof value !== 'string' && value.length === 0);
}

function textsOf(value: FieldValue): readonly string[] {
  if (value === undefined || value === UNKNOWN) return [];
  return typeof value === 'string' ? [value] : value;
}

function firstOf(value: FieldValue): string | undefined {
  return textsOf(value)[0];
}

/** All hold; one that does not settles it, whatever is unknown. */
export function allOf(truths: readonly Truth[]): Truth {
  return truths.includes(false) ? false : truths.includes(undefined) ? undefined : true;
}

/** One holds; it settles it, whatever is unknown. */
export function anyOf(truths: readonly Truth[]): Truth {
  return truths.includes(true) ? true : truths.includes(undefined) ? undefined : false;
}

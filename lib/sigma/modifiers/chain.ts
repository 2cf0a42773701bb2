import { quoted, SigmaFault } from './fault';

const PLACES = ['contains', 'startswith', 'endswith'] as const;
const COMPARISONS = ['lt', 'lte', 'gt', 'gte'] as const;
const TIME_PARTS = ['minute', 'hour', 'day', 'week', 'month', 'year'] as const;
const WIDE = ['wide', 'utf16le', 'utf16be', 'utf16'] as const;
const BASE64 = ['base64', 'base64offset'] as const;
const REGEX_FLAGS = ['i', 'm', 's'] as const;
const OTHERS = ['all', 'neq', 'cased', 'exists', 'windash', 're', 'cidr', 'expand', 'fieldref'] as const;

type Place = (typeof PLACES)[number];
export type Comparison = (typeof COMPARISONS)[number];
export type TimePart = (typeof TIME_PARTS)[number];
/** What is done to a value before it is looked for, in the order written. */
export type Step = 'windash' | (typeof WIDE)[number] | (typeof BASE64)[number];

/** Every modifier of the specification. */
const SIGMA_MODIFIERS: readonly string[] = [
  ...PLACES,
  ...OTHERS,
  ...REGEX_FLAGS,
  ...BASE64,
  ...WIDE,
  ...COMPARISONS,
  ...TIME_PARTS,
];

/** What the modifiers of a field come to. */
export type Chain = {
  readonly kind: 'text' | 're' | 'cidr' | 'compare' | 'exists' | 'fieldref';
  readonly place: Place | undefined;
  readonly all: boolean;
  readonly negated: boolean;
  readonly cased: boolean;
  readonly expand: boolean;
  readonly steps: readonly Step[];
  readonly flags: { readonly i: boolean; readonly m: boolean; readonly s: boolean };
  readonly comparison: Comparison | undefined;
  readonly timePart: TimePart | undefined;
};

/** Modifiers each kind of test goes with, besides those that make it. */
const GOES_WITH: Readonly<Record<Chain['kind'], readonly string[]>> = {
  text: [...PLACES, ...BASE64, ...WIDE, 'all', 'neq', 'cased', 'windash', 'expand'],
  re: ['all', 'neq', 'expand', ...REGEX_FLAGS],
  cidr: ['all', 'neq', 'expand'],
  compare: ['all', 'neq'],
  exists: [],
  fieldref: [...PLACES, 'all', 'neq', 'cased'],
};

/** Reads the modifiers of a field in their order; throws a fault for one that is unknown or cannot stand there. */
export function readChain(modifiers: readonly string[], field: string | undefined): Chain {
  if (modifiers.length > 12) throw new SigmaFault('a field has at most 12 modifiers');
  for (const modifier of modifiers) {
    if (!SIGMA_MODIFIERS.includes(modifier))
      throw new SigmaFault(
        modifier === ''
          ? 'a modifier is missing between two "|" or behind the last one'
          : `${quoted(modifier)} is not a modifier; there are ${SIGMA_MODIFIERS.join(', ')}`,
      );
  }
  const twice = modifiers.find((modifier, i) => modifiers.indexOf(modifier) !== i);
  if (twice !== undefined) throw new SigmaFault(`the modifier "${twice}" stands twice; leave one out`);
  const has = (modifier: string): boolean => modifiers.includes(modifier);
  const kind = kindOf(modifiers);
  for (const modifier of modifiers) {
    if (!MAKES[kind].includes(modifier) && !GOES_WITH[kind].includes(modifier))
      throw new SigmaFault(cannotJoin(kind, modifier, modifiers));
  }
  const places = PLACES.filter(has);
  if (places.length > 1 && kind !== 'fieldref')
    throw new SigmaFault(`"${places[0]}" and "${places[1]}" cannot stand together; keep one`);
  if (
    kind === 're' &&
    REGEX_FLAGS.some((flag) => has(flag) && modifiers.indexOf(flag) < modifiers.indexOf('re'))
  )
    throw new SigmaFault('the flags i, m and s stand behind "re"');
  checkSteps(modifiers);
  if (field === undefined) checkKeyword(modifiers);
  return {
    kind,
    place: placeOf(places, kind, has('base64offset')),
    all: has('all'),
    negated: has('neq'),
    cased: has('cased'),
    expand: has('expand'),
    steps: modifiers.filter((modifier): modifier is Step => STEPS.includes(modifier)),
    flags: { i: has('i'), m: has('m'), s: has('s') },
    comparison: COMPARISONS.find(has),
    timePart: TIME_PARTS.find(has),
  };
}

const STEPS: readonly string[] = ['windash', ...WIDE, ...BASE64];

const MAKES: Readonly<Record<Chain['kind'], readonly string[]>> = {
  text: [],
  re: ['re'],
  cidr: ['cidr'],
  compare: [...COMPARISONS, ...TIME_PARTS],
  exists: ['exists'],
  fieldref: ['fieldref'],
};

function kindOf(modifiers: readonly string[]): Chain['kind'] {
  if (REGEX_FLAGS.some((flag) => modifiers.includes(flag)) && !modifiers.includes('re'))
    throw new SigmaFault('the flags i, m and s go with "re" only, as in "re|i"');
  const makers = modifiers.filter((modifier) => Object.values(MAKES).some((made) => made.includes(modifier)));
  const kinds = Object.keys(MAKES) as Chain['kind'][];
  const kind = kinds.find((one) => makers.some((maker) => MAKES[one].includes(maker))) ?? 'text';
  const comparisons = COMPARISONS.filter((one) => modifiers.includes(one));
  if (comparisons.length > 1)
    throw new SigmaFault(
      `"${comparisons[0]}" and "${comparisons[1]}" cannot stand together; write two selections for a range`,
    );
  if (TIME_PARTS.filter((part) => modifiers.includes(part)).length > 1)
    throw new SigmaFault('a field is asked for one part of its time; write two tests for two parts');
  return kind;
}

function cannotJoin(kind: Chain['kind'], modifier: string, modifiers: readonly string[]): string {
  const maker = modifiers.find((one) => MAKES[kind].includes(one)) ?? modifiers[0] ?? '';
  const why: Readonly<Record<Chain['kind'], string>> = {
    text: '',
    re: 'a regular expression is taken as it is and finds its text anywhere',
    cidr: 'a block of addresses is taken as it is',
    compare: 'numbers are compared as they are',
    exists: 'it asks only whether the field is there',
    fieldref: "it compares with another field's value as it is",
  };
  return `"${maker}" and "${modifier}" cannot stand together: ${why[kind]}; leave one out`;
}

/** Text is made to bytes once, and bytes to Base64 once, in that order. */
function checkSteps(modifiers: readonly string[]): void {
  const wide = modifiers.filter((modifier) => (WIDE as readonly string[]).includes(modifier));
  const base64 = modifiers.filter((modifier) => (BASE64 as readonly string[]).includes(modifier));
  if (wide.length > 1) throw new SigmaFault(`"${wide[0]}" and "${wide[1]}" cannot stand together; keep one`);
  if (base64.length > 1) throw new SigmaFault('"base64" and "base64offset" cannot stand together; keep one');
  const place = (modifier: string | undefined): number =>
    modifier === undefined ? -1 : modifiers.indexOf(modifier);
  if (wide.length > 0 && base64.length > 0 && place(wide[0]) > place(base64[0]))
    throw new SigmaFault(`"${wide[0]}" stands before "${base64[0]}": the text is encoded first`);
  const encoded = Math.max(place(wide[0]), place(base64[0]));
  if (
    encoded >= 0 &&
    place('windash') > Math.min(...[place(wide[0]), place(base64[0])].filter((i) => i >= 0))
  )
    throw new SigmaFault('"windash" stands before what encodes the value');
  const located = PLACES.find((one) => modifiers.includes(one));
  if (base64.length > 0 && located !== undefined && place(located) < place(base64[0]))
    throw new SigmaFault(`"${located}" stands behind "${base64[0]}": wildcards cannot be encoded`);
}

function checkKeyword(modifiers: readonly string[]): void {
  const bad = modifiers.find((modifier) => !KEYWORD_MODIFIERS.includes(modifier));
  if (bad !== undefined)
    throw new SigmaFault(
      `"${bad}" needs a field before it; words without a field are looked for in the whole record`,
    );
}

const KEYWORD_MODIFIERS: readonly string[] = [
  ...['all', 'contains', 'cased', 'neq', 'windash', 'expand', 're'],
  ...[...REGEX_FLAGS, ...BASE64, ...WIDE],
];

/** A piece of Base64 found at any of three shifts can only be looked for inside a value. */
function placeOf(places: readonly Place[], kind: Chain['kind'], offset: boolean): Place | undefined {
  if (kind === 'fieldref' && places.includes('startswith') && places.includes('endswith')) return 'contains';
  return places[0] ?? (offset ? 'contains' : undefined);
}

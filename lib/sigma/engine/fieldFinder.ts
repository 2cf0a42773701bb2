import type { Literals } from '../rule';
import { createAutomaton, type Finder } from './automaton';
import { charClasses, foldText } from './charClasses';
import { createEdges } from './edges';

/** Longer literals are cut: what holds the whole holds its end as well, and memory stays in bounds. */
const MOST_WITHIN = 24;
const MOST_AT_EDGE = 64;

type Place = Literals['place'];
const PLACES = ['contains', 'endswith', 'startswith', 'equals'] as const satisfies readonly Place[];

/** A literal as the index looks for it: folded and cut. A value that holds the rule's literal holds this one. */
export function indexedLiteral(place: Place, text: string): { readonly place: Place; readonly text: string } {
  const folded = foldText(text);
  if (place === 'contains') return { place, text: folded.slice(-MOST_WITHIN) };
  if (folded.length <= MOST_AT_EDGE) return { place, text: folded };
  if (place === 'endswith') return { place, text: folded.slice(-MOST_AT_EDGE) };
  return { place: 'startswith', text: folded.slice(0, MOST_AT_EDGE) };
}

/** Literals of one field being gathered: each distinct one gets a number of the whole index. */
export type FieldLiterals = Readonly<Record<Place, Map<string, number>>>;

/** Nothing gathered yet. */
export function noLiterals(): FieldLiterals {
  return { contains: new Map(), endswith: new Map(), startswith: new Map(), equals: new Map() };
}

/** All literals of one field, to be found in its values. */
export type FieldFinder = {
  /** Calls back for each literal a value holds, maybe more than once for one. */
  readonly find: (value: string) => void;
  readonly bytes: number;
};

/** Compiles the literals of a field; `found` takes their numbers. */
export function createFieldFinder(literals: FieldLiterals, found: (literal: number) => void): FieldFinder {
  const classes = charClasses(PLACES.flatMap((place) => [...literals[place].keys()]));
  const finders: ((value: string) => void)[] = [];
  let bytes = 0;
  for (const place of PLACES) {
    if (literals[place].size === 0) continue;
    const texts = [...literals[place].keys()];
    const finder: Finder =
      place === 'contains' ? createAutomaton(texts, classes) : createEdges(texts, place, classes);
    const report = reporter(finder.sameAs, [...literals[place].values()], found);
    finders.push((value) => finder.find(value, report));
    bytes += finder.bytes;
  }
  return {
    find(value) {
      for (const find of finders) find(value);
    },
    bytes,
  };
}

/** Turns the finder's numbers into the index's; texts that it cannot tell apart are found together. */
function reporter(
  sameAs: Int32Array,
  numbers: readonly number[],
  found: (literal: number) => void,
): (text: number) => void {
  const own = Int32Array.from(numbers);
  const alike = new Map<number, number[]>();
  sameAs.forEach((text, number) => {
    if (text !== number) alike.set(text, [...(alike.get(text) ?? []), own[number] ?? 0]);
  });
  if (alike.size === 0) return (text) => found(own[text] as number);
  return (text) => {
    found(own[text] as number);
    for (const other of alike.get(text) ?? []) found(other);
  };
}

import type { Truth } from '../../base/truth';
import type { Literals } from '../rule';

/** One value of a rule, compiled. */
export type ValueTest = {
  /** As the rule writes it. */
  readonly expected: string;
  /** The same for values that judge alike. */
  readonly id: string;
  /** Unknown where a text is too long to tell. Never throws. */
  readonly holds: (text: string) => Truth;
  /** Steps of its regular expression; absent: it is none. */
  readonly regexSteps?: number;
  readonly literals?: Literals;
};

/**
 * What must be there when one of the values holds: all their literals, at the place they share, else anywhere.
 * Undefined when one of them tells nothing.
 */
export function literalsOfAny(tests: readonly ValueTest[]): Literals | undefined {
  let place: Literals['place'] | undefined;
  const texts = new Set<string>();
  for (const { literals } of tests) {
    if (literals === undefined) return undefined;
    place = place === undefined || place === literals.place ? literals.place : 'contains';
    for (const text of literals.texts) texts.add(text);
  }
  return place === undefined ? undefined : { place, texts: [...texts] };
}

/** What must be there when all of the values hold: of the one whose shortest text is longest. */
export function literalsOfAll(tests: readonly ValueTest[]): Literals | undefined {
  let best: Literals | undefined;
  let length = 0;
  for (const { literals } of tests) {
    if (literals === undefined) continue;
    const shortest = Math.min(...literals.texts.slice(0, 1_000).map((text) => text.length));
    if (shortest > length) {
      best = literals;
      length = shortest;
    }
  }
  return best;
}

/** Whether one of them holds: the first that does settles it, whatever is unknown. Makes no list, as it is asked often. */
export function anyTruth<One>(ones: readonly One[], holds: (one: One) => Truth): Truth {
  let any: Truth = false;
  for (const one of ones) {
    const truth = holds(one);
    if (truth === true) return true;
    if (truth === undefined) any = undefined;
  }
  return any;
}

/** Whether all of them hold: the first that does not settles it. */
export function allTruth<One>(ones: readonly One[], holds: (one: One) => Truth): Truth {
  let all: Truth = true;
  for (const one of ones) {
    const truth = holds(one);
    if (truth === false) return false;
    if (truth === undefined) all = undefined;
  }
  return all;
}

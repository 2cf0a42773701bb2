import type { Literals } from '../rule';

/** One value of a rule, compiled. */
export type ValueTest = {
  /** As the rule writes it. */
  readonly expected: string;
  /** The same for values that judge alike. */
  readonly id: string;
  readonly holds: (text: string) => boolean;
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

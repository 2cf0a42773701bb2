/** Grade of a join: by unique id or full path; by named reasoning; by time and user only; over a cut link. */
export type Strength = 'exact' | 'inferred' | 'weak' | 'broken';

const RANK: Readonly<Record<Strength, number>> = { exact: 0, inferred: 1, weak: 2, broken: 3 };

/** The weaker of two grades. */
export function weaker(a: Strength, b: Strength): Strength {
  return RANK[a] >= RANK[b] ? a : b;
}

/** Weakest of several; `exact` of none. */
export function weakest(strengths: Iterable<Strength>): Strength {
  let result: Strength = 'exact';
  for (const strength of strengths) result = weaker(result, strength);
  return result;
}

/** Negative when `a` is the stronger. */
export function compareStrength(a: Strength, b: Strength): number {
  return RANK[a] - RANK[b];
}

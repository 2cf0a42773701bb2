/**
 * Pseudo-random choices that are the same on every machine and every run. Generators are told apart by
 * name (`fork`), so that adding a choice to one part of a day does not move all others.
 */
export type Random = {
  /** A number in [0, 1). */
  readonly next: () => number;
  /** A whole number from `from` to `to`, both included. */
  readonly int: (from: number, to: number) => number;
  /** True with this probability. */
  readonly chance: (probability: number) => boolean;
  readonly pick: <Value>(values: readonly [Value, ...Value[]]) => Value;
  /** Lower-case hex digits. */
  readonly hex: (digits: number) => string;
  /** An independent generator for one purpose. */
  readonly fork: (purpose: string) => Random;
};

/** Mulberry32 seeded with the text: 32 bits of state, plenty for a stage set, useless for secrets. */
export function createRandom(seed: string): Random {
  let state = seedOf(seed);
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    int,
    chance: (probability) => next() < probability,
    pick: (values) => values[int(0, values.length - 1)] ?? values[0],
    hex(digits) {
      let text = '';
      while (text.length < digits)
        text += Math.floor(next() * 65_536)
          .toString(16)
          .padStart(4, '0');
      return text.slice(0, digits);
    },
    fork: (purpose) => createRandom(`${seed}/${purpose}`),
  };
}

/** FNV-1a, 32 bits. */
function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

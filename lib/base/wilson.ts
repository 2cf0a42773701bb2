/** 97.5 % quantile of the normal distribution: intervals of 95 %. */
const Z = 1.959963984540054;

/**
 * The share `hits` of `tries` with its 95 % interval by Wilson, which stays within 0 and 1 and is honest about few
 * tries. Null for none.
 */
export function wilson(hits: number, tries: number): { share: number; low: number; high: number } | null {
  if (tries <= 0) return null;
  const share = hits / tries;
  const square = (Z * Z) / tries;
  const middle = (share + square / 2) / (1 + square);
  const half = (Z * Math.sqrt((share * (1 - share) + square / 4) / tries)) / (1 + square);
  return { share, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

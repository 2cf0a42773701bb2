import { ALGORITHMS, type Hashes } from './stixMakers';

/**
 * The hashes of a file, with what other records tell of its path. When all of those agree there was one file, hashed
 * or not; else the path was written more than once, and only records that share a hash with the file are of it.
 */
export function completeHashes(own: Hashes, told: readonly Hashes[]): Hashes {
  let all = own;
  for (const one of told) {
    if (!agree(all, one)) return sharing(own, told);
    all = { ...all, ...one };
  }
  return all;
}

/** Grows as long as a record shares a hash with what is known by then. */
function sharing(own: Hashes, told: readonly Hashes[]): Hashes {
  const next = told.find(
    (one) =>
      agree(own, one) &&
      ALGORITHMS.some((algorithm) => own[algorithm] !== undefined && own[algorithm] === one[algorithm]) &&
      ALGORITHMS.some((algorithm) => own[algorithm] === undefined && one[algorithm] !== undefined),
  );
  return next === undefined ? own : sharing({ ...own, ...next }, told);
}

/** No algorithm gives two values. */
function agree(a: Hashes, b: Hashes): boolean {
  return ALGORITHMS.every(
    (algorithm) => a[algorithm] === undefined || b[algorithm] === undefined || a[algorithm] === b[algorithm],
  );
}

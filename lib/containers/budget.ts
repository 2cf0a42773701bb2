import type { UnpackLimits } from './limits';

/** What one upload has cost so far, over all its members and all levels of archives. */
export type UnpackBudget = {
  /** Bytes unpacked. */
  used: number;
  /** Entries of archives seen. */
  entries: number;
  readonly limits: UnpackLimits;
  /** Size of the upload as it was received, in bytes. */
  readonly uploadBytes: number;
};

/** A fresh budget for an upload of this many bytes. */
export function createBudget(limits: UnpackLimits, uploadBytes: number): UnpackBudget {
  return { used: 0, entries: 0, limits, uploadBytes };
}

/**
 * Why no more may be unpacked, for a person; null while there is room. `packed` and `unpacked` are the bytes of
 * the one stream at hand; the upload as a whole is held to the same ratio, so that many small bombs make none.
 */
export function overspent(budget: UnpackBudget, packed: number, unpacked: number): string | null {
  const { bytes, ratio, ratioFrom } = budget.limits;
  if (budget.used > bytes) return `unpacks to more than ${bytes} bytes; the rest was not read`;
  const dense = unpacked > ratioFrom && unpacked > packed * ratio;
  const denseAsWhole = budget.used > ratioFrom && budget.used > budget.uploadBytes * ratio;
  return dense || denseAsWhole ? `unpacks to more than ${ratio} times its size; the rest was not read` : null;
}

/** Counts one more entry of an archive; why it may not be read, or null. */
export function admitEntry(budget: UnpackBudget): string | null {
  budget.entries++;
  return budget.entries > budget.limits.entries
    ? `more than ${budget.limits.entries} files in the archive; the rest was not read`
    : null;
}

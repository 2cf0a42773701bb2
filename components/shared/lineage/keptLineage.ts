import type { LineageView } from '@/lib/contracts/lineage';

/** The last answer of one source that was good, and what failed since. */
export type KeptLineage = {
  readonly sourceKey: string;
  readonly view: LineageView;
  /** What that answer was asked to reveal. */
  readonly revealed: readonly string[];
  readonly failed: { readonly error: Error; readonly revealed: readonly string[] } | null;
};

/** How a read stands: an answer, an error, both (an older answer) or neither (still reading). */
type Read = {
  readonly sourceKey: string;
  readonly view: LineageView | undefined;
  readonly error: Error | null;
  readonly revealed: readonly string[];
};

/**
 * What to keep after a read: its answer; else the last good one of the same source, with what failed. The failure of a
 * read that revealed more outlives the answer to what is then asked instead. The same object when nothing changed.
 */
export function keptAfter(kept: KeptLineage | null, read: Read): KeptLineage | null {
  const { sourceKey, view, error, revealed } = read;
  const before = kept?.sourceKey === sourceKey ? kept : null;
  if (view === undefined && before === null) return null;
  if (error !== null) {
    if (before?.failed?.error === error && (view === undefined || view === before.view)) return kept;
    const failed = { error, revealed };
    if (view !== undefined) return { sourceKey, view, revealed, failed };
    return before === null ? null : { ...before, failed };
  }
  if (view === undefined || before === null)
    return view === undefined ? before : { sourceKey, view, revealed, failed: null };
  const { failed } = before;
  const lasts = failed !== null && failed.revealed !== revealed && before.revealed === revealed;
  if (before.view === view && before.revealed === revealed && (lasts || failed === null)) return before;
  return { sourceKey, view, revealed, failed: lasts ? failed : null };
}

import type { FindingList, FindingSummary } from '@/lib/contracts/findings';

/**
 * The rows to draw: the list as it was asked for, in its order, each with the newest content known. Rows decided here
 * leave a list that shows only undecided ones; rows decided by someone else stay, marked, until the list is asked for
 * again. `shown` is never mutated.
 */
export function queueRows(
  shown: readonly FindingList[],
  now: FindingList | undefined,
  hideDecided: boolean,
): FindingSummary[] {
  const newest = new Map(now?.items.map((item) => [item.id, item]));
  return shown
    .flatMap((page) => page.items)
    .filter((item) => !hideDecided || item.verdict === null)
    .map((item) => {
      const other = newest.get(item.id);
      return other && other.revision > item.revision ? other : item;
    });
}

/** Where focus goes when `gone` leave the list: the next row that stays, else the one before. */
export function rowAfter(rows: readonly { id: string }[], gone: readonly string[]): string | null {
  const leaving = new Set(gone);
  const last = rows.findLastIndex((row) => leaving.has(row.id));
  const next = rows.slice(last + 1).find((row) => !leaving.has(row.id));
  return (next ?? rows.slice(0, last).findLast((row) => !leaving.has(row.id)))?.id ?? null;
}

/** How many pages must be read again so that a row is still among them; at least one. */
export function pagesUpTo(shown: readonly FindingList[], id: string | null): number {
  const at = id === null ? -1 : shown.findIndex((page) => page.items.some((item) => item.id === id));
  return Math.max(1, at + 1);
}

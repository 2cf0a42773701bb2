import type { FindingList, FindingSummary } from '@/lib/contracts/findings';

export type QueueRows = {
  rows: FindingSummary[];
  /** Findings the server has and the shown list does not. */
  fresh: number;
};

/**
 * The rows to draw: the list as it was asked for, in its order, each with the newest content known. Rows decided here
 * leave a list that shows only undecided ones; rows decided by someone else stay, marked, until the list is asked for
 * again. `shown` is never mutated.
 */
export function queueRows(
  shown: readonly FindingList[],
  now: FindingList | undefined,
  hideDecided: boolean,
): QueueRows {
  const items = shown.flatMap((page) => page.items);
  const newest = new Map(now?.items.map((item) => [item.id, item]));
  const known = new Set(items.map((item) => item.id));
  const rows = items
    .filter((item) => !hideDecided || item.verdict === null)
    .map((item) => {
      const other = newest.get(item.id);
      return other && other.revision > item.revision ? other : item;
    });
  const complete = shown.at(-1)?.nextCursor === null;
  const lastSeen = items.reduce((latest, item) => (item.createdAt > latest ? item.createdAt : latest), '');
  const fresh = (now?.items ?? []).filter(
    (item) => !known.has(item.id) && (complete || item.createdAt > lastSeen),
  ).length;
  return { rows, fresh };
}

/** Where focus goes when `gone` leave the list: the next row that stays, else the one before. */
export function rowAfter(rows: readonly { id: string }[], gone: readonly string[]): string | null {
  const leaving = new Set(gone);
  const last = rows.findLastIndex((row) => leaving.has(row.id));
  const next = rows.slice(last + 1).find((row) => !leaving.has(row.id));
  return (next ?? rows.slice(0, last).findLast((row) => !leaving.has(row.id)))?.id ?? null;
}

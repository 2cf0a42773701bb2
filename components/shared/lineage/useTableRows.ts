import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo } from 'react';
import type { LineageTree } from './lineageTree';

/** More rows than this are drawn as they come into sight. */
const ALL_ROWS = 200;
export const ROW = 32;

export type Rows = ReturnType<typeof useVirtualizer<HTMLDivElement, HTMLTableRowElement>>;

/** Places of the rows, and which are drawn; null where all are. */
export function useRows(tree: LineageTree, scroller: { current: HTMLDivElement | null }) {
  const places = useMemo(() => new Map(tree.items.map((item, place) => [item.id, place])), [tree]);
  const virtual: Rows = useVirtualizer<HTMLDivElement, HTMLTableRowElement>({
    count: tree.items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 20,
    enabled: tree.items.length > ALL_ROWS,
  });
  return { places, virtual: tree.items.length > ALL_ROWS ? virtual : null };
}

/** Rows to draw with the room kept for those left out before each; the row that has the focus always is one. */
export function drawnRows(
  count: number,
  virtual: Rows | null,
  active: number,
): { index: number; before: number }[] {
  if (virtual === null) return Array.from({ length: count }, (_, index) => ({ index, before: 0 }));
  const shown = virtual
    .getVirtualItems()
    .map((row) => ({ index: row.index, start: row.start, end: row.end }));
  const kept = virtual.measurementsCache[active];
  if (kept !== undefined && !shown.some((row) => row.index === active))
    shown.push({ index: active, start: kept.start, end: kept.end });
  shown.sort((a, b) => a.index - b.index);
  return shown.map((row, i) => ({ index: row.index, before: row.start - (shown[i - 1]?.end ?? 0) }));
}

/** Height of the rows below the last one drawn. */
export function restBelow(virtual: Rows, drawn: readonly { index: number }[]): number {
  const last = virtual.measurementsCache[drawn.at(-1)?.index ?? -1];
  return Math.max(0, virtual.getTotalSize() - (last?.end ?? 0));
}

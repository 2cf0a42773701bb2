import { useVirtualizer, type VirtualItem } from '@tanstack/react-virtual';
import { type RefObject, useEffect } from 'react';

/** Rows from the end at which more are asked for. */
const AHEAD = 40;

/**
 * The rows of a list to draw: those in sight of `scroller` and a few around them; near the last of `count` it calls
 * `onNearEnd`. All rows are `row` CSS pixels high, below a heading of `heading` that stays. `firstHeight` is the height
 * taken before the scroller is measured, without it no row is there with the first paint.
 */
export function useDrawnRows(list: {
  count: number;
  row: number;
  heading: number;
  scroller: RefObject<HTMLElement | null>;
  onNearEnd: () => void;
  firstHeight?: number;
}): { drawn: readonly VirtualItem[]; height: number } {
  const { count, row, heading, scroller, onNearEnd, firstHeight } = list;
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => row,
    overscan: 12,
    scrollPaddingStart: heading,
    ...(firstHeight === undefined ? {} : { initialRect: { width: 0, height: firstHeight } }),
  });
  const drawn = virtual.getVirtualItems();
  const nearEnd = (drawn.at(-1)?.index ?? 0) >= count - AHEAD;
  useEffect(() => {
    if (nearEnd) onNearEnd();
  });
  return { drawn, height: virtual.getTotalSize() };
}

/**
 * Scrolls a row into sight, as little as needed and nothing but its own scroller: a page that holds a table must not
 * jump to it. A head covers the scroller's first `head` CSS pixels.
 */
export function scrollToRow(scroller: HTMLElement, row: HTMLElement, head: number): void {
  const [room, own] = [scroller.getBoundingClientRect(), row.getBoundingClientRect()];
  const top = room.top + head;
  if (own.top < top) scroller.scrollTop -= top - own.top;
  else if (own.bottom > room.bottom) scroller.scrollTop += own.bottom - room.bottom;
}

/**
 * The same for a list whose rows are all `row` CSS pixels high and are drawn only in sight, below a heading of
 * `heading` that stays.
 */
export function scrollToIndex(
  scroller: HTMLElement | null,
  index: number,
  { row, heading }: { row: number; heading: number },
): void {
  if (!scroller) return;
  const top = index * row;
  const room = scroller.clientHeight - heading;
  if (top < scroller.scrollTop) scroller.scrollTop = top;
  else if (top + row > scroller.scrollTop + room) scroller.scrollTop = top + row - room;
}

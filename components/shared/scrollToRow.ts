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

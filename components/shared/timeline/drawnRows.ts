/** A row that is drawn, and the pixels of rows left out above it. */
type DrawnRow = { index: number; above: number };

/**
 * The rows to draw of a long table: those in sight, and the active one wherever it is, since the row that has the focus
 * must not go away by scrolling. `inSight` is ascending; an active row that does not exist is left out.
 */
export function rowsToDraw(inSight: readonly number[], active: number, count: number): number[] {
  if (active < 0 || active >= count || inSight.includes(active)) return [...inSight];
  const before = inSight.filter((index) => index < active);
  return [...before, active, ...inSight.slice(before.length)];
}

/** Where drawn rows stand among `count` rows of one height: the room to leave above each, and below the last. */
export function roomAround(
  drawn: readonly number[],
  count: number,
  height: number,
): { rows: DrawnRow[]; below: number } {
  let next = 0;
  const rows = drawn.map((index) => {
    const above = (index - next) * height;
    next = index + 1;
    return { index, above };
  });
  return { rows, below: Math.max(0, count - next) * height };
}

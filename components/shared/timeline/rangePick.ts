import type { TimeWindow } from './timeScale';

/** A range being chosen: null while nobody does; `from` null until its first end is known. Times in microseconds. */
export type RangePick = { from: number | null } | null;

/**
 * Takes a moment that was pointed at. The first one of a range is kept, the second gives the window to show, whichever
 * comes first, with a little air so that what it begins and ends with is inside; one moment twice gives none.
 */
export function pickMoment(
  pick: RangePick,
  time: number,
): { pick: RangePick; window: TimeWindow | undefined } {
  if (pick === null) return { pick, window: undefined };
  if (pick.from === null) return { pick: { from: time }, window: undefined };
  if (pick.from === time) return { pick, window: undefined };
  return { pick: null, window: rangeWindow(pick.from, time) };
}

/** The window of a range between two moments in either order, with a fiftieth of air on both sides. */
export function rangeWindow(a: number, b: number): TimeWindow {
  const air = Math.max(500, Math.abs(b - a) / 50);
  return { from: Math.min(a, b) - air, to: Math.max(a, b) + air };
}

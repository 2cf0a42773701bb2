import type { PlacedStretch } from './timelineLanes';
import type { TimeScale, TimeWindow } from './timeScale';

/** Events that would lie on one another, or are known only by number, as a histogram. */
export type TimelineDensity = {
  laneId: string;
  x0: number;
  x1: number;
  y: number;
  count: number;
  bars: DensityBar[];
  from: number;
  to: number;
};
export type DensityBar = { x: number; width: number; count: number };

/** Pixels of a bar where the events are finer than the screen. */
export const DENSITY_BIN = 4;
/** Bars nearer than this belong to one histogram: it is pointed at, named and opened as one. */
const RUN_SPACING = 9;

type Bar = DensityBar & { from: number; to: number };

/**
 * The counts of one lane, in order of time, as bars: a column of four pixels for all that fall into it, or the stretch itself where it is
 * wider. Stretches that reach over an end of the window are cut there and counted whole. At most a bar per column.
 */
export function densityOfLane(
  laneId: string,
  y: number,
  stretches: readonly PlacedStretch[],
  marks: readonly { x: number; time: number }[],
  window: TimeWindow,
  scale: TimeScale,
): TimelineDensity[] {
  const columns = new Map<number, Bar>();
  const add = (x: number, width: number, count: number, from: number, to: number) => {
    const column = Math.floor(x / DENSITY_BIN);
    const bar = columns.get(column);
    if (bar === undefined) {
      columns.set(column, { x: column * DENSITY_BIN, width, count, from, to });
    } else {
      bar.count += count;
      bar.width = Math.max(bar.width, width);
      bar.from = Math.min(bar.from, from);
      bar.to = Math.max(bar.to, to);
    }
  };
  for (const mark of marks) add(mark.x, DENSITY_BIN - 1, 1, mark.time, mark.time);
  for (const stretch of stretches) {
    if (stretch.from > window.to) break;
    if (stretch.to <= window.from) continue;
    const [from, to] = [Math.max(stretch.from, window.from), Math.min(stretch.to, window.to)];
    const [x0, x1] = [scale.toX(from), scale.toX(to)];
    add(x0, Math.max(DENSITY_BIN - 1, x1 - x0 - 1), stretch.count, from, to);
  }
  return runsOf(
    laneId,
    y,
    [...columns.values()].sort((a, b) => a.x - b.x),
  );
}

function runsOf(laneId: string, y: number, bars: readonly Bar[]): TimelineDensity[] {
  const runs: TimelineDensity[] = [];
  for (const { x, width, count, from, to } of bars) {
    const run = runs.at(-1);
    if (run !== undefined && x - run.x1 < RUN_SPACING) {
      run.bars.push({ x, width, count });
      run.count += count;
      run.x1 = Math.max(run.x1, x + width);
      run.from = Math.min(run.from, from);
      run.to = Math.max(run.to, to);
    } else {
      runs.push({ laneId, x0: x, x1: x + width, y, count, bars: [{ x, width, count }], from, to });
    }
  }
  return runs;
}

/** Height of a bar in pixels, 3 to `most`: a root of its share of the highest, so that one event stays visible. */
export function barHeight(count: number, highest: number, most = 18): number {
  return 3 + (count / Math.max(highest, count, 12)) ** 0.45 * (most - 3);
}

import type { TimelineBlind } from './blindLanes';
import type { TimelineDensity } from './laneDensity';
import type { TimelineLayout, TimelineMark } from './layoutTimeline';

/** The mark nearest to a point, stage marks first where two are as near; undefined beyond `reach` pixels. */
export function nearestMark(
  layout: Pick<TimelineLayout, 'marks'>,
  x: number,
  y: number,
  reach = 14,
): TimelineMark | undefined {
  let best: TimelineMark | undefined;
  let bestDistance = reach;
  for (const mark of layout.marks) {
    const distance = Math.hypot(mark.x - x, mark.y - y) - (mark.event.stage === null ? 0 : 2);
    if (distance < bestDistance) [best, bestDistance] = [mark, distance];
  }
  return best;
}

/** The histogram a point lies on. */
export function densityAt(
  layout: Pick<TimelineLayout, 'density'>,
  x: number,
  y: number,
): TimelineDensity | undefined {
  return layout.density.find((run) => x >= run.x0 - 4 && x <= run.x1 + 4 && Math.abs(run.y - y) < 14);
}

/** The blind interval a point lies on. */
export function blindAt(
  layout: Pick<TimelineLayout, 'blind'>,
  x: number,
  y: number,
): TimelineBlind | undefined {
  return layout.blind.find((span) => x >= span.x0 && x <= span.x1 && y >= span.y && y < span.y + span.height);
}

import type { LaidLink, Point } from './layoutLineage';

/** SVG path of a link: level at both ends of each stretch, straight where two points share a coordinate. */
export function linkPath(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (first === undefined) return '';
  let path = `M${round(first.x)} ${round(first.y)}`;
  let at = first;
  for (const point of rest) {
    if (Math.abs(point.y - at.y) < 0.5 || Math.abs(point.x - at.x) < 0.5)
      path += `L${round(point.x)} ${round(point.y)}`;
    else if (point.x < at.x) path += backwards(at, point);
    else {
      const middle = (at.x + point.x) / 2;
      path += `C${round(middle)} ${round(at.y)} ${round(middle)} ${round(point.y)} ${round(point.x)} ${round(point.y)}`;
    }
    at = point;
  }
  return path;
}

/** An effect drawn left of its cause: below both, so that the line is not taken for parentage. */
function backwards(from: Point, to: Point): string {
  const low = Math.max(from.y, to.y) + 28;
  return `C${round(from.x)} ${round(low)} ${round(to.x)} ${round(low)} ${round(to.x)} ${round(to.y)}`;
}

/** The two halves of a broken link, with room between them for the words that say why. */
export function brokenPaths(
  points: readonly Point[],
  gap = 10,
): { before: string; after: string; at: Point } {
  const last = points.at(-1);
  const beforeLast = points.at(-2);
  if (last === undefined || beforeLast === undefined) return { before: '', after: '', at: { x: 0, y: 0 } };
  const at = { x: (beforeLast.x + last.x) / 2, y: (beforeLast.y + last.y) / 2 };
  const lead = [...points.slice(0, -1), { x: at.x - gap, y: at.y }];
  return { before: linkPath(lead), after: linkPath([{ x: at.x + gap, y: at.y }, last]), at };
}

/** Dashes of each grade; the same on every screen. */
export function dashOf(strength: LaidLink['strength']): string | undefined {
  return { exact: undefined, inferred: '5 4', weak: '1.5 4', broken: undefined }[strength];
}

const round = (value: number) => Math.round(value * 10) / 10;

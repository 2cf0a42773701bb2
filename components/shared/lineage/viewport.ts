import type { Box, LaidLink } from './layoutLineage';

/** How much of an item is drawn: all of it, its shape, or only its place on a canvas. */
export type Detail = 'full' | 'plain' | 'canvas';

/** Below this scale nothing written on an item could be read. */
const READ_FROM = 0.35;
/** As many items as a document bears at display rate, with all that is written on them, and as mere shapes. */
const MOST_READABLE = 400;
const MOST_ITEMS = 600;
/** How far beyond what is seen is drawn, in lengths of it, so that a small move draws nothing anew. */
const MARGIN = 0.3;

export type Culled = {
  /** The part of the drawing that is drawn. */
  readonly area: Box;
  readonly ids: readonly string[];
  readonly links: readonly LaidLink[];
  readonly detail: Detail;
  /** Whether what is written could be read at this scale. */
  readonly readable: boolean;
};

/** What has to be drawn when `seen` is seen at scale `k`. Linear in items, without allocating for those left out. */
export function cull(
  seen: Box & { k: number },
  boxes: ReadonlyMap<string, Box>,
  links: readonly LaidLink[],
): Culled {
  const area = {
    x: seen.x - seen.width * MARGIN,
    y: seen.y - seen.height * MARGIN,
    width: seen.width * (1 + 2 * MARGIN),
    height: seen.height * (1 + 2 * MARGIN),
  };
  const ids: string[] = [];
  for (const [id, box] of boxes) if (meets(area, box)) ids.push(id);
  const readable = seen.k >= READ_FROM;
  const detail =
    ids.length > MOST_ITEMS ? 'canvas' : readable && ids.length <= MOST_READABLE ? 'full' : 'plain';
  const drawn = links.filter((link) => (detail !== 'canvas' || link.onPath) && linkMeets(area, link));
  // What runs through cause and effect lies over everything else.
  drawn.sort((a, b) => Number(a.onPath) - Number(b.onPath));
  return { area, ids, links: drawn, detail, readable };
}

/** Whether what was drawn no longer does for what is seen now. */
export function isStale(culled: Culled, seen: Box & { k: number }): boolean {
  const { area } = culled;
  const inside =
    seen.x >= area.x &&
    seen.y >= area.y &&
    seen.x + seen.width <= area.x + area.width &&
    seen.y + seen.height <= area.y + area.height;
  const wasteful = area.width > seen.width * 4;
  return !inside || wasteful || seen.k >= READ_FROM !== culled.readable;
}

/** Whether what was drawn is around another view than this one, if only by a little. */
export function hasMoved({ area }: Culled, seen: Box & { k: number }): boolean {
  const apart = (one: number, other: number) => Math.abs(one - other) * seen.k > 1;
  return (
    apart(area.x, seen.x - seen.width * MARGIN) ||
    apart(area.y, seen.y - seen.height * MARGIN) ||
    apart(area.width, seen.width * (1 + 2 * MARGIN))
  );
}

export function meets(area: Box, box: Box): boolean {
  return (
    box.x < area.x + area.width &&
    area.x < box.x + box.width &&
    box.y < area.y + area.height &&
    area.y < box.y + box.height
  );
}

/** Lines stay between the lowest and highest of their points, but for one that runs backwards. */
function linkMeets(area: Box, link: LaidLink): boolean {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of link.points) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  return (
    right >= area.x && left <= area.x + area.width && bottom + 40 >= area.y && top <= area.y + area.height
  );
}

/** A view as the address says it: the middle relative to a point that every drawing of this lineage has, and the scale. */
export function formatPlace(seen: Box & { k: number }, origin: Box | undefined): string {
  const x = seen.x + seen.width / 2 - (origin?.x ?? 0);
  const y = seen.y + seen.height / 2 - (origin?.y ?? 0);
  return `${Math.round(x)}_${Math.round(y)}_${Number(seen.k.toPrecision(3))}`;
}

/** Reads such a text; undefined for none and for what is not one. */
export function parsePlace(
  text: string | null,
  origin: Box | undefined,
): { x: number; y: number; k: number } | undefined {
  const [x, y, k, ...rest] = (text ?? '').split('_').map((part) => (part === '' ? Number.NaN : Number(part)));
  if (x === undefined || y === undefined || k === undefined || rest.length > 0) return undefined;
  if (![x, y, k].every(Number.isFinite) || k <= 0) return undefined;
  return { x: x + (origin?.x ?? 0), y: y + (origin?.y ?? 0), k };
}

import { boundsOf } from './inkLineage';
import type { Box, LineageLayout } from './layoutLineage';
import { pathTo } from './lineageTree';
import type { ZoomControls } from './useZoom';

/** Below this the writing on a node is too small to read at arm's length. */
const READABLE = 0.6;
const COMFORTABLE = 0.78;
const PADDING = 28;

/**
 * The view a reader meets: the whole path to its last effect with all that led to it where that can be read, else the
 * path, else the stages and what they made, else the beginning of them with the anchor in sight.
 */
export function firstView(
  zoom: ZoomControls,
  layout: LineageLayout,
  selectedId: string | null,
  anchorId: string | null,
): void {
  const seen = zoom.seen();
  const room = { width: seen.width * seen.k, height: seen.height * seen.k };
  const path = [...layout.nodes.filter((node) => node.item.process.onPath), ...layout.artefacts];
  const wanted = [
    ...(path.length > 0 ? [boundsOf(withAncestors(path, layout)), boundsOf(path)] : []),
    layout.pathBounds,
  ];
  const whole = wanted.find((box) => scaleOf(box, room) >= READABLE);
  if (whole !== undefined) {
    zoom.frame(whole, { most: 1 });
    return;
  }
  const anchor = layout.boxes.get(anchorId ?? '') ?? layout.boxes.get(selectedId ?? '');
  const start = layout.pathBounds;
  const middle = anchor ?? start;
  zoom.centre(
    start.x - PADDING / COMFORTABLE + room.width / COMFORTABLE / 2,
    middle.y + Math.min(middle.height, room.height) / 2,
    COMFORTABLE,
    false,
  );
  if (anchor !== undefined) zoom.reveal(anchor);
}

function withAncestors(path: readonly { id: string }[], layout: LineageLayout): Box[] {
  const ids = new Set(path.flatMap(({ id }) => pathTo(layout.tree, id)));
  return [...ids].flatMap((id) => layout.boxes.get(id) ?? []);
}

function scaleOf(box: Box, room: { width: number; height: number }): number {
  return Math.min(
    (room.width - 2 * PADDING) / Math.max(1, box.width),
    (room.height - 2 * PADDING) / Math.max(1, box.height),
  );
}

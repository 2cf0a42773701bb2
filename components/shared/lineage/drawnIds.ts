import type { LineageLayout } from './layoutLineage';
import type { Culled } from './viewport';

/** What stands in the document: what is near what is seen, and always what has or may get the focus. */
export function drawnIds(
  culled: Culled | null,
  layout: LineageLayout,
  always: readonly (string | null)[],
): readonly string[] {
  const near =
    culled === null
      ? []
      : culled.detail === 'canvas'
        ? culled.ids.filter((id) => isOnPath(layout, id))
        : culled.ids.filter((id) => layout.boxes.has(id));
  const there = new Set(near);
  const more = always.filter((id): id is string => id !== null && layout.boxes.has(id) && !there.has(id));
  return [...new Set(more), ...near];
}

/** The item whose box holds a point of the drawing; undefined where there is none. */
export function itemAt(layout: LineageLayout, x: number, y: number): string | undefined {
  for (const [id, box] of layout.boxes)
    if (x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height) return id;
  return undefined;
}

function isOnPath(layout: LineageLayout, id: string): boolean {
  const item = layout.tree.byId.get(id);
  return item?.type === 'artefact' || (item?.type === 'process' && item.process.onPath);
}

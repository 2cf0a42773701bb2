import type { EventKind } from './describeItem';
import type { LineageTree } from './lineageTree';
import { moveInTree } from './walkLineage';

/** What the keys of the drawing do. */
export type GraphKeys = {
  focus: (id: string) => void;
  select: (id: string) => void;
  open: (id: string) => void;
  close: (id: string) => void;
  level: (step: 1 | -1) => void;
  /** In pixels of the screen. */
  pan: (dx: number, dy: number) => void;
  events: ((entityId: string, kinds: readonly EventKind[]) => void) | undefined;
};

/** How far Shift and an arrow move the drawing, in pixels. */
const STEP = 80;
const PANS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [STEP, 0],
  ArrowRight: [-STEP, 0],
  ArrowUp: [0, STEP],
  ArrowDown: [0, -STEP],
};

/** Does what a key means on an item of the drawing; false when it means nothing here. */
export function pressInGraph(
  tree: LineageTree,
  id: string,
  { key, shiftKey }: { key: string; shiftKey: boolean },
  on: GraphKeys,
): boolean {
  const pan = shiftKey ? PANS[key] : undefined;
  if (pan !== undefined) {
    on.pan(...pan);
    return true;
  }
  const item = tree.byId.get(id);
  switch (key) {
    case 'Enter':
    case ' ':
      if (item?.type === 'fold') on.open(id);
      else on.select(id);
      return true;
    case '{':
    case '}':
      on.level(key === '{' ? 1 : -1);
      return true;
    case 'e':
      if (item?.type !== 'process' || on.events === undefined) return false;
      on.events(id, []);
      return true;
    default: {
      const move = moveInTree(tree, id, key, 'graph');
      if (move === undefined) return false;
      if ('to' in move) on.focus(move.to);
      else if ('open' in move) on.open(move.open);
      else on.close(move.close);
      return true;
    }
  }
}

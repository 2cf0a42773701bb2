import { useEffect, useRef } from 'react';
import { type Folds, uncovered } from './foldMoves';
import type { LineageLayout } from './layoutLineage';
import type { Lineage } from './useLineage';

/**
 * Brings a process into the drawing, wherever it is hidden: asks the server for it, opens what the reader closed above
 * it, takes it out of its stack. Calls `onShown` once it is there, whether now or later; the last one asked for wins.
 */
export function useBringUp(props: {
  lineage: Lineage;
  layout: LineageLayout | null;
  folds: Folds;
  onFolds: (folds: Folds) => void;
  onShown: (id: string) => void;
}): (id: string) => void {
  const { layout, lineage, folds } = props;
  const wanted = useRef<string | null>(null);
  const tried = useRef(0);

  const goOn = () => {
    const id = wanted.current;
    if (id === null || layout === null || lineage.view === undefined) return;
    if (layout.boxes.has(id)) {
      wanted.current = null;
      props.onShown(id);
      return;
    }
    if (tried.current > 3) return;
    tried.current++;
    const next = uncovered(folds, ancestorsOf(id, lineage));
    if (next !== folds) props.onFolds(next);
    lineage.reveal([id]);
  };
  useEffect(goOn);

  return (id) => {
    wanted.current = id;
    tried.current = 0;
    goOn();
  };
}

/** Entity ids from the parent up, as far as they are loaded. */
function ancestorsOf(id: string, { view }: Lineage): string[] {
  const parents = new Map(view?.nodes.map((node) => [node.entityId, node.parentId]));
  const ancestors: string[] = [];
  for (let at = parents.get(id) ?? null; at !== null && !ancestors.includes(at); at = parents.get(at) ?? null)
    ancestors.push(at);
  return ancestors;
}

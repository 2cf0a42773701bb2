import { useEffect, useRef, useState } from 'react';
import { type Folds, uncovered } from './foldMoves';
import type { LineageDrawing } from './useLayout';
import type { Lineage } from './useLineage';

/** As many answers are waited for; a process that is in none of them is not drawn for a reason no answer will mend. */
const MOST_TRIES = 4;

/**
 * Brings a process into the drawing, wherever it is hidden: asks the server for it, opens what the reader closed above
 * it, takes it out of its stack. Calls `onShown` once it is there, whether now or later; the last one asked for wins.
 * `missing` is the id of one that could not be brought, until another is asked for.
 */
export function useBringUp(props: {
  lineage: Lineage;
  drawing: LineageDrawing;
  folds: Folds;
  onFolds: (folds: Folds) => void;
  onShown: (id: string) => void;
}): { bringUp: (id: string) => void; missing: string | null } {
  const { lineage, drawing, folds } = props;
  const { layout } = drawing;
  const wanted = useRef<string | null>(null);
  const tries = useRef(0);
  /** What had failed already when it was asked for. */
  const failedBefore = useRef<Error | null>(null);
  const [missing, setMissing] = useState<string | null>(null);

  const goOn = () => {
    const id = wanted.current;
    if (id === null || layout === null || lineage.view === undefined) return;
    if (layout.boxes.has(id)) {
      wanted.current = null;
      props.onShown(id);
      return;
    }
    const failed = lineage.problem !== null && lineage.problem.error !== failedBefore.current;
    if (failed) wanted.current = null;
    // What is on its way may hold it.
    if (failed || lineage.isReading || drawing.isLayingOut) return;
    const next = uncovered(folds, ancestorsOf(id, lineage));
    const known = lineage.revealed.has(id);
    if (tries.current++ >= MOST_TRIES || (next === folds && known)) {
      wanted.current = null;
      setMissing(id);
      return;
    }
    if (next !== folds) props.onFolds(next);
    if (!known) lineage.reveal([id]);
  };
  // Not with every render: pointing at things renders, and is no reason to try again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only an answer, or what is drawn of it, lets it go on
  useEffect(goOn, [layout, lineage.view, lineage.isReading, lineage.problem?.error, drawing.isLayingOut]);

  const bringUp = (id: string) => {
    wanted.current = id;
    tries.current = 0;
    failedBefore.current = lineage.problem?.error ?? null;
    setMissing(null);
    goOn();
  };
  return { bringUp, missing };
}

/** Entity ids from the parent up, as far as they are loaded. */
function ancestorsOf(id: string, { view }: Lineage): readonly string[] {
  const parents = new Map(view?.nodes.map((node) => [node.entityId, node.parentId]));
  const ancestors = new Set<string>();
  for (let at = parents.get(id) ?? null; at !== null && !ancestors.has(at); at = parents.get(at) ?? null)
    ancestors.add(at);
  return [...ancestors];
}

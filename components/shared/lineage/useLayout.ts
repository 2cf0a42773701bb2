import { useEffect, useMemo, useRef, useState } from 'react';
import type { LineageView } from '@/lib/contracts/lineage';
import { draftLayout, finishLayout, type LineageLayout, layoutLineage } from './layoutLineage';
import type { TreeOptions } from './lineageTree';
import { placeInWorker } from './placeInWorker';

/** As many processes are laid out at once, without anyone noticing. */
const AT_ONCE = 800;

export type LineageDrawing = {
  /** Null until there is a first one. */
  layout: LineageLayout | null;
  isLayingOut: boolean;
  /** Why this view could not be laid out; what is drawn then is the one before it. */
  failed: { error: Error; retry: () => void } | null;
};

type Failure = { view: LineageView; options: TreeOptions; error: Error };

/**
 * The layout of a view: at once when it is small, else in slices and in a worker, while the drawing before it stays.
 * `options` must be the same object as long as they are the same.
 */
export function useLayout(view: LineageView, options: TreeOptions): LineageDrawing {
  const small = view.nodes.length <= AT_ONCE;
  const direct = useMemo(() => (small ? layoutLineage(view, options) : null), [small, view, options]);
  const [late, setLate] = useState<{ view: LineageView; options: TreeOptions; layout: LineageLayout } | null>(
    null,
  );
  const last = useRef<LineageLayout | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const failed = failure !== null && failure.view === view && failure.options === options;
  useEffect(() => {
    if (small || failed) return;
    let wanted = true;
    layoutInSlices(view, options).then(
      (layout) => {
        if (wanted) setLate({ view, options, layout });
      },
      (reason: unknown) => {
        const error = reason instanceof Error ? reason : new Error(String(reason));
        if (wanted) setFailure({ view, options, error });
      },
    );
    return () => {
      wanted = false;
    };
  }, [small, view, options, failed]);
  const ready = late !== null && late.view === view && late.options === options;
  const layout = direct ?? (ready ? late.layout : (last.current ?? late?.layout ?? null));
  last.current = layout;
  return {
    layout,
    isLayingOut: !small && !ready && !failed,
    failed: failed && !small ? { error: failure.error, retry: () => setFailure(null) } : null,
  };
}

/** `layoutLineage` with a breath for the page between its steps. */
async function layoutInSlices(view: LineageView, options: TreeOptions): Promise<LineageLayout> {
  await breath();
  const draft = draftLayout(view, options);
  const placement = await placeInWorker(draft.shape);
  await breath();
  return finishLayout(draft, placement);
}

function breath(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

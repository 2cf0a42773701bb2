import { useEffect, useRef } from 'react';
import type { LineageLayout } from './layoutLineage';

/**
 * Follows what is selected elsewhere on the screen into the drawing: `onShow` for what is drawn, `onBringUp` for what
 * is hidden. Each selection once, so that a branch closed over it then stays closed; and never the first when it is in
 * the drawing already, because the address says where that is looked at. Answers how to say that a selection was made
 * here, which needs no following.
 */
export function useFollowSelection(props: {
  selectedId: string | null;
  layout: LineageLayout | null;
  onShow: (id: string) => void;
  onBringUp: (id: string) => void;
}): (id: string) => void {
  const { selectedId, layout } = props;
  const followed = useRef<string | null>(null);
  const isFirst = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another selection, or the first drawing, is followed
  useEffect(() => {
    if (layout === null || selectedId === followed.current) return;
    followed.current = selectedId;
    if (selectedId === null) return;
    const first = isFirst.current;
    isFirst.current = false;
    if (!layout.boxes.has(selectedId)) {
      // An artefact comes with the path; there is no asking for one.
      if (!selectedId.startsWith('artefact:')) props.onBringUp(selectedId);
    } else if (!first) props.onShow(selectedId);
  }, [selectedId, layout]);
  return (id) => {
    followed.current = id;
    isFirst.current = false;
  };
}

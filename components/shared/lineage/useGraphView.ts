import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { firstView } from './firstView';
import type { LineageCanvasHandle } from './LineageCanvas';
import type { LineageLayout } from './layoutLineage';
import { useZoom, type ZoomControls } from './useZoom';
import { type Culled, cull, formatPlace, hasMoved, isStale, parsePlace } from './viewport';

/** A move is told to the address when it has come to rest for so long. */
const REST_MS = 250;

export type GraphView = {
  zoom: ZoomControls;
  /** What has to be drawn; null until the drawing has a size. */
  culled: Culled | null;
  canvas: RefObject<LineageCanvasHandle | null>;
  /** Calls back after every move; answers how to stop that. */
  onMoves: (listener: () => void) => () => void;
  /** The item that stays where it is on the screen when the layout changes next. */
  hold: (id: string) => void;
};

/** What of a drawing is seen: the first view, moves told to the address, what is drawn, and steadiness across layouts. */
export function useGraphView(props: {
  layout: LineageLayout;
  selectedId: string | null;
  anchorId: string | null;
  /** Where the address says the view is, and how it is told of a move. */
  at: string | null;
  onAt: ((at: string) => void) | undefined;
}): GraphView {
  const { layout, selectedId, anchorId } = props;
  const { boxes, tree } = layout;
  const firstId = tree.items[0]?.id ?? null;
  const origin = boxes.get(anchorId ?? '') ?? boxes.get(firstId ?? '');
  const canvas = useRef<LineageCanvasHandle>(null);
  const [culled, setCulled] = useState<(Culled & { layout: LineageLayout }) | null>(null);
  const latest = useRef(culled);

  /** Draws other items when what is seen has left what is drawn; at rest, exactly what belongs to this view. */
  const look = (zoom: ZoomControls, atRest: boolean) => {
    const seen = zoom.seen();
    if (seen.width === 0) return;
    const now = latest.current;
    if (now === null || now.layout !== layout || isStale(now, seen) || (atRest && hasMoved(now, seen))) {
      const links = [...layout.links, ...layout.joins];
      latest.current = { ...cull(seen, boxes, links), layout };
      setCulled(latest.current);
    }
    if (latest.current?.detail === 'canvas') canvas.current?.draw(seen);
  };
  const listeners = useRef(new Set<() => void>());
  const onMoves = useCallback((listener: () => void) => {
    listeners.current.add(listener);
    return () => void listeners.current.delete(listener);
  }, []);
  const pending = useRef({ frame: 0, rest: 0 });
  const first = (zoom: ZoomControls) => {
    const place = parsePlace(props.at, origin);
    if (place !== undefined) zoom.centre(place.x, place.y, place.k, false);
    else firstView(zoom, layout, selectedId, anchorId);
  };
  const zoom = useZoom(first, () => {
    for (const listener of listeners.current) listener();
    if (latest.current === null) look(zoom, false);
    cancelAnimationFrame(pending.current.frame);
    pending.current.frame = requestAnimationFrame(() => lookNow.current());
    window.clearTimeout(pending.current.rest);
    pending.current.rest = window.setTimeout(() => restNow.current(), REST_MS);
  });
  const lookNow = useRef(() => {});
  lookNow.current = () => look(zoom, false);
  const restNow = useRef(() => {});
  restNow.current = () => {
    // So that a link to this view draws the same items, however the reader came to it.
    look(zoom, true);
    const seen = zoom.seen();
    if (seen.width > 0 && zoom.touched()) props.onAt?.(formatPlace(seen, origin));
  };
  useEffect(() => {
    const { current } = pending;
    return () => {
      cancelAnimationFrame(current.frame);
      window.clearTimeout(current.rest);
    };
  }, []);

  const held = useRef<string | null>(null);
  const previous = useRef<LineageLayout | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new layout is what asks for this, nothing else
  useLayoutEffect(() => {
    const before = previous.current?.boxes;
    previous.current = layout;
    const room = zoom.seen();
    const [width, height] = [room.width * room.k, room.height * room.k];
    const { bounds } = layout;
    zoom.setLeast(0.9 * Math.min(width / Math.max(1, bounds.width), height / Math.max(1, bounds.height)));
    const still = [held.current, selectedId, anchorId, firstId].find(
      (id) => id !== null && before?.has(id) === true && boxes.has(id),
    );
    const [from, to] = [before?.get(still ?? ''), boxes.get(still ?? '')];
    if (!zoom.touched()) first(zoom);
    else if (from !== undefined && to !== undefined) zoom.shiftBy(from.x - to.x, from.y - to.y);
    look(zoom, false);
  }, [layout]);
  useLayoutEffect(() => {
    if (culled?.detail === 'canvas') canvas.current?.draw(zoom.seen());
  }, [culled, zoom]);

  const hold = useCallback((id: string) => {
    held.current = id;
  }, []);
  return { zoom, culled, canvas, onMoves, hold };
}

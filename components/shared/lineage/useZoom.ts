import { select, type ZoomBehavior, type ZoomTransform, zoom, zoomIdentity } from 'd3';
import { type RefObject, useCallback, useLayoutEffect, useMemo, useRef } from 'react';
import type { Box } from './layoutLineage';

export type ZoomControls = {
  svgRef: RefObject<SVGSVGElement | null>;
  layerRef: RefObject<SVGGElement | null>;
  /** Shows all of a box, as large as `most` allows and not smaller than `least`. */
  frame: (box: Box, options?: { least?: number; most?: number; keepVisible?: Box | undefined }) => void;
  /** Pans as little as needed to show the box. */
  reveal: (box: Box) => void;
  zoomBy: (factor: number) => void;
  /** In pixels of the screen. */
  panBy: (dx: number, dy: number) => void;
  /** In units of the drawing, without counting as the reader's own move; nothing for no distance. */
  shiftBy: (dx: number, dy: number) => void;
  /** Puts a point of the drawing into the middle, at a scale; by the reader (`own`) or for the first view. */
  centre: (x: number, y: number, k: number, own: boolean) => void;
  /** What is seen now, in units of the drawing, and the scale; no size before the drawing has one. */
  seen: () => Box & { k: number };
  /** Whether the reader moved it, and to say that it now is as the reader wants it. */
  touched: () => boolean;
  own: () => void;
  /** The smallest scale: a large drawing must be able to be seen as a whole. */
  setLeast: (k: number) => void;
};

const PADDING = 28;
const RANGE: [number, number] = [0.08, 2.5];
const MOTION_MS = 160;

/**
 * The only place where D3 meets the document: pan and zoom of `layerRef` inside `svgRef`, without a React render per
 * frame. Dragging and the wheel pan, Ctrl or a pinch zooms. Calls `onSized` when the drawing first has a size, and
 * again on each later change of size until the reader moves it, so that the first view fits whatever room it gets.
 * Calls `onMoved` after every move and every change of size.
 */
export function useZoom(onSized: (controls: ZoomControls) => void, onMoved: () => void): ZoomControls {
  const svgRef = useRef<SVGSVGElement>(null);
  const layerRef = useRef<SVGGElement>(null);
  const behaviour = useRef<ZoomBehavior<SVGSVGElement, unknown> | null>(null);
  const current = useRef<ZoomTransform>(zoomIdentity);
  const touched = useRef(false);
  const sized = useRef(onSized);
  sized.current = onSized;
  const moved = useRef(onMoved);
  moved.current = onMoved;
  const leastScale = useRef(RANGE[0]);
  const size = useRef({ width: 0, height: 0 });

  const go = useCallback((transform: ZoomTransform, animated: boolean) => {
    const svg = svgRef.current;
    if (svg === null || behaviour.current === null) return;
    const still = !animated || window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    if (still) select(svg).call(behaviour.current.transform, transform);
    else select(svg).transition().duration(MOTION_MS).call(behaviour.current.transform, transform);
  }, []);

  const controls = useMemo<ZoomControls>(() => {
    const room = () => {
      if (size.current.width === 0) {
        const box = svgRef.current?.getBoundingClientRect();
        size.current = { width: box?.width ?? 0, height: box?.height ?? 0 };
      }
      return size.current;
    };
    return {
      svgRef,
      layerRef,
      frame: (box, { least = leastScale.current, most = 1, keepVisible } = {}) => {
        const { width, height } = room();
        if (width === 0 || height === 0 || box.width === 0) return;
        least = Math.min(least, most);
        const fitting = Math.min(
          (width - 2 * PADDING) / box.width,
          (height - 2 * PADDING) / Math.max(1, box.height),
        );
        const k = Math.min(most, Math.max(least, fitting));
        let x = width / 2 - (box.x + box.width / 2) * k;
        let y = height / 2 - (box.y + box.height / 2) * k;
        if (keepVisible !== undefined) {
          x += correction(keepVisible.x * k + x, keepVisible.width * k, width);
          y += correction(keepVisible.y * k + y, keepVisible.height * k, height);
        }
        go(zoomIdentity.translate(x, y).scale(k), touched.current);
      },
      reveal: (box) => {
        const { width, height } = room();
        const { x, y, k } = current.current;
        const dx = correction(box.x * k + x, box.width * k, width);
        const dy = correction(box.y * k + y, box.height * k, height);
        if (dx !== 0 || dy !== 0) go(zoomIdentity.translate(x + dx, y + dy).scale(k), true);
      },
      zoomBy: (factor) => {
        touched.current = true;
        if (svgRef.current !== null && behaviour.current !== null)
          select(svgRef.current).call(behaviour.current.scaleBy, factor);
      },
      panBy: (dx, dy) => {
        touched.current = true;
        const { k } = current.current;
        if (svgRef.current !== null && behaviour.current !== null) {
          select(svgRef.current).call(behaviour.current.translateBy, dx / k, dy / k);
        }
      },
      shiftBy: (dx, dy) => {
        if (dx === 0 && dy === 0) return;
        const { x, y, k } = current.current;
        go(zoomIdentity.translate(x + dx * k, y + dy * k).scale(k), false);
      },
      centre: (cx, cy, k, own) => {
        const { width, height } = room();
        if (width === 0) return;
        if (own) touched.current = true;
        go(zoomIdentity.translate(width / 2 - cx * k, height / 2 - cy * k).scale(k), false);
      },
      seen: () => {
        const { width, height } = room();
        const { x, y, k } = current.current;
        return { x: -x / k, y: -y / k, width: width / k, height: height / k, k };
      },
      touched: () => touched.current,
      own: () => {
        touched.current = true;
        moved.current();
      },
      setLeast: (k) => {
        if (!Number.isFinite(k) || k <= 0) return;
        leastScale.current = Math.min(RANGE[0], k);
        behaviour.current?.scaleExtent([leastScale.current, RANGE[1]]);
      },
    };
  }, [go]);

  useLayoutEffect(() => {
    const svg = svgRef.current;
    if (svg === null) return;
    const pan = (event: WheelEvent) => {
      if (event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      const unit = event.deltaMode === 1 ? 16 : 1;
      const [dx, dy] =
        event.shiftKey && event.deltaX === 0 ? [event.deltaY, 0] : [event.deltaX, event.deltaY];
      controls.panBy(-dx * unit, -dy * unit);
    };
    const zooming = zoom<SVGSVGElement, unknown>()
      .scaleExtent([leastScale.current, RANGE[1]])
      .filter((event: Event) =>
        event.type === 'wheel' ? isZoomWheel(event) : !(event instanceof MouseEvent && event.button !== 0),
      )
      .on('zoom', (event: { transform: ZoomTransform; sourceEvent: Event | null }) => {
        if (event.sourceEvent !== null) touched.current = true;
        current.current = event.transform;
        layerRef.current?.setAttribute('transform', event.transform.toString());
        moved.current();
      });
    behaviour.current = zooming;
    select(svg).call(zooming).on('dblclick.zoom', null);
    svg.addEventListener('wheel', pan, { passive: false });
    const observer = new ResizeObserver(() => {
      const box = svg.getBoundingClientRect();
      size.current = { width: box.width, height: box.height };
      if (!touched.current) sized.current(controls);
      moved.current();
    });
    observer.observe(svg);
    sized.current(controls);
    return () => {
      observer.disconnect();
      svg.removeEventListener('wheel', pan);
      select(svg).on('.zoom', null);
    };
  }, [controls]);

  return controls;
}

function isZoomWheel(event: Event): boolean {
  return event instanceof WheelEvent && (event.ctrlKey || event.metaKey);
}

/** How far to move so that [start, start + length] lies within the room, its beginning first. */
function correction(start: number, length: number, room: number): number {
  const end = start + length;
  if (start < PADDING / 2) return PADDING / 2 - start;
  if (end > room - PADDING / 2) return Math.max(room - PADDING / 2 - end, PADDING / 2 - start);
  return 0;
}

import { type PointerEvent, type RefObject, useEffect, useRef } from 'react';
import { changeWindow, pinchWindow, type TimeWindow } from './timeScale';

type Plot = {
  plot: RefObject<SVGSVGElement | null>;
  width: number;
  shown: TimeWindow;
  whole: TimeWindow;
  toTime: (x: number) => number;
  /** Whether a plain drag chooses a range, as Shift and drag always does. */
  ranging: boolean;
  onWindow: (window: TimeWindow) => void;
  onClick: (x: number, y: number) => void;
  /** Where the pointer is while nothing is held; null when it left. */
  onPoint: (point: { x: number; y: number } | null) => void;
  /** The range being drawn, in pixels; null when it ended. */
  onBrush: (range: { x0: number; x1: number } | null) => void;
  /** A range that was drawn, in microseconds, in either order. */
  onRange: (from: number, to: number) => void;
};

type Gesture =
  | { mode: 'pan' | 'brush'; x: number; window: TimeWindow; moved: boolean }
  | { mode: 'pinch'; moments: [number, number]; fingers: [number, number] };

/** Pixels a pointer may tremble and still click. */
const TREMBLE = 4;

/** Mouse, pen and fingers on the plot: drag pans, Shift and drag chooses a range, two fingers and Ctrl+wheel zoom. */
export function usePlotPointers(plot: Plot) {
  const gesture = useRef<Gesture | null>(null);
  const points = useRef(new Map<number, number>());
  useWheel(plot);

  const at = (event: PointerEvent<SVGSVGElement>) => {
    const rect = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - rect.left, y: event.clientY - rect.top };
  };
  const end = () => {
    if (gesture.current?.mode === 'brush') plot.onBrush(null);
    gesture.current = null;
  };

  const onPointerDown = (event: PointerEvent<SVGSVGElement>) => {
    if (event.button !== 0) return;
    const { x } = at(event);
    event.currentTarget.setPointerCapture(event.pointerId);
    points.current.set(event.pointerId, x);
    const [first, second] = [...points.current];
    if (first !== undefined && second !== undefined) {
      end();
      gesture.current = {
        mode: 'pinch',
        moments: [plot.toTime(first[1]), plot.toTime(second[1])],
        fingers: [first[0], second[0]],
      };
      return;
    }
    const mode = event.shiftKey || plot.ranging ? 'brush' : 'pan';
    gesture.current = { mode, x, window: plot.shown, moved: false };
  };

  const onPointerMove = (event: PointerEvent<SVGSVGElement>) => {
    const { x, y } = at(event);
    const held = gesture.current;
    if (points.current.has(event.pointerId)) points.current.set(event.pointerId, x);
    if (held === null) return plot.onPoint({ x, y });
    if (held.mode === 'pinch') {
      const [a, b] = held.fingers.map((finger) => points.current.get(finger));
      if (a !== undefined && b !== undefined)
        plot.onWindow(pinchWindow(held.moments, [a, b], plot.width, plot.whole));
      return;
    }
    if (!held.moved && Math.abs(x - held.x) < TREMBLE) return;
    held.moved = true;
    if (held.mode === 'brush') plot.onBrush({ x0: Math.min(held.x, x), x1: Math.max(held.x, x) });
    else
      plot.onWindow(changeWindow(held.window, plot.whole, { shift: (held.x - x) / Math.max(1, plot.width) }));
  };

  const onPointerUp = (event: PointerEvent<SVGSVGElement>) => {
    const held = gesture.current;
    points.current.delete(event.pointerId);
    end();
    if (held === null || held.mode === 'pinch') return;
    const { x, y } = at(event);
    if (!held.moved) plot.onClick(x, y);
    else if (held.mode === 'brush') plot.onRange(plot.toTime(held.x), plot.toTime(x));
  };

  return {
    onPointerDown,
    onPointerMove,
    onPointerUp,
    onPointerCancel: (event: PointerEvent<SVGSVGElement>) => {
      points.current.delete(event.pointerId);
      end();
    },
    onPointerLeave: () => plot.onPoint(null),
  };
}

/** The wheel must be heard actively to keep the page from zooming with it; React listens passively. */
function useWheel(plot: Plot) {
  const latest = useRef(plot);
  useEffect(() => {
    latest.current = plot;
  });
  const { plot: ref } = plot;
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const onWheel = (event: WheelEvent) => {
      const { shown, whole, width, onWindow } = latest.current;
      const sideways = event.shiftKey ? event.deltaY + event.deltaX : event.deltaX;
      if (event.ctrlKey || event.metaKey) {
        const centre = (event.clientX - element.getBoundingClientRect().left) / Math.max(1, width);
        onWindow(changeWindow(shown, whole, { zoom: Math.exp(-event.deltaY / 300), centre }));
      } else if (Math.abs(sideways) > Math.abs(event.shiftKey ? 0 : event.deltaY)) {
        onWindow(changeWindow(shown, whole, { shift: sideways / Math.max(1, width) }));
      } else return;
      event.preventDefault();
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [ref]);
}

'use client';

import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { parseMicros } from '@/lib/base/time';
import type { TimelineView } from '@/lib/contracts/timeline';
import { changeWindow, relativeTime, type TimeWindow } from './timeScale';

type TimelineMinimapProps = {
  bins: TimelineView['bins'];
  binSeconds: number;
  width: number;
  whole: TimeWindow;
  window: TimeWindow;
  origin: number;
  onWindow: (window: TimeWindow) => void;
};

const HEIGHT = 24;
const EDGE = 8;

/**
 * All of the span as a density, with the window on it. Drag in the window to move it, at its edges to stretch it,
 * elsewhere to draw a new one; with the keyboard, arrows move and + − stretch.
 */
export function TimelineMinimap(props: TimelineMinimapProps) {
  const { bins, binSeconds, width, whole, window, origin, onWindow } = props;
  const drag = useRef<{ mode: 'move' | 'from' | 'to' | 'new'; at: number; start: TimeWindow } | null>(null);
  const span = Math.max(1, whole.to - whole.from);
  const toX = (time: number) => ((time - whole.from) / span) * width;
  const toTime = (x: number) => whole.from + (Math.min(width, Math.max(0, x)) / Math.max(1, width)) * span;
  const [x0, x1] = [toX(window.from), toX(window.to)];
  const most = Math.max(1, ...bins.map((bin) => bin.count));
  const binWidth = Math.max(1.5, ((binSeconds * 1e6) / span) * width - 1);

  const place = (event: PointerEvent<SVGSVGElement>) =>
    event.clientX - event.currentTarget.getBoundingClientRect().left;
  const onPointerDown = (event: PointerEvent<SVGSVGElement>) => {
    if (event.button !== 0) return;
    const x = place(event);
    const mode =
      Math.abs(x - x0) < EDGE
        ? 'from'
        : Math.abs(x - x1) < EDGE
          ? 'to'
          : x > x0 && x < x1 && x1 - x0 < width - 2
            ? 'move'
            : 'new';
    drag.current = { mode, at: toTime(x), start: window };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent<SVGSVGElement>) => {
    if (drag.current === null) return;
    const { mode, at, start } = drag.current;
    const now = toTime(place(event));
    if (mode === 'move')
      onWindow(changeWindow(start, whole, { shift: (now - at) / (start.to - start.from) }));
    else {
      const fixed = mode === 'from' ? start.to : mode === 'to' ? start.from : at;
      const next = { from: Math.min(fixed, now), to: Math.max(fixed, now) };
      if (next.to - next.from > span / width) onWindow(next);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const far = event.shiftKey ? 5 : 1;
    const next = {
      ArrowLeft: { shift: -0.1 * far },
      ArrowRight: { shift: 0.1 * far },
      '+': { zoom: 1.25 },
      '=': { zoom: 1.25 },
      '-': { zoom: 0.8 },
    }[event.key];
    if (event.key === '0') onWindow(whole);
    else if (next !== undefined) onWindow(changeWindow(window, whole, next));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <svg
      width={width}
      height={HEIGHT}
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a range over a density has no element of its own
      role="slider"
      tabIndex={0}
      aria-label="Time window"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round((((window.from + window.to) / 2 - whole.from) / span) * 100)}
      aria-valuetext={`from ${relativeTime(window.from, origin)} to ${relativeTime(window.to, origin)}`}
      className="block touch-none cursor-crosshair"
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        drag.current = null;
      }}
      onPointerCancel={() => {
        drag.current = null;
      }}
      onDoubleClick={() => onWindow(whole)}
      onKeyDown={onKeyDown}
    >
      <rect width={width} height={HEIGHT} fill="var(--surface-0)" />
      <rect x={x0} width={Math.max(0, x1 - x0)} height={HEIGHT} fill="var(--surface-1)" />
      {bins.map((bin) => {
        const height = bin.count === 0 ? 0 : 3 + (Math.log1p(bin.count) / Math.log1p(most)) * (HEIGHT - 6);
        const x = toX(parseMicros(bin.from) ?? 0);
        const isInside = x + binWidth > x0 && x < x1;
        return (
          <rect
            key={bin.from}
            x={x}
            y={HEIGHT - height}
            width={binWidth}
            height={height}
            // Both keep 3:1 to what is behind them: the bars outside are what one goes by to move the window.
            fill={isInside ? 'var(--text-3)' : 'var(--line-strong)'}
          />
        );
      })}
      <rect
        x={Math.max(0.75, x0)}
        y={0.75}
        width={Math.max(2, Math.min(width, x1) - Math.max(0, x0) - 1.5)}
        height={HEIGHT - 1.5}
        fill="none"
        stroke="var(--accent)"
        strokeWidth={1.5}
        rx={2}
      />
      {[x0, x1].map((x, side) => (
        <rect
          key={side === 0 ? 'from' : 'to'}
          x={Math.min(width - 4, Math.max(0, x - 2))}
          y={6}
          width={4}
          height={HEIGHT - 12}
          rx={2}
          fill="var(--accent)"
          className="cursor-ew-resize"
        />
      ))}
    </svg>
  );
}

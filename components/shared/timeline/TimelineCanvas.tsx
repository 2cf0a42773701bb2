'use client';

import { type RefObject, useEffect, useRef, useSyncExternalStore } from 'react';
import { barHeight } from './laneDensity';
import type { TimelineLayout } from './layoutTimeline';
import { markShape } from './markShape';
import { isOutlined } from './TimelineMark';

/** Above this many marks and bars, elements of their own would cost more than the picture is worth. */
export const CANVAS_FROM = 1500;

/**
 * Marks and density drawn as pixels, only what is in sight of the scroller. Decoration: what is selected, pointed at,
 * of a stage or annotated is drawn above it as elements, and the table says the rest.
 */
export function TimelineCanvas(props: {
  layout: TimelineLayout;
  width: number;
  /** What the plot scrolls in, and how much of its top the axis covers. */
  scroller: RefObject<HTMLElement | null>;
  axis: number;
  colourOf: (entityId: string | null) => string;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const look = useSyncExternalStore(subscribeLook, lookNow, () => '');
  const { layout, width, scroller, axis, colourOf } = props;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another look has other colours
  useEffect(() => {
    const element = canvas.current;
    const frame = scroller.current;
    if (element === null || frame === null) return;
    let asked = 0;
    const draw = () => {
      asked = 0;
      drawTimeline(element, {
        layout,
        width,
        colourOf,
        top: frame.scrollTop,
        height: Math.max(1, Math.min(layout.height, frame.clientHeight - axis)),
      });
    };
    const ask = () => {
      asked ||= requestAnimationFrame(draw);
    };
    draw();
    frame.addEventListener('scroll', ask, { passive: true });
    const sizes = new ResizeObserver(ask);
    sizes.observe(frame);
    return () => {
      cancelAnimationFrame(asked);
      frame.removeEventListener('scroll', ask);
      sizes.disconnect();
    };
  }, [layout, width, scroller, axis, colourOf, look]);
  return (
    <div aria-hidden="true" className="pointer-events-none absolute inset-0">
      <canvas ref={canvas} className="sticky block" style={{ top: axis }} />
    </div>
  );
}

type Drawing = {
  layout: TimelineLayout;
  width: number;
  colourOf: (entityId: string | null) => string;
  top: number;
  height: number;
};

function drawTimeline(canvas: HTMLCanvasElement, drawing: Drawing): void {
  const { layout, width, top, height } = drawing;
  const context = canvas.getContext('2d');
  if (context === null) return;
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.max(1, Math.round(width * ratio));
  canvas.height = Math.round(height * ratio);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  context.setTransform(ratio, 0, 0, ratio, 0, -top * ratio);
  const colour = colourReader(canvas);
  const inSight = (y: number) => y > top - 20 && y < top + height + 20;

  context.globalAlpha = 0.7;
  context.fillStyle = colour('var(--text-3)');
  for (const run of layout.density) {
    if (!inSight(run.y)) continue;
    for (const bar of run.bars) {
      const tall = barHeight(bar.count, layout.highest);
      context.fillRect(bar.x, run.y + 8 - tall, bar.width, tall);
    }
  }
  context.globalAlpha = 1;
  const shapes = new Map<string, Path2D>();
  for (const mark of layout.marks) {
    if (!inSight(mark.y) || mark.isHit === true) continue;
    const { kind, entityId } = mark.event;
    const shape = shapes.get(kind) ?? new Path2D(markShape(kind, 3.5));
    shapes.set(kind, shape);
    context.translate(mark.x, mark.y);
    context.fillStyle = isOutlined(kind) ? colour('var(--surface-0)') : colour(drawing.colourOf(entityId));
    context.fill(shape);
    if (isOutlined(kind)) {
      context.strokeStyle = colour(drawing.colourOf(entityId));
      context.lineWidth = 1.4;
      context.stroke(shape);
    }
    context.translate(-mark.x, -mark.y);
  }
  canvas.style.color = '';
}

/** Colours as the page has them now: a canvas does not know the tokens of a style sheet. */
function colourReader(canvas: HTMLCanvasElement): (css: string) => string {
  const known = new Map<string, string>();
  return (css) => {
    const found = known.get(css);
    if (found !== undefined) return found;
    canvas.style.color = css;
    const computed = getComputedStyle(canvas).color;
    known.set(css, computed);
    return computed;
  };
}

const LOOKS = ['(prefers-color-scheme: dark)', '(forced-colors: active)'];

function lookNow(): string {
  const media = LOOKS.map((query) => window.matchMedia(query).matches);
  return `${document.documentElement.dataset.theme ?? ''} ${media.join(' ')}`;
}

function subscribeLook(changed: () => void): () => void {
  const theme = new MutationObserver(changed);
  theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  const lists = LOOKS.map((query) => window.matchMedia(query));
  for (const list of lists) list.addEventListener('change', changed);
  return () => {
    theme.disconnect();
    for (const list of lists) list.removeEventListener('change', changed);
  };
}

import { type Ref, useImperativeHandle, useLayoutEffect, useRef } from 'react';
import { laneToken } from './laneColours';
import type { Box, LineageLayout } from './layoutLineage';
import { onThemeChange, type ThemeColours, themeColours } from './themeColours';
import { meets } from './viewport';

export type LineageCanvasHandle = { draw: (seen: Box & { k: number }) => void };

/** Thousands of items and their links from far away, under the drawing; cleared when the drawing does it all. */
export function LineageCanvas(props: {
  ref: Ref<LineageCanvasHandle>;
  layout: LineageLayout;
  lanes: ReadonlyMap<string, number>;
  found: ReadonlySet<string>;
}) {
  const { layout, lanes, found } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const colours = useRef<ThemeColours | null>(null);
  const drawn = useRef<(Box & { k: number }) | null>(null);
  const draw = (seen: Box & { k: number }) => {
    drawn.current = seen;
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (element === null || context == null) return;
    const ratio = window.devicePixelRatio || 1;
    const [width, height] = [
      Math.round(seen.width * seen.k * ratio),
      Math.round(seen.height * seen.k * ratio),
    ];
    if (element.width !== width || element.height !== height) Object.assign(element, { width, height });
    colours.current ??= themeColours();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, width, height);
    const k = seen.k * ratio;
    context.setTransform(k, 0, 0, k, -seen.x * k, -seen.y * k);
    paintLinks(context, layout, seen, colours.current);
    paintBoxes(context, layout, seen, colours.current, lanes, found);
  };
  useImperativeHandle(props.ref, () => ({ draw }));
  const again = useRef(() => {});
  again.current = () => {
    colours.current = null;
    if (drawn.current !== null) draw(drawn.current);
  };
  useLayoutEffect(() => onThemeChange(() => again.current()), []);
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a picture takes no focus; the tree says what it shows
    <canvas ref={canvas} aria-hidden="true" className="pointer-events-none absolute inset-0 size-full" />
  );
}

function paintLinks(
  context: CanvasRenderingContext2D,
  layout: LineageLayout,
  seen: Box & { k: number },
  colours: ThemeColours,
): void {
  context.strokeStyle = colours['line-strong'];
  context.lineWidth = 1 / seen.k / 2;
  context.beginPath();
  for (const { points } of layout.links) {
    const [first, last] = [points[0], points.at(-1)];
    if (first === undefined || last === undefined) continue;
    if (last.x < seen.x || first.x > seen.x + seen.width) continue;
    if (Math.max(first.y, last.y) < seen.y || Math.min(first.y, last.y) > seen.y + seen.height) continue;
    context.moveTo(first.x, first.y);
    context.lineTo(last.x, last.y);
  }
  context.stroke();
}

function paintBoxes(
  context: CanvasRenderingContext2D,
  layout: LineageLayout,
  seen: Box & { k: number },
  colours: ThemeColours,
  lanes: ReadonlyMap<string, number>,
  found: ReadonlySet<string>,
): void {
  // Even where a box would be thinner than a pixel it leaves a trace.
  const least = 1 / seen.k;
  for (const [id, box] of layout.boxes) {
    if (!meets(seen, box)) continue;
    const item = layout.tree.byId.get(id);
    context.fillStyle = found.has(id)
      ? colours.accent
      : item?.type === 'artefact'
        ? colours.accent
        : item?.type === 'fold'
          ? colours['surface-3']
          : colours[laneToken(lanes.get(id))];
    context.fillRect(box.x, box.y, Math.max(least, box.width), Math.max(least, box.height));
  }
}

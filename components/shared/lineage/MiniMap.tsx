import { type PointerEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { createPreference } from '@/components/shared/preference';
import { laneToken } from './laneColours';
import type { Box, LineageLayout } from './layoutLineage';
import { onThemeChange, themeColours } from './themeColours';

const WIDTH = 160;
const HEIGHT = 100;
const shownPreference = createPreference('lineage.minimap', ['shown', 'hidden'], 'shown');

/**
 * All of the drawing in a corner with a frame around what is seen; press or drag to go there. It says nothing that the
 * tree does not, so it is hidden from screen readers; the keyboard pans with Shift and the arrows.
 */
export function MiniMap(props: {
  layout: LineageLayout;
  lanes: ReadonlyMap<string, number>;
  selectedId: string | null;
  seen: () => Box & { k: number };
  /** Calls back after every move; answers how to stop that. */
  onMoves: (listener: () => void) => () => void;
  onGo: (x: number, y: number) => void;
}) {
  const shown = shownPreference.use();
  const corner = useRef<HTMLDivElement>(null);
  const { seen, onMoves, layout } = props;
  const { bounds } = layout;
  useLayoutEffect(() => {
    // Where everything is seen there is nothing to find one's way in.
    const needed = () => {
      const { x, y, width, height } = seen();
      const all =
        x <= bounds.x &&
        y <= bounds.y &&
        x + width >= bounds.x + bounds.width &&
        y + height >= bounds.y + bounds.height;
      if (corner.current !== null) corner.current.style.visibility = all ? 'hidden' : 'visible';
    };
    needed();
    return onMoves(needed);
  });
  if (shown === 'hidden')
    return (
      <button
        type="button"
        className="absolute right-2 bottom-2 h-6 rounded-md border border-line-strong bg-surface-1 px-2 text-11 text-text-3 hover:text-text-1"
        onClick={() => shownPreference.set('shown')}
      >
        Map
      </button>
    );
  return (
    <div
      ref={corner}
      className="no-print absolute right-2 bottom-2 rounded-md border border-line-strong bg-surface-1"
    >
      <Overview {...props} />
      <button
        type="button"
        aria-label="Hide the map"
        className="absolute top-0 right-0 grid size-6 place-items-center text-text-3 hover:text-text-1"
        onClick={() => shownPreference.set('hidden')}
      >
        ×
      </button>
    </div>
  );
}

function Overview({ layout, lanes, selectedId, seen, onMoves, onGo }: Parameters<typeof MiniMap>[0]) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const { bounds } = layout;
  const scale = Math.min(WIDTH / Math.max(1, bounds.width), HEIGHT / Math.max(1, bounds.height), 0.2);
  const left = (WIDTH - bounds.width * scale) / 2 - bounds.x * scale;
  const top = (HEIGHT - bounds.height * scale) / 2 - bounds.y * scale;

  const [theme, setTheme] = useState(0);
  useEffect(() => onThemeChange(() => setTheme((times) => times + 1)), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme asks for the same picture in other colours
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (canvas.current === null || context == null) return;
    const ratio = window.devicePixelRatio || 1;
    Object.assign(canvas.current, { width: WIDTH * ratio, height: HEIGHT * ratio });
    const colours = themeColours();
    context.setTransform(scale * ratio, 0, 0, scale * ratio, left * ratio, top * ratio);
    const paint = (box: Box, colour: string) => {
      context.fillStyle = colour;
      context.fillRect(box.x, box.y, Math.max(box.width, 2 / scale), Math.max(box.height, 1 / scale));
    };
    for (const [id, box] of layout.boxes) {
      const item = layout.tree.byId.get(id);
      const lane = lanes.get(id);
      paint(
        box,
        item?.type === 'artefact' || lane !== undefined ? colours[laneToken(lane)] : colours['line-strong'],
      );
    }
    const selected = layout.boxes.get(selectedId ?? '');
    if (selected !== undefined) paint(selected, colours.accent);
  }, [layout, lanes, selectedId, scale, left, top, theme]);

  useLayoutEffect(() => {
    const place = () => {
      const { x, y, width, height } = seen();
      if (frame.current === null) return;
      const clamp = (value: number, most: number) => Math.max(0, Math.min(most, value));
      const [x0, y0] = [clamp(x * scale + left, WIDTH), clamp(y * scale + top, HEIGHT)];
      const [x1, y1] = [clamp((x + width) * scale + left, WIDTH), clamp((y + height) * scale + top, HEIGHT)];
      frame.current.style.transform = `translate(${x0}px, ${y0}px)`;
      frame.current.style.width = `${Math.max(4, x1 - x0)}px`;
      frame.current.style.height = `${Math.max(4, y1 - y0)}px`;
    };
    place();
    return onMoves(place);
  }, [seen, onMoves, scale, left, top]);

  const go = (event: PointerEvent<HTMLDivElement>) => {
    if (event.type !== 'pointerdown' && event.buttons === 0) return;
    if (event.type === 'pointerdown') event.currentTarget.setPointerCapture(event.pointerId);
    const box = event.currentTarget.getBoundingClientRect();
    onGo((event.clientX - box.left - left) / scale, (event.clientY - box.top - top) / scale);
  };
  return (
    <div
      aria-hidden="true"
      className="relative cursor-crosshair touch-none overflow-hidden"
      style={{ width: WIDTH, height: HEIGHT }}
      onPointerDown={go}
      onPointerMove={go}
    >
      <canvas ref={canvas} className="size-full" />
      <div ref={frame} className="pointer-events-none absolute top-0 left-0 border border-accent" />
    </div>
  );
}

'use client';

import {
  type KeyboardEvent,
  type MouseEvent,
  type Ref,
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { type EventKind, type StageName, shortElapsed } from './describeItem';
import { firstView } from './firstView';
import { GraphItem, type ItemActions } from './GraphItem';
import { LineageCanvas, type LineageCanvasHandle } from './LineageCanvas';
import { LineageLink } from './LineageLink';
import type { Box, LineageLayout } from './layoutLineage';
import { pathTo } from './lineageTree';
import { MiniMap } from './MiniMap';
import type { BranchState } from './useLineage';
import { useZoom, type ZoomControls } from './useZoom';
import { type Culled, cull, formatPlace, isStale, parsePlace } from './viewport';
import { moveInTree } from './walkLineage';

export type LineageGraphHandle = {
  fit: () => void;
  frame: (id: string) => void;
  reveal: (id: string) => void;
  focus: (id: string) => void;
  zoomBy: (factor: number) => void;
  /** Runs a change of folds while what the reader looks at stays where it is. */
  still: (change: () => void) => void;
};

export type LineageGraphProps = {
  layout: LineageLayout;
  stages: readonly StageName[];
  lanes: ReadonlyMap<string, number>;
  anchorId: string | null;
  /** T0 in microseconds. */
  originTime: number | null;
  /** Item that is selected, and the one to which Tab leads. */
  selectedId: string | null;
  activeId: string | null;
  hoveredId: string | null;
  /** Items a search found. */
  found: ReadonlySet<string>;
  branches: ReadonlyMap<string, BranchState>;
  /** Where the address says the view is, and how it is told of a move. */
  at: string | null;
  onAt: ((at: string) => void) | undefined;
  onActivate: (id: string) => void;
  onSelect: (id: string) => void;
  onHover: (id: string | null) => void;
  onOpen: (id: string) => void;
  onClose: (id: string) => void;
  /** Opens (1) or closes (-1) one level of the whole tree. */
  onLevel: (step: 1 | -1) => void;
  onEvents: ((entityId: string, kinds: readonly EventKind[]) => void) | undefined;
  ref?: Ref<LineageGraphHandle>;
};

/** A move is told to the address when it has come to rest for so long. */
const REST_MS = 250;

/** The lineage as a drawing: one `tree` for keyboard and screen reader, one picture for the eye. */
export function LineageGraph(props: LineageGraphProps) {
  const { layout, selectedId, activeId, hoveredId, lanes, stages } = props;
  const { boxes, tree } = layout;
  const tabStop = activeId ?? tree.items[0]?.id ?? null;
  const origin = boxes.get(props.anchorId ?? '') ?? boxes.get(tree.items[0]?.id ?? '');
  const items = useRef(new Map<string, SVGGElement>());
  const lastFrame = useRef<string | null>(null);
  const canvas = useRef<LineageCanvasHandle>(null);
  const [culled, setCulled] = useState<(Culled & { layout: LineageLayout }) | null>(null);
  const latest = useRef(culled);

  /** Draws other items when what is seen has left what is drawn. */
  const look = (zoom: ZoomControls) => {
    const seen = zoom.seen();
    if (seen.width === 0) return;
    const now = latest.current;
    if (now === null || now.layout !== layout || isStale(now, seen)) {
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
    else firstView(zoom, layout, selectedId, props.anchorId);
  };
  const zoom = useZoom(first, () => {
    for (const listener of listeners.current) listener();
    if (latest.current === null) look(zoom);
    cancelAnimationFrame(pending.current.frame);
    pending.current.frame = requestAnimationFrame(() => lookNow.current());
    window.clearTimeout(pending.current.rest);
    pending.current.rest = window.setTimeout(() => restNow.current(), REST_MS);
  });
  const lookNow = useRef(() => {});
  lookNow.current = () => look(zoom);
  const restNow = useRef(() => {});
  restNow.current = () => {
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

  /** What must not move when the layout changes, and the layout before. */
  const still = useRef<string | null>(null);
  const previous = useRef<LineageLayout | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new layout is what asks for this, nothing else
  useLayoutEffect(() => {
    const before = previous.current?.boxes;
    previous.current = layout;
    const room = zoom.seen();
    const [width, height] = [room.width * room.k, room.height * room.k];
    const { bounds } = layout;
    zoom.setLeast(0.9 * Math.min(width / Math.max(1, bounds.width), height / Math.max(1, bounds.height)));
    const held = [still.current, selectedId, props.anchorId, tree.items[0]?.id ?? null].find(
      (id) => id !== null && before?.has(id) === true && boxes.has(id),
    );
    const [from, to] = [before?.get(held ?? ''), boxes.get(held ?? '')];
    if (!zoom.touched()) first(zoom);
    else if (from !== undefined && to !== undefined) zoom.shiftBy(from.x - to.x, from.y - to.y);
    look(zoom);
  }, [layout]);
  useLayoutEffect(() => {
    if (culled?.detail === 'canvas') canvas.current?.draw(zoom.seen());
  }, [culled, zoom]);

  /** What must have the focus once it is drawn. */
  const focusing = useRef<string | null>(null);
  useLayoutEffect(() => {
    const element = focusing.current === null ? undefined : items.current.get(focusing.current);
    if (element === undefined) return;
    focusing.current = null;
    element.focus({ preventScroll: true });
  });
  const focusItem = (id: string) => {
    const box = boxes.get(id);
    if (box !== undefined) zoom.reveal(box);
    props.onActivate(id);
    const element = items.current.get(id);
    if (element === undefined) focusing.current = id;
    else element.focus({ preventScroll: true });
  };
  /** The path stays where it is while siblings come and go; what is beside it makes room. */
  const inPlace = (id: string, change: (id: string) => void) => {
    const host = hostOf(id);
    still.current =
      [selectedId, props.anchorId, host, id].find(
        (other) => other !== null && other !== id && boxes.has(other),
      ) ?? id;
    zoom.own();
    change(id);
  };
  const hostOf = (id: string): string => {
    const item = tree.byId.get(id);
    return item?.type === 'fold' ? (item.hostId ?? id) : id.replace(/^fold:/, '');
  };
  const frame = (id: string) => {
    zoom.own();
    const box = boxes.get(id);
    if (box === undefined || lastFrame.current === id) {
      lastFrame.current = null;
      zoom.frame(layout.bounds);
    } else {
      lastFrame.current = id;
      zoom.frame(around(box), { most: 1.25 });
    }
  };

  useImperativeHandle(props.ref, () => ({
    fit: () => {
      zoom.own();
      zoom.frame(layout.bounds);
    },
    frame,
    reveal: (id) => {
      const box = boxes.get(id);
      if (box !== undefined) zoom.reveal(box);
    },
    focus: focusItem,
    zoomBy: zoom.zoomBy,
    still: (change) => inPlace(activeId ?? '', change),
  }));

  const onKeyDown = (event: KeyboardEvent<SVGSVGElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (tabStop === null || !pressed(event.key, event.shiftKey, tabStop)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const pressed = (key: string, shift: boolean, id: string): boolean => {
    if (shift && key.startsWith('Arrow')) {
      const step = 80;
      zoom.panBy(
        key === 'ArrowLeft' ? step : key === 'ArrowRight' ? -step : 0,
        key === 'ArrowUp' ? step : key === 'ArrowDown' ? -step : 0,
      );
      return true;
    }
    const item = tree.byId.get(id);
    switch (key) {
      case 'Enter':
      case ' ':
        if (item?.type === 'fold') inPlace(id, props.onOpen);
        else props.onSelect(id);
        return true;
      case '{':
      case '}':
        inPlace(id, () => props.onLevel(key === '{' ? 1 : -1));
        return true;
      case 'e':
        if (item?.type !== 'process' || props.onEvents === undefined) return false;
        props.onEvents(id, []);
        return true;
      default: {
        const move = moveInTree(tree, id, key, 'graph');
        if (move === undefined) return false;
        if ('to' in move) focusItem(move.to);
        else if ('open' in move) inPlace(move.open, props.onOpen);
        else inPlace(move.close, props.onClose);
        return true;
      }
    }
  };
  /** On the canvas nothing can be pressed by itself. */
  const onCanvasClick = (event: MouseEvent<SVGSVGElement>) => {
    if (event.target !== event.currentTarget || culled?.detail !== 'canvas') return;
    const [seen, room] = [zoom.seen(), event.currentTarget.getBoundingClientRect()];
    const [x, y] = [
      seen.x + (event.clientX - room.left) / seen.k,
      seen.y + (event.clientY - room.top) / seen.k,
    ];
    for (const [id, box] of boxes) {
      if (x < box.x || x > box.x + box.width || y < box.y || y > box.y + box.height) continue;
      latestActions.current.press(id);
    }
  };

  const latestActions = useRef<Omit<ItemActions, 'register'>>(NO_ACTIONS);
  latestActions.current = {
    press: (id) => {
      props.onActivate(id);
      if (tree.byId.get(id)?.type === 'fold') inPlace(id, props.onOpen);
      else props.onSelect(id);
    },
    toggle: (id) => {
      const item = tree.byId.get(id);
      inPlace(id, item?.type === 'process' && item.expanded === true ? props.onClose : props.onOpen);
    },
    frame,
    hover: props.onHover,
    activate: props.onActivate,
    pill: (id, kinds) => props.onEvents?.(id, kinds),
  };
  const actions = useMemo<ItemActions>(
    () => ({
      register: (id, element) => {
        if (element === null) items.current.delete(id);
        else items.current.set(id, element);
      },
      press: (id) => latestActions.current.press(id),
      toggle: (id) => latestActions.current.toggle(id),
      frame: (id) => latestActions.current.frame(id),
      hover: (id) => latestActions.current.hover(id),
      activate: (id) => latestActions.current.activate(id),
      pill: (id, kinds) => latestActions.current.pill(id, kinds),
    }),
    [],
  );

  const lit = useMemo(() => new Set(hoveredId === null ? [] : pathTo(tree, hoveredId)), [hoveredId, tree]);
  const numbers = useMemo(
    () => new Map(stages.map((stage, index) => [stage.id, { ...stage, number: index + 1 }])),
    [stages],
  );
  const detail = culled?.detail ?? 'full';
  const drawn = drawnIds(culled, layout, [tabStop, selectedId, hoveredId]);

  return (
    <div className="relative size-full overflow-hidden">
      {detail === 'canvas' ? (
        <LineageCanvas ref={canvas} layout={layout} lanes={lanes} found={props.found} />
      ) : null}
      <svg
        ref={zoom.svgRef}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the drawing is the tree; its groups are the items
        role="tree"
        aria-label="Process lineage. Arrow keys move between parents, children and siblings."
        aria-multiselectable={false}
        className="relative block size-full cursor-grab touch-none select-none active:cursor-grabbing"
        onKeyDown={onKeyDown}
        onClick={onCanvasClick}
      >
        <g ref={zoom.layerRef}>
          {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: a group of lines takes no focus; the items say each link */}
          <g aria-hidden="true">
            {(culled?.links ?? []).map((link) => (
              <LineageLink
                key={link.id}
                link={link}
                lit={lit.has(link.toId)}
                inset={hasDisc(layout, link.toId) ? 8 : 0}
                plain={detail !== 'full'}
                label={
                  link.id.startsWith('parent:') && link.elapsedMicros !== null
                    ? shortElapsed(link.elapsedMicros)
                    : null
                }
              />
            ))}
          </g>
          {drawn.map((id) => {
            const [item, box] = [tree.byId.get(id), boxes.get(id)];
            if (item === undefined || box === undefined) return null;
            return (
              <GraphItem
                key={id}
                item={item}
                box={box}
                tree={tree}
                stages={stages}
                numbers={numbers}
                lane={lanes.get(id)}
                selected={id === selectedId}
                hovered={id === hoveredId}
                found={props.found.has(id)}
                active={id === activeId}
                isAnchor={id === props.anchorId}
                originTime={props.originTime}
                branch={
                  item.type === 'fold' && item.kind === 'unsent'
                    ? props.branches.get(item.hostId ?? '')
                    : undefined
                }
                plain={detail !== 'full'}
                tabStop={id === tabStop}
                hasEvents={props.onEvents !== undefined}
                actions={actions}
              />
            );
          })}
        </g>
      </svg>
      {layout.boxes.size > MAPPED ? (
        <MiniMap
          layout={layout}
          lanes={lanes}
          selectedId={selectedId}
          seen={zoom.seen}
          onMoves={onMoves}
          onGo={(x, y) => zoom.centre(x, y, zoom.seen().k, true)}
        />
      ) : null}
    </div>
  );
}

/** With no more items than this, a map would cover more of the drawing than it shows of the rest. */
const MAPPED = 24;

const nothing = () => {};
const NO_ACTIONS = {
  press: nothing,
  toggle: nothing,
  frame: nothing,
  hover: nothing,
  activate: nothing,
  pill: nothing,
};

/** What stands in the document: what is near what is seen, and always what has or may get the focus. */
function drawnIds(
  culled: Culled | null,
  layout: LineageLayout,
  always: readonly (string | null)[],
): readonly string[] {
  const near =
    culled === null
      ? []
      : culled.detail === 'canvas'
        ? culled.ids.filter((id) => isOnPath(layout, id))
        : culled.ids.filter((id) => layout.boxes.has(id));
  const there = new Set(near);
  const more = always.filter((id): id is string => id !== null && layout.boxes.has(id) && !there.has(id));
  return [...new Set(more), ...near];
}

function isOnPath(layout: LineageLayout, id: string): boolean {
  const item = layout.tree.byId.get(id);
  return item?.type === 'artefact' || (item?.type === 'process' && item.process.onPath);
}

function hasDisc(layout: LineageLayout, id: string): boolean {
  const item = layout.tree.byId.get(id);
  return item?.type === 'process' && item.process.stages.length > 0;
}

function around(box: Box): Box {
  return { x: box.x - 180, y: box.y - 90, width: box.width + 360, height: box.height + 180 };
}

'use client';

import {
  type KeyboardEvent,
  type MouseEvent,
  type Ref,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
} from 'react';
import type { EventKind, StageName } from './describeItem';
import { drawnIds, itemAt } from './drawnIds';
import { GraphItem } from './GraphItem';
import { GraphLinks } from './GraphLinks';
import { pressInGraph } from './graphKeys';
import { LineageCanvas } from './LineageCanvas';
import type { Box, LineageLayout } from './layoutLineage';
import type { ItemHits } from './lineageHits';
import { pathTo } from './lineageTree';
import type { LineageSight } from './lineageTypes';
import { MiniMap } from './MiniMap';
import { useGraphView } from './useGraphView';
import { useItemActions } from './useItemActions';
import { useKeptFocus } from './useKeptFocus';
import type { BranchState } from './useLineage';

export type LineageGraphHandle = LineageSight & {
  fit: () => void;
  frame: (id: string) => void;
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
  /** Hits of Sigma by item. */
  hits: ItemHits;
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

/** The lineage as a drawing: one `tree` for keyboard and screen reader, one picture for the eye. */
export function LineageGraph(props: LineageGraphProps) {
  const { layout, selectedId, activeId, hoveredId, lanes, stages } = props;
  const { boxes, tree } = layout;
  const tabStop = activeId ?? tree.items[0]?.id ?? null;
  const items = useRef(new Map<string, SVGGElement>());
  const lastFrame = useRef<string | null>(null);
  const { zoom, culled, canvas, onMoves, hold } = useGraphView(props);

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
  const keptFocus = useKeptFocus(tree, focusItem);
  /** The path stays where it is while siblings come and go; what is beside it makes room. */
  const inPlace = (id: string, change: (id: string) => void) => {
    const item = tree.byId.get(id);
    const host = item?.type === 'fold' ? (item.hostId ?? id) : id;
    const others = [selectedId, props.anchorId, host];
    hold(others.find((other) => other !== null && other !== id && boxes.has(other)) ?? id);
    zoom.own();
    change(id);
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
      if (zoom.svgRef.current?.contains(document.activeElement) === true) focusItem(id);
      else if (box !== undefined) zoom.reveal(box);
    },
    focus: focusItem,
    zoomBy: zoom.zoomBy,
    still: (change) => inPlace(activeId ?? '', change),
  }));

  const onKeyDown = (event: KeyboardEvent<SVGSVGElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey || tabStop === null) return;
    const done = pressInGraph(tree, tabStop, event, {
      focus: focusItem,
      select: props.onSelect,
      open: (id) => inPlace(id, props.onOpen),
      close: (id) => inPlace(id, props.onClose),
      level: (step) => inPlace(tabStop, () => props.onLevel(step)),
      pan: zoom.panBy,
      events: props.onEvents,
    });
    if (!done) return;
    event.preventDefault();
    event.stopPropagation();
  };

  const actions = useItemActions(items, {
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
  });

  /** On the canvas nothing can be pressed by itself. */
  const onCanvasClick = (event: MouseEvent<SVGSVGElement>) => {
    if (event.target !== event.currentTarget || culled?.detail !== 'canvas') return;
    const [seen, room] = [zoom.seen(), event.currentTarget.getBoundingClientRect()];
    const id = itemAt(
      layout,
      seen.x + (event.clientX - room.left) / seen.k,
      seen.y + (event.clientY - room.top) / seen.k,
    );
    if (id !== undefined) actions.press(id);
  };

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
        aria-label="Process lineage. Arrow keys move between parents, children and siblings; left closes what is open."
        aria-multiselectable={false}
        className="relative block size-full cursor-grab touch-none select-none active:cursor-grabbing"
        onKeyDown={onKeyDown}
        {...keptFocus}
        onClick={onCanvasClick}
      >
        <g ref={zoom.layerRef}>
          <GraphLinks links={culled?.links ?? []} layout={layout} lit={lit} plain={detail !== 'full'} />
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
                hits={props.hits.get(id)}
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

function around(box: Box): Box {
  return { x: box.x - 180, y: box.y - 90, width: box.width + 360, height: box.height + 180 };
}

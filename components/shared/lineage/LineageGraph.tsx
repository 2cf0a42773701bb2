'use client';

import { type KeyboardEvent, type Ref, useImperativeHandle, useLayoutEffect, useMemo, useRef } from 'react';
import { describeItem, type StageName, shortElapsed } from './describeItem';
import { ArtefactBox, FoldBox, ProcessBox } from './LineageBoxes';
import { LineageLink } from './LineageLink';
import { type Box, boundsOf, type LineageLayout } from './layoutLineage';
import { microsOf, pathTo } from './lineageTree';
import { useZoom, type ZoomControls } from './useZoom';
import { moveInTree } from './walkLineage';

export type LineageGraphHandle = {
  fit: () => void;
  frame: (id: string) => void;
  reveal: (id: string) => void;
  focus: (id: string) => void;
  zoomBy: (factor: number) => void;
  openAll: () => void;
  closeAll: () => void;
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
  onActivate: (id: string) => void;
  onSelect: (id: string) => void;
  onHover: (id: string | null) => void;
  onOpen: (id: string) => void;
  onClose: (id: string) => void;
  onOpenAll: () => void;
  onCloseAll: () => void;
  ref?: Ref<LineageGraphHandle>;
};

/** Below this the writing on a node is too small to read at arm's length. */
const READABLE = 0.78;

/** The lineage as a drawing: one `tree` for keyboard and screen reader, one picture for the eye. */
export function LineageGraph(props: LineageGraphProps) {
  const { layout, selectedId, activeId, hoveredId, lanes, stages } = props;
  const boxes = useMemo(
    () =>
      new Map<string, Box>(
        [...layout.nodes, ...layout.artefacts, ...layout.folded].map((box) => [box.id, box]),
      ),
    [layout],
  );
  const items = useRef(new Map<string, SVGGElement>());
  const lastFrame = useRef<string | null>(null);

  const withMaker = () => {
    const parentId = layout.tree.byId.get(selectedId ?? '')?.parentId;
    const shown = [boxes.get(selectedId ?? ''), boxes.get(parentId ?? '')].filter((box) => box !== undefined);
    return shown.length === 0 ? undefined : boundsOf(shown);
  };
  const first = (controls: ZoomControls) =>
    controls.frame(layout.pathBounds, { least: READABLE, keepVisible: withMaker() });
  const zoom = useZoom(first);

  const holdStill = useRef<{ id: string; box: Box } | null>(null);
  useLayoutEffect(() => {
    const held = holdStill.current;
    holdStill.current = null;
    const box = held === null ? undefined : (boxes.get(held.id) ?? boxes.get(held.id.replace(/^fold:/, '')));
    if (held !== null && box !== undefined) zoom.shiftBy(held.box.x - box.x, held.box.y - box.y);
  }, [boxes, zoom]);

  const focusItem = (id: string) => {
    props.onActivate(id);
    items.current.get(id)?.focus({ preventScroll: true });
    const box = boxes.get(id);
    if (box !== undefined) zoom.reveal(box);
  };
  /** The path stays where it is while siblings come and go; what is beside it makes room. */
  const inPlace = (id: string, change: (id: string) => void) => {
    const host = id.replace(/^fold:/, '');
    const still =
      [selectedId, props.anchorId, host].find(
        (other) => other !== null && other !== host && boxes.has(other),
      ) ?? host;
    const box = boxes.get(still);
    holdStill.current = box === undefined ? null : { id: still, box };
    change(id);
  };
  const frame = (id: string) => {
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
    fit: () => zoom.frame(layout.bounds),
    frame,
    reveal: (id) => {
      const box = boxes.get(id);
      if (box !== undefined) zoom.reveal(box);
    },
    focus: focusItem,
    zoomBy: zoom.zoomBy,
    openAll: () => inPlace(activeId ?? '', props.onOpenAll),
    closeAll: () => inPlace(activeId ?? '', props.onCloseAll),
  }));

  const onKeyDown = (event: KeyboardEvent<SVGSVGElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const id = activeId ?? layout.tree.items[0]?.id;
    if (id === undefined) return;
    if (!pressed(event.key, event.shiftKey, id)) return;
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
    switch (key) {
      case 'Enter':
      case ' ':
        if (layout.tree.byId.get(id)?.type === 'fold') inPlace(id, props.onOpen);
        else props.onSelect(id);
        return true;
      default: {
        const move = moveInTree(layout.tree, id, key, 'graph');
        if (move === undefined) return false;
        if ('to' in move) focusItem(move.to);
        else if ('open' in move) inPlace(move.open, props.onOpen);
        else inPlace(move.close, props.onClose);
        return true;
      }
    }
  };

  const lit = useMemo(
    () => new Set(hoveredId === null ? [] : pathTo(layout.tree, hoveredId)),
    [hoveredId, layout],
  );
  const numbers = new Map(stages.map((stage, index) => [stage.id, { ...stage, number: index + 1 }]));
  const itemProps = (id: string) => {
    const item = layout.tree.byId.get(id);
    return {
      ref: (element: SVGGElement | null) => {
        if (element === null) items.current.delete(id);
        else items.current.set(id, element);
      },
      role: 'treeitem' as const,
      tabIndex: id === (activeId ?? layout.tree.items[0]?.id) ? 0 : -1,
      'data-item': id,
      'aria-level': item?.level ?? 1,
      'aria-posinset': item?.posInSet ?? 1,
      'aria-setsize': item?.setSize ?? 1,
      'aria-selected': id === selectedId,
      ...(item?.type === 'process' && item.expanded !== undefined ? { 'aria-expanded': item.expanded } : {}),
      ...(item?.type === 'fold' ? { 'aria-expanded': false } : {}),
      'aria-label': item === undefined ? id : describeItem(item, layout.tree, stages),
      className: 'group/item cursor-pointer outline-none',
      onClick: () => {
        props.onActivate(id);
        if (item?.type === 'fold') inPlace(id, props.onOpen);
        else props.onSelect(id);
      },
      onDoubleClick: () => frame(id),
      onPointerEnter: () => props.onHover(id),
      onPointerLeave: () => props.onHover(null),
      onFocus: () => props.onActivate(id),
    };
  };

  return (
    <svg
      ref={zoom.svgRef}
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the drawing is the tree; its groups are the items
      role="tree"
      aria-label="Process lineage. Arrow keys move between parents, children and siblings."
      aria-multiselectable={false}
      className="block size-full cursor-grab touch-none select-none active:cursor-grabbing"
      onKeyDown={onKeyDown}
    >
      <g ref={zoom.layerRef}>
        {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: a group of lines takes no focus; the items say each link */}
        <g aria-hidden="true">
          {[...layout.links, ...layout.joins]
            .sort((a, b) => Number(a.onPath) - Number(b.onPath))
            .map((link) => (
              <LineageLink
                key={link.id}
                link={link}
                lit={lit.has(link.toId)}
                inset={hasDisc(layout, link.toId) ? 8 : 0}
                label={
                  link.id.startsWith('parent:') && link.elapsedMicros !== null
                    ? shortElapsed(link.elapsedMicros)
                    : null
                }
              />
            ))}
        </g>
        {layout.tree.items.map((item) => {
          const box = boxes.get(item.id);
          if (box === undefined) return null;
          return (
            <g key={item.id} {...itemProps(item.id)} transform={`translate(${box.x} ${box.y})`}>
              {item.type === 'fold' ? (
                <FoldBox box={box} item={item} found={props.found.has(item.id)} />
              ) : null}
              {item.type === 'process' ? (
                <ProcessBox
                  box={box}
                  process={item.process}
                  expanded={item.expanded}
                  stages={item.process.stages.flatMap((id) => numbers.get(id) ?? [])}
                  lane={lanes.get(item.id)}
                  anchor={
                    item.id !== props.anchorId
                      ? null
                      : isAt(item.process.startedAt, props.originTime)
                        ? 'T0'
                        : 'anchor'
                  }
                  selected={item.id === selectedId}
                  hovered={item.id === hoveredId}
                  found={props.found.has(item.id)}
                  onToggle={() => inPlace(item.id, item.expanded === true ? props.onClose : props.onOpen)}
                />
              ) : null}
              {item.type === 'artefact' ? (
                <ArtefactBox
                  box={box}
                  artefact={item.artefact}
                  stage={numbers.get(item.artefact.stage ?? '')}
                  selected={item.id === selectedId}
                  hovered={item.id === hoveredId}
                  found={props.found.has(item.id)}
                />
              ) : null}
            </g>
          );
        })}
      </g>
    </svg>
  );
}

function hasDisc(layout: LineageLayout, id: string): boolean {
  const item = layout.tree.byId.get(id);
  return item?.type === 'process' && item.process.stages.length > 0;
}

function isAt(time: string | null, origin: number | null): boolean {
  return time !== null && origin !== null && Math.abs(microsOf(time) - origin) < 1000;
}

function around(box: Box): Box {
  return { x: box.x - 180, y: box.y - 90, width: box.width + 360, height: box.height + 180 };
}

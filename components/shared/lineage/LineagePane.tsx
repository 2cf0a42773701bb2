'use client';

import { type ReactNode, type Ref, useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react';
import { Button } from '@/components/ui/Button';
import type { LineageView } from '@/lib/contracts/lineage';
import type { EventKind, StageName } from './describeItem';
import {
  closed,
  closedBeside,
  type Folds,
  isOnlyThePath,
  levelLess,
  levelMore,
  ONLY_THE_PATH,
  opened,
  regrouped,
} from './foldMoves';
import { parseOpened } from './foldState';
import { LineageGraph, type LineageGraphHandle } from './LineageGraph';
import { LineageTable } from './LineageTable';
import { LineageTools } from './LineageTools';
import { laneColours } from './laneColours';
import type { LineageReading } from './lineageTypes';
import { useBringUp } from './useBringUp';
import { useFind } from './useFind';
import { useLayout } from './useLayout';
import { FOREST_MOST, FOREST_PAGE, type Lineage } from './useLineage';
import { useNarrow } from './useNarrow';

/** What the keys of a screen ask of the pane. */
export type LineagePaneHandle = {
  find: () => void;
  next: (step: 1 | -1) => void;
  fit: () => void;
  frame: () => void;
  zoomBy: (factor: number) => void;
  openAll: () => void;
  closeAll: () => void;
  focus: () => void;
};

export type LineagePaneProps = {
  ref?: Ref<LineagePaneHandle>;
  lineage: Lineage;
  view: LineageView;
  /** Where a search looks beyond what is loaded. */
  hostId: string;
  stages: readonly StageName[];
  /** T0 in microseconds, as in the sequence. */
  originTime: number | null;
  reading: LineageReading;
  onReading: (reading: LineageReading) => void;
  selectedId: string | null;
  onSelect: (itemId: string) => void;
  hoveredId: string | null;
  onHover: (itemId: string | null) => void;
  folds: Folds;
  onFolds: (folds: Folds) => void;
  /** How many processes of the forest may be sent, and how the reader asks for more. */
  most: number;
  onMost: (most: number) => void;
  at: string | null;
  onAt?: (at: string) => void;
  /** Shows the events of a process, of some kinds or (none named) of all. */
  onEvents?: ((entityId: string, kinds: readonly EventKind[]) => void) | undefined;
  /** Name of a saved drawing, without its ending; and what it shows, in words. */
  fileName: string;
  title: string;
  /** Words beside the tools. */
  note?: ReactNode;
};

/** The lineage with its tools: drawing or table, find, what is folded, and how much of it all is shown. */
export function LineagePane(props: LineagePaneProps) {
  const { view, lineage, folds, stages, selectedId, hoveredId } = props;
  const narrow = useNarrow();
  const reading = narrow ? 'table' : props.reading;
  const foldKey = JSON.stringify([folds.open, folds.expand, folds.fold]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: arrays of the address are new at every reading; the key says when they differ
  const options = useMemo(
    () => ({
      collapsed: new Set(folds.fold),
      openGroups: folds.open === 'all' ? ('all' as const) : parseOpened(folds.expand).groups,
      apart: lineage.revealed,
    }),
    [foldKey, lineage.revealed],
  );
  const { layout, isLayingOut } = useLayout(view, options);
  const tree = layout?.tree ?? EMPTY_TREE;
  const lanes = useMemo(() => laneColours(view), [view]);
  const [active, setActive] = useState<string | null>(null);
  const activeId = [active, selectedId, view.anchorId].find((id) => id !== null && tree.byId.has(id)) ?? null;
  const graph = useRef<LineageGraphHandle>(null);
  const field = useRef<HTMLInputElement>(null);
  const change = (next: Folds) => {
    if (graph.current === null) props.onFolds(next);
    else graph.current.still(() => props.onFolds(next));
  };

  const find = useFind(props.hostId, tree);
  const show = (id: string) => {
    setActive(id);
    graph.current?.reveal(id);
  };
  const bringUp = useBringUp({ lineage, layout, folds, onFolds: props.onFolds, onShown: show });
  const goTo = (step: 1 | -1) => {
    const id = find.step(step);
    if (id !== undefined) bringUp(id);
  };
  // What is selected elsewhere is brought into the drawing, once: a branch closed over it then stays closed.
  const brought = useRef<string | null>(null);
  useEffect(() => {
    if (layout === null || selectedId === brought.current) return;
    brought.current = selectedId;
    if (selectedId !== null && !selectedId.startsWith('artefact:') && !layout.boxes.has(selectedId))
      bringUp(selectedId);
  });

  const [before, setBefore] = useState<Folds | null>(null);
  const onlyPath = isOnlyThePath(folds);
  const openAll = () => change({ open: 'all', expand: folds.expand, fold: [] });
  const closeAll = () => {
    setBefore(folds);
    change(closedBeside(folds, tree));
  };
  const matters = () => {
    if (!onlyPath) setBefore(folds);
    change(onlyPath && before !== null ? before : ONLY_THE_PATH);
  };
  const level = (step: 1 | -1) => props.onFolds(step > 0 ? levelMore(folds, tree) : levelLess(folds, tree));
  const open = (itemId: string) => {
    const item = tree.byId.get(itemId);
    if (item === undefined) return;
    const branch = lineage.branches.get(item.type === 'fold' ? (item.hostId ?? '') : item.id);
    if (branch?.state === 'failed') branch.retry();
    else if (branch === undefined || (item.type === 'fold' && item.kind !== 'unsent'))
      props.onFolds(opened(folds, item));
  };
  const activeItem = tree.byId.get(activeId ?? '');
  const groupId = activeItem?.type === 'process' && folds.open === 'path' ? activeItem.groupId : null;

  const shared = {
    stages,
    lanes,
    selectedId,
    activeId,
    hoveredId,
    found: find.found,
    branches: lineage.branches,
    onActivate: setActive,
    onSelect: props.onSelect,
    onHover: props.onHover,
    onOpen: open,
    onClose: (id: string) => props.onFolds(closed(folds, id)),
    onLevel: level,
    onEvents: props.onEvents,
  };

  useImperativeHandle(props.ref, () => ({
    find: () => field.current?.focus(),
    next: goTo,
    fit: () => graph.current?.fit(),
    frame: () => {
      if (activeId !== null) graph.current?.frame(activeId);
    },
    zoomBy: (factor) => graph.current?.zoomBy(factor),
    openAll,
    closeAll,
    focus: () => {
      const id = activeId ?? tree.items[0]?.id;
      if (id !== undefined) graph.current?.focus(id);
    },
  }));

  return (
    <div className="flex size-full min-h-0 flex-col">
      <LineageTools
        reading={reading}
        onReading={narrow ? null : props.onReading}
        find={find}
        field={field}
        onStep={goTo}
        onLeaveFind={() => {
          const back = activeId ?? tree.items[0]?.id;
          if (back !== undefined) graph.current?.focus(back);
        }}
        onZoom={(factor) => graph.current?.zoomBy(factor)}
        onFit={() => graph.current?.fit()}
        onOpenAll={openAll}
        onCloseAll={closeAll}
        onLevel={(step) => change(step > 0 ? levelMore(folds, tree) : levelLess(folds, tree))}
        matters={onlyPath && before === null ? null : onlyPath ? 'back' : 'only'}
        onMatters={matters}
        drawing={layout === null ? null : { layout, lanes, stages, selectedId }}
        fileName={props.fileName}
        title={props.title}
      >
        {`${view.shown.toLocaleString('en')} of ${view.total.toLocaleString('en')} processes shown`}
        {lineage.isReading ? ' · reading more' : isLayingOut ? ' · drawing' : null}
        {props.note}
        {folds.open === 'all' && view.shown < view.total && props.most < FOREST_MOST ? (
          <Button size="sm" variant="quiet" onClick={() => props.onMost(props.most + FOREST_PAGE)}>
            Read more
          </Button>
        ) : null}
        {groupId === null || activeItem?.type !== 'process' ? null : (
          <Button size="sm" variant="quiet" onClick={() => change(regrouped(folds, groupId))}>
            Fold its siblings again
          </Button>
        )}
      </LineageTools>
      <div className="min-h-0 flex-1">
        {layout === null ? (
          <p className="px-4 py-3 text-text-3" role="status">
            {`Drawing ${view.shown.toLocaleString('en')} processes`}
          </p>
        ) : reading === 'graph' ? (
          <LineageGraph
            ref={graph}
            layout={layout}
            anchorId={view.anchorId}
            originTime={props.originTime}
            at={props.at}
            onAt={props.onAt}
            {...shared}
          />
        ) : (
          <LineageTable tree={tree} anchorTime={props.originTime} {...shared} />
        )}
      </div>
    </div>
  );
}

const EMPTY_TREE = { items: [], byId: new Map(), rootIds: [] };

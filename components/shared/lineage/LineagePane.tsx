'use client';

import { type ReactNode, type Ref, useImperativeHandle, useMemo, useRef, useState } from 'react';
import { NO_MARKS, type SigmaMarks } from '@/components/shared/sigma/sigmaMarks';
import type { LineageView } from '@/lib/contracts/lineage';
import { parseClosed } from './closedState';
import type { EventKind, StageName } from './describeItem';
import { type Folds, regrouped } from './foldMoves';
import { parseOpened } from './foldState';
import { LineageAmount } from './LineageAmount';
import { LineageGraph, type LineageGraphHandle } from './LineageGraph';
import { LineageProblems } from './LineageProblems';
import { LineageTable } from './LineageTable';
import { LineageTools } from './LineageTools';
import { laneColours } from './laneColours';
import { hitsOfItems } from './lineageHits';
import type { LineageReading, LineageSight, LineageTree } from './lineageTypes';
import { useBringUp } from './useBringUp';
import { useFind } from './useFind';
import { useFoldActions } from './useFoldActions';
import { useFollowSelection } from './useFollowSelection';
import { useLayout } from './useLayout';
import type { Lineage } from './useLineage';
import { useNarrow } from './useNarrow';
import { useReadingFocus } from './useReadingFocus';

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
  /** Hits of Sigma to mark. */
  sigma?: SigmaMarks;
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
      closed: parseClosed(folds.fold),
      openGroups: folds.open === 'all' ? ('all' as const) : parseOpened(folds.expand).groups,
      apart: lineage.revealed,
    }),
    [foldKey, lineage.revealed],
  );
  const drawing = useLayout(view, options);
  const { layout } = drawing;
  const tree = layout?.tree ?? EMPTY_TREE;
  const lanes = useMemo(() => laneColours(view), [view]);
  const sigma = props.sigma ?? NO_MARKS;
  const hits = useMemo(() => hitsOfItems(sigma, view.nodes, tree), [sigma, view.nodes, tree]);
  const [active, setActive] = useState<string | null>(null);
  const activeId = [active, selectedId, view.anchorId].find((id) => id !== null && tree.byId.has(id)) ?? null;
  const graph = useRef<LineageGraphHandle>(null);
  const table = useRef<LineageSight>(null);
  const sight = () => graph.current ?? table.current;
  const field = useRef<HTMLInputElement>(null);
  const focusActive = () => {
    const id = activeId ?? tree.items[0]?.id;
    if (id !== undefined) sight()?.focus(id);
  };
  const readingFocus = useReadingFocus(reading, focusActive);

  const find = useFind(props.hostId, tree);
  const show = (id: string) => {
    setActive(id);
    sight()?.reveal(id);
  };
  const { bringUp, missing } = useBringUp({
    lineage,
    drawing,
    folds,
    onFolds: props.onFolds,
    onShown: show,
  });
  const goTo = (step: 1 | -1) => {
    const id = find.step(step);
    if (id !== undefined) bringUp(id);
  };
  const selectedHere = useFollowSelection({ selectedId, layout, onShow: show, onBringUp: bringUp });

  const change = (next: Folds) => {
    if (graph.current === null) props.onFolds(next);
    else graph.current.still(() => props.onFolds(next));
  };
  const { branches } = lineage;
  // Keys of an item hold that item still themselves; the tools hold what the reader is at.
  const act = useFoldActions({ tree, folds, branches, onFolds: props.onFolds });
  const tools = useFoldActions({ tree, folds, branches, onFolds: change });
  const frame = () => {
    const id = selectedId !== null && tree.byId.has(selectedId) ? selectedId : activeId;
    if (id === null) return;
    if (graph.current === null) table.current?.reveal(id);
    else graph.current.frame(id);
  };

  const shared = {
    stages,
    lanes,
    selectedId,
    activeId,
    hoveredId,
    found: find.found,
    hits,
    branches,
    onActivate: setActive,
    onSelect: (id: string) => {
      selectedHere(id);
      props.onSelect(id);
    },
    onHover: props.onHover,
    onOpen: act.open,
    onClose: act.close,
    onLevel: act.level,
    onEvents: props.onEvents,
  };

  useImperativeHandle(props.ref, () => ({
    find: () => field.current?.focus(),
    next: goTo,
    fit: () => graph.current?.fit(),
    frame,
    zoomBy: (factor) => graph.current?.zoomBy(factor),
    openAll: tools.openAll,
    closeAll: tools.closeAll,
    focus: focusActive,
  }));

  return (
    <div className="flex size-full min-h-0 flex-col">
      <LineageTools
        reading={reading}
        onReading={narrow ? null : props.onReading}
        find={find}
        field={field}
        onStep={goTo}
        onLeaveFind={focusActive}
        onZoom={(factor) => graph.current?.zoomBy(factor)}
        onFit={() => graph.current?.fit()}
        onFrame={frame}
        folds={tools}
        drawing={layout === null ? null : { layout, lanes, stages, selectedId, hits }}
        fileName={props.fileName}
        title={props.title}
      >
        <LineageAmount
          view={view}
          tree={tree}
          activeId={activeId}
          folds={folds}
          most={props.most}
          onMost={props.onMost}
          onOpen={tools.open}
          onRegroup={(groupId) => {
            // The button goes with the stack's members; the focus goes where they go.
            focusActive();
            change(regrouped(folds, groupId));
          }}
          state={lineage.isReading ? 'reading' : drawing.isLayingOut ? 'drawing' : null}
          isMissing={missing !== null && !tree.byId.has(missing)}
          note={props.note}
        />
      </LineageTools>
      <LineageProblems lineage={lineage} layout={drawing.failed} onRetry={focusActive} />
      <div className="min-h-0 flex-1" {...readingFocus}>
        {layout === null ? (
          drawing.failed === null ? (
            <p className="px-4 py-3 text-text-3" role="status">
              {`Drawing ${view.shown.toLocaleString('en')} processes`}
            </p>
          ) : null
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
          <LineageTable ref={table} tree={tree} anchorTime={props.originTime} {...shared} />
        )}
      </div>
    </div>
  );
}

const EMPTY_TREE: LineageTree = { items: [], byId: new Map(), rootIds: [] };

'use client';

import {
  type ReactNode,
  type Ref,
  useDeferredValue,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from 'react';
import { Button } from '@/components/ui/Button';
import { Segmented } from '@/components/ui/Toggle';
import type { LineageView } from '@/lib/contracts/lineage';
import type { StageName } from './describeItem';
import { LineageGraph, type LineageGraphHandle } from './LineageGraph';
import { LineageTable } from './LineageTable';
import { laneColours } from './laneColours';
import { layoutLineage } from './layoutLineage';
import { useNarrow } from './useNarrow';
import { findInTree } from './walkLineage';

export type LineageReading = 'graph' | 'table';

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

type LineagePaneProps = {
  ref?: Ref<LineagePaneHandle>;
  view: LineageView;
  stages: readonly StageName[];
  /** T0 in microseconds, as in the sequence. */
  originTime: number | null;
  reading: LineageReading;
  onReading: (reading: LineageReading) => void;
  selectedId: string | null;
  onSelect: (itemId: string) => void;
  hoveredId: string | null;
  onHover: (itemId: string | null) => void;
  /** Parents whose children the server was asked for, and parents the reader closed. */
  expanded: readonly string[];
  collapsed: readonly string[];
  onFolds: (folds: {
    expanded: string[];
    collapsed: string[] /** The server is to send more than it did. */;
    more?: boolean;
  }) => void;
  /** Words beside the tools, e.g. that more is being read. */
  note?: ReactNode;
};

/** The lineage with its tools: drawing or table, find, what is folded, and how much of it all is shown. */
export function LineagePane(props: LineagePaneProps) {
  const { view, stages, selectedId, hoveredId } = props;
  const narrow = useNarrow();
  const reading = narrow ? 'table' : props.reading;
  const collapsed = useMemo(() => new Set(props.collapsed), [props.collapsed]);
  const layout = useMemo(() => layoutLineage(view, { collapsed }), [view, collapsed]);
  const lanes = useMemo(() => laneColours(view), [view]);
  const [active, setActive] = useState<string | null>(null);
  const activeId =
    [active, selectedId, view.anchorId].find((id) => id !== null && layout.tree.byId.has(id)) ?? null;
  const graph = useRef<LineageGraphHandle>(null);

  const [finding, setFinding] = useState('');
  const wanted = useDeferredValue(finding);
  const hits = useMemo(() => findInTree(layout.tree, wanted), [layout, wanted]);
  const found = useMemo(() => new Set(hits), [hits]);
  const [hit, setHit] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  const goTo = (index: number) => {
    if (hits.length === 0) return;
    const place = (index + hits.length) % hits.length;
    setHit(place);
    const id = hits[place];
    if (id === undefined) return;
    setActive(id);
    graph.current?.reveal(id);
  };

  const folds = {
    onOpen: (itemId: string) => {
      const id = itemId.replace(/^fold:/, '');
      const wasClosed = collapsed.has(id);
      props.onFolds({
        collapsed: props.collapsed.filter((other) => other !== id),
        expanded: wasClosed || props.expanded.includes(id) ? [...props.expanded] : [...props.expanded, id],
        more: !wasClosed && props.expanded.includes(id),
      });
    },
    onClose: (id: string) =>
      props.onFolds({
        collapsed: [...new Set([...props.collapsed, id])],
        expanded: props.expanded.filter((other) => other !== id),
      }),
    onOpenAll: () =>
      props.onFolds({
        collapsed: [],
        expanded: [...new Set([...props.expanded, ...view.folded.map((fold) => fold.parentId)])],
      }),
    onCloseAll: () =>
      props.onFolds({
        expanded: [],
        collapsed: layout.nodes
          .filter((node) => node.item.expanded === true && !node.item.process.onPath)
          .map((node) => node.id),
      }),
  };
  const shared = {
    stages,
    lanes,
    selectedId,
    activeId,
    hoveredId,
    found,
    ...folds,
    onActivate: setActive,
    onSelect: props.onSelect,
    onHover: props.onHover,
  };

  useImperativeHandle(props.ref, () => ({
    find: () => field.current?.focus(),
    next: (step) => goTo(hit + step),
    fit: () => graph.current?.fit(),
    frame: () => {
      if (activeId !== null) graph.current?.frame(activeId);
    },
    zoomBy: (factor) => graph.current?.zoomBy(factor),
    openAll: () => (graph.current === null ? folds.onOpenAll() : graph.current.openAll()),
    closeAll: () => (graph.current === null ? folds.onCloseAll() : graph.current.closeAll()),
    focus: () => {
      const id = activeId ?? layout.tree.items[0]?.id;
      if (id !== undefined) graph.current?.focus(id);
    },
  }));

  return (
    <div className="flex size-full min-h-0 flex-col">
      <div className="no-print flex h-9 shrink-0 items-center gap-2 px-4">
        <h2 className="text-13 font-medium">Lineage</h2>
        <p className="num mr-auto truncate text-12 text-text-3">
          {`${view.shown.toLocaleString('en')} of ${view.total.toLocaleString('en')} processes shown`}
          {props.note}
        </p>
        {props.expanded.length > 0 || props.collapsed.length > 0 ? (
          <Button size="sm" variant="quiet" onClick={() => props.onFolds({ expanded: [], collapsed: [] })}>
            Only what matters
          </Button>
        ) : null}
        <div className="flex h-6 items-center rounded-md border border-line-strong">
          <input
            ref={field}
            type="search"
            aria-label="Find in tree"
            aria-keyshortcuts="/"
            placeholder="Find in tree  /"
            autoComplete="off"
            spellCheck={false}
            value={finding}
            onChange={(event) => {
              setFinding(event.target.value);
              setHit(0);
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter')
                goTo(event.shiftKey ? hit - 1 : active === hits[hit] ? hit + 1 : hit);
              else if (event.key === 'Escape') {
                if (finding === '') {
                  const back = activeId ?? layout.tree.items[0]?.id;
                  if (back !== undefined) graph.current?.focus(back);
                } else setFinding('');
              } else return;
              event.preventDefault();
              event.stopPropagation();
            }}
            className="h-full w-28 rounded-md bg-transparent px-2 text-12 placeholder:text-text-3"
          />
          {wanted.trim() === '' ? null : (
            <span className="num px-2 text-12 text-text-3" role="status">
              {hits.length === 0 ? 'none shown' : `${hit + 1} of ${hits.length}`}
            </span>
          )}
        </div>
        {reading === 'graph' ? (
          <div className="flex">
            <Button
              size="sm"
              variant="quiet"
              aria-label="Zoom out"
              onClick={() => graph.current?.zoomBy(1 / 1.25)}
            >
              −
            </Button>
            <Button
              size="sm"
              variant="quiet"
              aria-label="Zoom in"
              onClick={() => graph.current?.zoomBy(1.25)}
            >
              +
            </Button>
            <Button size="sm" variant="quiet" aria-keyshortcuts="0" onClick={() => graph.current?.fit()}>
              Fit
            </Button>
          </div>
        ) : null}
        {narrow ? null : (
          <Segmented
            label="Read the lineage as"
            value={reading}
            onChange={props.onReading}
            options={[
              { value: 'graph', label: 'Graph' },
              { value: 'table', label: 'Table' },
            ]}
          />
        )}
      </div>
      <div className="min-h-0 flex-1">
        {reading === 'graph' ? (
          <LineageGraph
            ref={graph}
            layout={layout}
            anchorId={view.anchorId}
            originTime={props.originTime}
            {...shared}
          />
        ) : (
          <LineageTable tree={layout.tree} anchorTime={props.originTime} {...shared} />
        )}
      </div>
    </div>
  );
}

'use client';

import { clsx } from 'clsx';
import { type KeyboardEvent, type Ref, useImperativeHandle, useLayoutEffect, useRef } from 'react';
import { scrollToRow } from '@/components/shared/scrollToRow';
import { describeItem, type EventKind, type StageName } from './describeItem';
import { Cells, COLUMNS } from './LineageCells';
import type { ItemHits } from './lineageHits';
import type { LineageTree } from './lineageTree';
import type { LineageSight } from './lineageTypes';
import { useKeptFocus } from './useKeptFocus';
import type { BranchState } from './useLineage';
import { drawnRows, ROW, restBelow, useRows } from './useTableRows';
import { moveInTree } from './walkLineage';

type LineageTableProps = {
  ref?: Ref<LineageSight>;
  tree: LineageTree;
  stages: readonly StageName[];
  lanes: ReadonlyMap<string, number>;
  /** T0 in microseconds. */
  anchorTime: number | null;
  selectedId: string | null;
  activeId: string | null;
  hoveredId: string | null;
  found: ReadonlySet<string>;
  /** Hits of Sigma by item. */
  hits: ItemHits;
  onActivate: (id: string) => void;
  onSelect: (id: string) => void;
  onHover: (id: string | null) => void;
  onOpen: (id: string) => void;
  onClose: (id: string) => void;
  branches: ReadonlyMap<string, BranchState>;
  onLevel: (step: 1 | -1) => void;
  onEvents: ((entityId: string, kinds: readonly EventKind[]) => void) | undefined;
};

/** The lineage as rows: everything the drawing says, for screen readers, small screens and people who read. */
export function LineageTable(props: LineageTableProps) {
  const { tree } = props;
  const rows = useRef(new Map<string, HTMLTableRowElement>());
  const scroller = useRef<HTMLDivElement>(null);
  const { places, virtual } = useRows(tree, scroller);
  const activeId =
    props.activeId !== null && tree.byId.has(props.activeId) ? props.activeId : tree.items[0]?.id;
  const activePlace = activeId === undefined ? -1 : (places.get(activeId) ?? -1);
  const drawn = drawnRows(tree.items.length, virtual, activePlace);

  const bringUp = (id: string) => {
    const place = places.get(id);
    const row = rows.current.get(id);
    if (place === undefined) return;
    if (virtual !== null) virtual.scrollToIndex(place, { align: 'auto' });
    else if (row !== undefined && scroller.current !== null) scrollToRow(scroller.current, row, ROW);
  };
  // What is reached by search or from the drawing may be far from what is in sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another item asks for this
  useLayoutEffect(() => {
    if (activeId !== undefined) bringUp(activeId);
  }, [activeId]);
  const focusing = useRef<string | null>(null);
  useLayoutEffect(() => {
    const row = focusing.current === null ? undefined : rows.current.get(focusing.current);
    if (row === undefined) return;
    focusing.current = null;
    row.focus();
  });
  const focusRow = (id: string) => {
    props.onActivate(id);
    bringUp(id);
    const row = rows.current.get(id);
    if (row === undefined) focusing.current = id;
    else row.focus();
  };
  const keptFocus = useKeptFocus(tree, focusRow);
  useImperativeHandle(props.ref, () => ({
    focus: focusRow,
    reveal: (id) => {
      if (scroller.current?.contains(document.activeElement) === true) focusRow(id);
      else bringUp(id);
    },
  }));

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || activeId === undefined) return;
    const item = tree.byId.get(activeId);
    if (event.key === '{' || event.key === '}') props.onLevel(event.key === '{' ? 1 : -1);
    else if (event.key === 'e' && item?.type === 'process' && props.onEvents !== undefined)
      props.onEvents(item.id, []);
    else if (event.key === 'Enter' || event.key === ' ') {
      if (item?.type === 'fold') props.onOpen(activeId);
      else props.onSelect(activeId);
    } else {
      const move = moveInTree(tree, activeId, event.key, 'list');
      if (move === undefined) return;
      if ('to' in move) focusRow(move.to);
      else if ('open' in move) props.onOpen(move.open);
      else props.onClose(move.close);
    }
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div ref={scroller} className="size-full overflow-auto">
      <table
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a treegrid is a table whose rows open
        role="treegrid"
        aria-label="Process lineage as a table"
        aria-rowcount={tree.items.length + 1}
        className="w-full border-separate border-spacing-0 text-left"
        onKeyDown={onKeyDown}
        {...keptFocus}
      >
        <thead className="sticky top-0 z-10 bg-surface-0">
          <tr>
            {COLUMNS.map((title) => (
              <th key={title} scope="col" className="label border-b px-3 py-1.5 font-medium first:pl-4">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {drawn.flatMap(({ index, before }) => {
            const item = tree.items[index];
            if (item === undefined) return [];
            return [
              ...(before > 0 ? [<Space key={`before:${item.id}`} height={before} />] : []),
              <tr
                key={item.id}
                data-index={index}
                data-item={item.id}
                ref={(element) => {
                  if (element === null) rows.current.delete(item.id);
                  else {
                    rows.current.set(item.id, element);
                    virtual?.measureElement(element);
                  }
                }}
                aria-label={describeItem(item, tree, props.stages, props.hits.get(item.id))}
                aria-rowindex={index + 2}
                aria-level={item.level}
                aria-posinset={item.posInSet}
                aria-setsize={item.setSize}
                aria-selected={item.id === props.selectedId}
                {...(item.type === 'process' && item.expanded !== undefined
                  ? { 'aria-expanded': item.expanded }
                  : {})}
                {...(item.type === 'fold' ? { 'aria-expanded': false } : {})}
                tabIndex={item.id === activeId ? 0 : -1}
                className={clsx(
                  'focus-inset h-8 cursor-pointer',
                  item.id === props.selectedId
                    ? 'bg-accent-soft'
                    : item.id === props.hoveredId
                      ? 'bg-surface-2'
                      : undefined,
                )}
                onFocus={() => props.onActivate(item.id)}
                onPointerEnter={() => props.onHover(item.id)}
                onPointerLeave={() => props.onHover(null)}
                onClick={() => (item.type === 'fold' ? props.onOpen(item.id) : props.onSelect(item.id))}
              >
                <Cells item={item} {...props} />
              </tr>,
            ];
          })}
          {virtual === null ? null : <Space height={restBelow(virtual, drawn)} />}
        </tbody>
      </table>
    </div>
  );
}

/** Room of rows that are not drawn. */
function Space({ height }: { height: number }) {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row of nothing takes no focus
    <tr aria-hidden="true">
      <td colSpan={COLUMNS.length} style={{ height }} />
    </tr>
  );
}

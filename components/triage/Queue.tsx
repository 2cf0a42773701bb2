// biome-ignore-all lint/a11y/useSemanticElements: rows are virtual, and a table's elements cannot be placed
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid is the one tab stop and names its active row

'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { type MouseEvent, type RefObject, useEffect, useId } from 'react';
import type { TriageSort } from '@/components/shared/findingFilters';
import { scrollToIndex } from '@/components/shared/scrollToRow';
import type { FindingSummary } from '@/lib/contracts/findings';
import { QueueHeading } from './QueueHeading';
import { QueueRow } from './QueueRow';
import type { QueueColumn } from './queueColumns';

const ROW = 40;
const HEADING = 28;
/** The next page is asked for when this many rows are left below. */
const AHEAD = 60;

type QueueProps = {
  rows: readonly FindingSummary[];
  /** All that match, loaded or not. */
  total: number;
  columns: readonly QueueColumn[];
  sort: TriageSort;
  onSort: (sort: TriageSort) => void;
  activeId: string | null;
  /** Null where nothing can be done with several. */
  picked: ReadonlySet<string> | null;
  hrefOf: (id: string) => string;
  onSelect: (id: string, event: MouseEvent) => void;
  onPick: (id: string) => void;
  onOpen: (id: string) => void;
  /** Called when the last loaded row is near, again and again. */
  onNearEnd: () => void;
  grid: RefObject<HTMLDivElement | null>;
  scroller: RefObject<HTMLDivElement | null>;
};

/** The list: a grid with one tab stop and an active row, drawing only the rows in sight. */
export function Queue(props: QueueProps) {
  const { rows, total, activeId, picked, hrefOf, onNearEnd, grid, scroller } = props;
  const name = useId();
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 12,
    scrollPaddingStart: HEADING,
  });
  const drawn = virtual.getVirtualItems();
  const nearEnd = (drawn.at(-1)?.index ?? 0) >= rows.length - AHEAD;
  useEffect(() => {
    if (nearEnd) onNearEnd();
  });
  return (
    <div ref={scroller} className="@container min-h-0 flex-1 overflow-auto">
      <div
        ref={grid}
        role="grid"
        tabIndex={0}
        aria-label="Findings"
        aria-rowcount={total + 1}
        aria-multiselectable={picked !== null}
        aria-activedescendant={activeId ? `${name}-${activeId}` : undefined}
        className="group min-h-full outline-none"
      >
        <QueueHeading
          columns={props.columns}
          sort={props.sort}
          onSort={props.onSort}
          selectable={picked !== null}
        />
        <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
          {drawn.map((item) => {
            const finding = rows[item.index];
            return finding ? (
              <div
                key={finding.id}
                role="presentation"
                className="absolute inset-x-0"
                style={{ top: item.start }}
              >
                <QueueRow
                  id={`${name}-${finding.id}`}
                  finding={finding}
                  columns={props.columns}
                  href={hrefOf(finding.id)}
                  rowIndex={item.index + 2}
                  active={finding.id === activeId}
                  picked={picked?.has(finding.id)}
                  onSelect={props.onSelect}
                  onPick={props.onPick}
                  onOpen={props.onOpen}
                />
              </div>
            ) : null;
          })}
        </div>
      </div>
    </div>
  );
}

/** Brings a row into sight without moving it when it already is. */
export function scrollRowIntoView(scroller: HTMLElement | null, index: number): void {
  scrollToIndex(scroller, index, { row: ROW, heading: HEADING });
}

/** How many rows a step of a screen is. */
export function rowsInSight(scroller: HTMLElement | null): number {
  return Math.max(1, Math.floor((scroller?.clientHeight ?? 400) / ROW) - 2);
}

// biome-ignore-all lint/a11y/useSemanticElements: rows are virtual, and a table's elements cannot be placed
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid is the one tab stop and names its active row

'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { clsx } from 'clsx';
import { memo, type RefObject, useId, useMemo } from 'react';
import type { EventView } from '@/lib/contracts/events';
import { HostileText } from '../MonoText';
import { scrollToIndex } from '../scrollToRow';
import { TimeText } from '../TimeText';
import { columnText, columnTitle, columnWidth, WHAT } from './eventColumns';

const ROW = 32;
const HEADING = 28;

type EventTableProps = {
  rows: readonly EventView[];
  columns: readonly string[];
  /** All that match, loaded or not; null while it is counted. */
  total: number | null;
  activeId: string | null;
  onSelect: (eventId: string) => void;
  /** A double click, as Enter. */
  onOpen: (event: EventView) => void;
  /** Called when the last loaded row is near. */
  onNearEnd: () => void;
  grid: RefObject<HTMLDivElement | null>;
  scroller: RefObject<HTMLDivElement | null>;
  /** Order of time, to be told in its heading. */
  order: 'newest' | 'oldest';
};

/** Events as rows of 32 px: a grid with one tab stop and an active row, drawing only the rows in sight. */
export function EventTable(props: EventTableProps) {
  const { rows, columns, total, activeId, onSelect, onOpen, onNearEnd, grid, scroller, order } = props;
  const name = useId();
  const template = useMemo(() => columns.map(columnWidth).join(' '), [columns]);
  const least = useMemo(() => columns.reduce((sum, column) => sum + leastWidth(column), 32), [columns]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 16,
    scrollPaddingStart: HEADING,
    onChange: (instance) => {
      const last = instance.getVirtualItems().at(-1);
      if (last && last.index >= rows.length - 40) onNearEnd();
    },
  });
  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-auto">
      <div
        ref={grid}
        role="grid"
        tabIndex={0}
        aria-label="Events"
        aria-rowcount={total === null ? -1 : total + 1}
        aria-colcount={columns.length}
        aria-activedescendant={activeId === null ? undefined : `${name}-${activeId}`}
        className="group min-h-full outline-none"
        style={{ minWidth: least }}
      >
        <div
          role="row"
          aria-rowindex={1}
          className="label sticky top-0 z-10 grid h-7 items-center gap-x-3 border-b bg-surface-0 px-4"
          style={{ gridTemplateColumns: template }}
        >
          {columns.map((column) => (
            <span
              key={column}
              role="columnheader"
              className="truncate"
              {...(column === '@timestamp'
                ? { 'aria-sort': order === 'newest' ? ('descending' as const) : ('ascending' as const) }
                : {})}
            >
              {columnTitle(column)}
              {column === '@timestamp' ? (
                <span aria-hidden="true">{order === 'newest' ? ' ↓' : ' ↑'}</span>
              ) : null}
            </span>
          ))}
        </div>
        <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const event = rows[item.index];
            return event ? (
              <div
                key={event.id}
                role="presentation"
                className="absolute inset-x-0"
                style={{ top: item.start }}
              >
                <EventRow
                  id={`${name}-${event.id}`}
                  event={event}
                  columns={columns}
                  template={template}
                  rowIndex={item.index + 2}
                  active={event.id === activeId}
                  onSelect={onSelect}
                  onOpen={onOpen}
                />
              </div>
            ) : null;
          })}
        </div>
      </div>
    </div>
  );
}

type EventRowProps = {
  id: string;
  event: EventView;
  columns: readonly string[];
  template: string;
  rowIndex: number;
  active: boolean;
  onSelect: (eventId: string) => void;
  onOpen: (event: EventView) => void;
};

const EventRow = memo(function EventRow(props: EventRowProps) {
  const { id, event, columns, template, rowIndex, active, onSelect, onOpen } = props;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the grid's
    <div
      id={id}
      role="row"
      aria-rowindex={rowIndex}
      aria-selected={active}
      onClick={() => onSelect(event.id)}
      onDoubleClick={() => onOpen(event)}
      style={{ gridTemplateColumns: template }}
      className={clsx(
        'grid h-8 cursor-default items-center gap-x-3 border-b px-4',
        active
          ? 'bg-accent-soft -outline-offset-2 outline-accent group-focus-visible:outline-2'
          : 'hover:bg-surface-2',
      )}
    >
      {columns.map((column) => (
        <span key={column} role="gridcell" className="min-w-0 truncate">
          <Cell event={event} column={column} />
        </span>
      ))}
    </div>
  );
});

/** Longer text is cut by the row anyway; what a cell holds at most keeps a 30 KB command line cheap. */
const CELL = 400;

function Cell({ event, column }: { event: EventView; column: string }) {
  if (column === '@timestamp')
    return <TimeText at={event.time} date precision="ms" className="num font-mono text-12" />;
  const text = columnText(event, column);
  if (text === undefined) return <span className="text-text-3">–</span>;
  const quiet = column === 'event.kind';
  return (
    <span className={quiet ? 'text-text-2' : column === WHAT ? 'machine text-text-1' : 'machine'}>
      <HostileText text={text.length > CELL ? `${text.slice(0, CELL)}…` : text} />
    </span>
  );
}

function leastWidth(column: string): number {
  return (Number(/\d+/.exec(columnWidth(column))?.[0]) || 120) + 12;
}

/** Brings a row into sight without moving it when it already is. */
export function scrollEventIntoView(scroller: HTMLElement | null, index: number): void {
  scrollToIndex(scroller, index, { row: ROW, heading: HEADING });
}

/** How many rows a page key goes by. */
export function rowsInSight(scroller: HTMLElement | null): number {
  return Math.max(1, Math.floor((scroller?.clientHeight ?? 400) / ROW) - 2);
}

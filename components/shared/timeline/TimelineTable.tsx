'use client';

import { defaultRangeExtractor, type Range, useVirtualizer } from '@tanstack/react-virtual';
import { clsx } from 'clsx';
import { Fragment, type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { scrollToRow } from '@/components/shared/scrollToRow';
import { roomAround, rowsToDraw } from './drawnRows';
import type { TimelineProcess, TimelineStage } from './lane';
import { TimelineTableRow } from './TimelineTableRow';
import { isExact, type TimelineData } from './timelineData';
import { type TimelineRow, timelineRows } from './timelineRows';
import type { TimeWindow } from './timeScale';
import type { TimeWriter } from './timeWords';
import { useKeptFocus } from './useKeptFocus';

/** Rows are drawn as they scroll into sight above this number. */
const VIRTUAL_FROM = 200;
const ROW = 28;
const TITLES = ['Time', 'After T0', 'Stage', 'What', 'Process', 'Detail', 'Flag'] as const;
/** Columns that a narrow screen does without. */
const WIDE: ReadonlySet<string> = new Set(['After T0', 'What']);

export type TimelineTableProps = {
  data: TimelineData;
  shown: TimeWindow;
  whole: TimeWindow;
  onWindow: (window: TimeWindow) => void;
  writer: TimeWriter;
  stages: readonly TimelineStage[];
  processes: readonly TimelineProcess[];
  selectedEventId: string | null;
  litEntityId: string | null;
  onSelect: (eventId: string) => void;
  /** Takes the moment of a row that was clicked or entered while a range is chosen; null while none is. */
  onMoment: ((time: number) => void) | null;
  onFlag: (eventId: string, flagged: boolean) => void;
};

/**
 * The sequence as rows, in the order things happened: events, what could not be recorded, and how many events there are
 * that are not listed. Arrows go from row to row and select; Enter on a count zooms to it.
 */
export function TimelineTable(props: TimelineTableProps) {
  const { data, shown } = props;
  const rows = useMemo(() => timelineRows(data, shown), [data, shown]);
  const names = useMemo(
    () => new Map(props.processes.map((process) => [process.entityId, process.name])),
    [props.processes],
  );
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<string | null>(null);
  const place = Math.max(0, placeOf(rows, active ?? props.selectedEventId));
  const rangeExtractor = useCallback(
    (range: Range) => rowsToDraw(defaultRangeExtractor(range), place, range.count),
    [place],
  );
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 16,
    scrollPaddingStart: ROW,
    rangeExtractor,
    enabled: rows.length > VIRTUAL_FROM,
  });
  // What is selected elsewhere becomes the row the keys start from, and comes into sight.
  const { selectedEventId } = props;
  useEffect(() => setActive(selectedEventId), [selectedEventId]);
  const focus = useRowFocus(scroller, rows[place]?.id);
  const kept = useKeptFocus(() => scroller.current?.querySelector<HTMLElement>(TAB_STOP) ?? scroller.current);
  const seen = useRef<string | null>(null);
  useEffect(() => {
    if (selectedEventId === null || seen.current === selectedEventId) return;
    const index = placeOf(rows, selectedEventId);
    if (index < 0) return;
    seen.current = selectedEventId;
    if (rows.length > VIRTUAL_FROM) virtual.scrollToIndex(index, { align: 'auto' });
    else {
      const row = scroller.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(selectedEventId)}"]`);
      if (row != null && scroller.current !== null) scrollToRow(scroller.current, row, ROW);
    }
  }, [selectedEventId, rows, virtual]);

  const go = (row: TimelineRow | undefined, index: number) => {
    if (row === undefined) return;
    setActive(row.id);
    focus.follow();
    if (rows.length > VIRTUAL_FROM) virtual.scrollToIndex(index, { align: 'auto' });
    if (isEvent(row)) props.onSelect(row.id);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const row = rows[place];
    const to = {
      ArrowDown: place + 1,
      ArrowUp: place - 1,
      PageDown: Math.min(rows.length - 1, place + 15),
      PageUp: Math.max(0, place - 15),
      Home: 0,
      End: rows.length - 1,
    }[event.key];
    if (to !== undefined) go(rows[to], to);
    else if (event.key === 'Enter' && row !== undefined && isRow(event.target)) {
      if (row.type === 'count') zoomTo(row);
      else props.onMoment?.(row.time);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const zoomTo = (row: { from: number; to: number }) => {
    const air = (row.to - row.from) * 0.02;
    props.onWindow({
      from: Math.max(props.whole.from, row.from - air),
      to: Math.min(props.whole.to, row.to + air),
    });
  };

  const isVirtual = rows.length > VIRTUAL_FROM;
  const indexes = isVirtual ? virtual.getVirtualItems().map(({ index }) => index) : [...rows.keys()];
  const drawn = roomAround(indexes, rows.length, ROW);
  return (
    <div ref={scroller} tabIndex={-1} className="focus-inset size-full overflow-auto" {...kept}>
      <table
        aria-label="Sequence as a table"
        aria-rowcount={rows.length + 1}
        className="w-full border-separate border-spacing-0 text-left"
        onKeyDown={onKeyDown}
      >
        <thead className="sticky top-0 z-10 bg-surface-0">
          <tr aria-rowindex={1}>
            {TITLES.map((title) => (
              <th
                key={title}
                scope="col"
                className={clsx(
                  'label border-b px-3 py-1.5 font-medium first:pl-4',
                  WIDE.has(title) && 'max-sm:hidden',
                )}
              >
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {drawn.rows.map(({ index, above }) => {
            const row = rows[index];
            return row === undefined ? null : (
              <Fragment key={row.id}>
                <Spacer height={above} />
                <TimelineTableRow
                  row={row}
                  rowIndex={index + 2}
                  active={index === place}
                  selected={row.id === props.selectedEventId}
                  lit={
                    isEvent(row) && row.event.entityId !== null && row.event.entityId === props.litEntityId
                  }
                  origin={data.origin}
                  writer={props.writer}
                  stages={props.stages}
                  processName={isEvent(row) ? (names.get(row.event.entityId ?? '') ?? '') : ''}
                  onChoose={() => {
                    go(row, index);
                    props.onMoment?.(row.time);
                  }}
                  onZoom={zoomTo}
                  onFlag={props.onFlag}
                />
              </Fragment>
            );
          })}
          <Spacer height={drawn.below} />
        </tbody>
      </table>
      {rows.some(isEvent) || !isExact(data, shown) ? null : (
        <p className="px-4 py-3 text-text-3">
          {`No event lies in this window; ${data.total.toLocaleString('en')} in all.`}
        </p>
      )}
    </div>
  );
}

/** What Tab reaches. */
const TAB_STOP = 'tr[tabindex="0"]';

function Spacer({ height }: { height: number }) {
  return height <= 0 ? null : (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: an empty row takes no focus; it only keeps the place
    <tr aria-hidden="true">
      <td colSpan={TITLES.length} style={{ height }} />
    </tr>
  );
}

function placeOf(rows: readonly TimelineRow[], id: string | null): number {
  return id === null ? -1 : rows.findIndex((row) => row.id === id);
}

/** Whether a row can be selected: an event, or hits that stand for one. */
function isEvent(row: TimelineRow): row is Extract<TimelineRow, { event: unknown }> {
  return row.type === 'event' || row.type === 'hit';
}

function isRow(target: EventTarget): boolean {
  return target instanceof HTMLTableRowElement;
}

/** Moves focus to the active row once it is drawn, when it was reached from the table itself. */
function useRowFocus(scroller: React.RefObject<HTMLElement | null>, rowId: string | undefined) {
  const wanted = useRef(false);
  useEffect(() => {
    if (!wanted.current || rowId === undefined) return;
    const row = scroller.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(rowId)}"]`);
    if (row == null) return;
    wanted.current = false;
    row.focus({ preventScroll: row.getBoundingClientRect().height === 0 });
  });
  return {
    follow: () => {
      wanted.current = true;
    },
  };
}

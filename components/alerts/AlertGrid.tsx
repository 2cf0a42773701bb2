// biome-ignore-all lint/a11y/useSemanticElements: rows are virtual, and a table's elements cannot be placed
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid is the one tab stop and names its active row

'use client';

import { clsx } from 'clsx';
import { type MouseEvent, type RefObject, useId } from 'react';
import { scrollToIndex } from '@/components/shared/scrollToRow';
import { useDrawnRows } from '@/components/shared/useDrawnRows';
import type { AlertView } from '@/lib/contracts/alerts';
import { ALERT_COLUMN, ALERT_ROW, AlertRow } from './AlertRow';

const ROW = 40;
const HEADING = 28;

type AlertGridProps = {
  rows: readonly AlertView[];
  /** Rows there are, as far as that is known; -1 while more can be read. */
  rowCount: number;
  activeKey: string | null;
  /** Null where nothing can be done with several. */
  picked: ReadonlySet<string> | null;
  onSelect: (key: string, event: MouseEvent) => void;
  onPick: (key: string) => void;
  onNearEnd: () => void;
  grid: RefObject<HTMLDivElement | null>;
  scroller: RefObject<HTMLDivElement | null>;
};

/** The list of alerts: a grid with one tab stop and an active row, drawing only the rows in sight. */
export function AlertGrid(props: AlertGridProps) {
  const { rows, rowCount, activeKey, picked, onNearEnd, grid, scroller } = props;
  const name = useId();
  const { drawn, height } = useDrawnRows({
    count: rows.length,
    row: ROW,
    heading: HEADING,
    scroller,
    onNearEnd,
  });
  const heading = (title: string, className: string) => (
    <span role="columnheader" className={className}>
      {title}
    </span>
  );
  return (
    <div ref={scroller} className="@container min-h-0 flex-1 overflow-auto">
      <div
        ref={grid}
        role="grid"
        tabIndex={0}
        aria-label="Vendor alerts, newest first"
        aria-rowcount={rowCount < 0 ? -1 : rowCount + 1}
        aria-multiselectable={picked !== null}
        aria-activedescendant={activeKey ? `${name}-${activeKey}` : undefined}
        className="group min-h-full outline-none"
      >
        <div
          role="row"
          aria-rowindex={1}
          className={clsx(ALERT_ROW, 'label sticky top-0 z-10 h-7 border-b bg-surface-0')}
        >
          <span className="w-[3px] shrink-0" />
          {picked === null ? null : (
            <span role="columnheader" className="w-6 shrink-0">
              <span className="sr-only">Selected</span>
            </span>
          )}
          {heading('Severity', ALERT_COLUMN.severity)}
          {heading('Alert', 'min-w-0 flex-1')}
          {heading('Host', ALERT_COLUMN.host)}
          {heading('User', ALERT_COLUMN.user)}
          {heading('Last evidence', ALERT_COLUMN.time)}
          {heading('Chain', ALERT_COLUMN.chain)}
          {heading('Assigned', ALERT_COLUMN.person)}
        </div>
        <div role="rowgroup" className="relative" style={{ height }}>
          {drawn.map((item) => {
            const alert = rows[item.index];
            return alert ? (
              <div
                key={alert.key}
                role="presentation"
                className="absolute inset-x-0"
                style={{ top: item.start }}
              >
                <AlertRow
                  id={`${name}-${alert.key}`}
                  alert={alert}
                  rowIndex={item.index + 2}
                  active={alert.key === activeKey}
                  picked={picked?.has(alert.key)}
                  onSelect={props.onSelect}
                  onPick={props.onPick}
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
export function scrollAlertIntoView(scroller: HTMLElement | null, index: number): void {
  scrollToIndex(scroller, index, { row: ROW, heading: HEADING });
}

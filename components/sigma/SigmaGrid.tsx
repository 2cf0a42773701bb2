// biome-ignore-all lint/a11y/useSemanticElements: rows are virtual, and a table's elements cannot be placed
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid is the one tab stop and names its active row

'use client';

import { clsx } from 'clsx';
import { type ReactNode, type RefObject, useId } from 'react';
import { SeverityMark } from '@/components/shared/SeverityMark';
import { scrollToIndex } from '@/components/shared/scrollToRow';
import { useDrawnRows } from '@/components/shared/useDrawnRows';
import type { Severity } from '@/lib/contracts/scalars';

const ROW = 40;
const HEADING = 28;
const BOX = 'flex items-center gap-x-2.5 pr-4';

/** A column: its title and its width, which its cells have too. */
export type SigmaColumn = { readonly title: string; readonly className: string };

export type SigmaRow = {
  readonly key: string;
  readonly level: Severity;
  /** One for each column, in their order. */
  readonly cells: readonly ReactNode[];
};

type SigmaGridProps = {
  label: string;
  columns: readonly SigmaColumn[];
  rows: readonly SigmaRow[];
  /** Rows there are in all; more may have to be read. */
  total: number;
  activeKey: string | null;
  /** The row whose drawer is open. */
  openKey: string | null;
  onOpen: (key: string) => void;
  onNearEnd: () => void;
  grid: RefObject<HTMLDivElement | null>;
  scroller: RefObject<HTMLDivElement | null>;
};

/** A list of Sigma's as the queue is one: one tab stop, an active row, only the rows in sight drawn. */
export function SigmaGrid(props: SigmaGridProps) {
  const { rows, columns, activeKey, openKey, onNearEnd, grid, scroller } = props;
  const name = useId();
  const { drawn, height } = useDrawnRows({
    count: rows.length,
    row: ROW,
    heading: HEADING,
    scroller,
    onNearEnd,
    // Rows are there with the first paint.
    firstHeight: 800,
  });
  const activeAt = rows.findIndex(({ key }) => key === activeKey);
  return (
    <div ref={scroller} className="@container min-h-0 flex-1 overflow-auto">
      <div
        ref={grid}
        role="grid"
        tabIndex={0}
        aria-label={props.label}
        aria-rowcount={props.total + 1}
        aria-activedescendant={
          drawn.some(({ index }) => index === activeAt) ? `${name}-${activeAt}` : undefined
        }
        className="group min-h-full outline-none"
      >
        <div
          role="row"
          aria-rowindex={1}
          className={clsx(BOX, 'label sticky top-0 z-10 h-7 border-b bg-surface-0')}
        >
          <span className="w-[3px] shrink-0" />
          {columns.map(({ title, className }) => (
            <span key={title} role="columnheader" className={className}>
              {title}
            </span>
          ))}
        </div>
        <div role="rowgroup" className="relative" style={{ height }}>
          {drawn.map((item) => {
            const row = rows[item.index];
            if (!row) return null;
            const active = row.key === activeKey;
            return (
              // biome-ignore lint/a11y/useKeyWithClickEvents: keys are the grid's
              <div
                key={row.key}
                id={`${name}-${item.index}`}
                role="row"
                aria-rowindex={item.index + 2}
                aria-selected={active}
                onClick={() => props.onOpen(row.key)}
                style={{ top: item.start }}
                className={clsx(
                  BOX,
                  'absolute inset-x-0 h-10 cursor-default border-b',
                  active
                    ? 'bg-accent-soft -outline-offset-2 outline-accent group-focus-visible:outline-2'
                    : row.key === openKey
                      ? 'bg-surface-2'
                      : 'hover:bg-surface-2',
                )}
              >
                <SeverityMark severity={row.level} as="edge" className="shrink-0" />
                {columns.map(({ title, className }, place) => (
                  <div key={title} role="gridcell" className={className}>
                    {row.cells[place]}
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** Brings a row into sight without moving it when it already is. */
export function scrollSigmaIntoView(scroller: HTMLElement | null, index: number): void {
  scrollToIndex(scroller, index, { row: ROW, heading: HEADING });
}

/** How many rows a step of a screen is. */
export function rowsOfScreen(scroller: HTMLElement | null): number {
  return Math.max(1, Math.floor((scroller?.clientHeight ?? 400) / ROW) - 2);
}

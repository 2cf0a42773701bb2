// biome-ignore-all lint/a11y/useSemanticElements: rows are virtual, and a table's elements cannot be placed
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid is the one tab stop and names its active row

'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { clsx } from 'clsx';
import { type RefObject, useId } from 'react';
import { scrollToIndex } from '@/components/shared/scrollToRow';
import type { FindingSummary } from '@/lib/contracts/findings';
import { COLUMNS, QueueRow, WITH_AGE, WITH_HOST, WITH_PERSON, WITH_STRIP } from './QueueRow';

const ROW = 40;

type QueueProps = {
  rows: readonly FindingSummary[];
  /** All that match, loaded or not. */
  total: number;
  activeId: string | null;
  picked: ReadonlySet<string>;
  hrefOf: (id: string) => string;
  onSelect: (id: string) => void;
  onPick: (id: string) => void;
  onOpen: (id: string) => void;
  /** Called when the last loaded row is near. */
  onNearEnd: () => void;
  grid: RefObject<HTMLDivElement | null>;
  scroller: RefObject<HTMLDivElement | null>;
};

/** The list: a grid with one tab stop and an active row, drawing only the rows in sight. */
export function Queue(props: QueueProps) {
  const { rows, total, activeId, picked, hrefOf, onSelect, onPick, onOpen, onNearEnd, grid, scroller } =
    props;
  const name = useId();
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 12,
    scrollPaddingStart: 28,
    onChange: (instance) => {
      const last = instance.getVirtualItems().at(-1);
      if (last && last.index >= rows.length - 20) onNearEnd();
    },
  });
  return (
    <div ref={scroller} className="@container min-h-0 flex-1 overflow-auto">
      <div
        ref={grid}
        role="grid"
        tabIndex={0}
        aria-label="Findings"
        aria-rowcount={total + 1}
        aria-multiselectable="true"
        aria-activedescendant={activeId ? `${name}-${activeId}` : undefined}
        className="group min-h-full outline-none"
      >
        <div
          role="row"
          aria-rowindex={1}
          className={clsx(COLUMNS, 'label sticky top-0 z-10 h-7 border-b bg-surface-0')}
        >
          <span />
          <span role="columnheader">
            <span className="sr-only">Selected</span>
          </span>
          <span role="columnheader" className={WITH_STRIP}>
            Stages
          </span>
          <span role="columnheader">Finding</span>
          <span role="columnheader" className={WITH_HOST}>
            Host
          </span>
          <span role="columnheader" className="text-right">
            Score
          </span>
          <span role="columnheader" className={clsx('text-right', WITH_AGE)}>
            Found
          </span>
          <span role="columnheader" className={WITH_PERSON}>
            Assigned
          </span>
        </div>
        <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
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
                  href={hrefOf(finding.id)}
                  rowIndex={item.index + 2}
                  active={finding.id === activeId}
                  picked={picked.has(finding.id)}
                  onSelect={onSelect}
                  onPick={onPick}
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

/** Brings a row into sight without moving it when it already is. */
export function scrollRowIntoView(scroller: HTMLElement | null, index: number): void {
  scrollToIndex(scroller, index, { row: ROW, heading: 28 });
}

// biome-ignore-all lint/a11y/useSemanticElements: rows are virtual, and a table's elements cannot be placed
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid is the one tab stop and names its active row

'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { clsx } from 'clsx';
import { type RefObject, useEffect, useId } from 'react';
import { GroupRow } from './GroupRow';
import type { GroupLine } from './groupLines';
import { ROW_BOX } from './QueueRow';

const ROW = 40;
const HEADING = 28;

type GroupListProps = {
  lines: readonly GroupLine[];
  activeKey: string | null;
  hrefOf: (line: GroupLine) => string;
  onSelect: (key: string) => void;
  onFold: (key: string) => void;
  onNearEnd: () => void;
  grid: RefObject<HTMLDivElement | null>;
  scroller: RefObject<HTMLDivElement | null>;
};

/** The grouped list: a tree grid with one tab stop; what differs unfolds in place. */
export function GroupList(props: GroupListProps) {
  const { lines, activeKey, onNearEnd, grid, scroller } = props;
  const name = useId();
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 12,
    scrollPaddingStart: HEADING,
  });
  const drawn = virtual.getVirtualItems();
  const nearEnd = (drawn.at(-1)?.index ?? 0) >= lines.length - 30;
  useEffect(() => {
    if (nearEnd) onNearEnd();
  });
  const activeAt = lines.findIndex(({ key }) => key === activeKey);
  return (
    <div ref={scroller} className="@container min-h-0 flex-1 overflow-auto">
      <div
        ref={grid}
        role="treegrid"
        tabIndex={0}
        aria-label="Findings by shape"
        aria-rowcount={lines.length + 1}
        aria-activedescendant={activeAt < 0 ? undefined : `${name}-${activeAt}`}
        className="group min-h-full outline-none"
      >
        <div
          role="row"
          aria-rowindex={1}
          className={clsx(ROW_BOX, 'label sticky top-0 z-10 h-7 border-b bg-surface-0')}
        >
          <span className="w-[3px] shrink-0" />
          <span role="columnheader" className="w-6 shrink-0">
            <span className="sr-only">Unfold</span>
          </span>
          <span role="columnheader" className="w-[104px] shrink-0 @5xl:w-[132px] @max-lg:hidden">
            Stages
          </span>
          <span role="columnheader" className="min-w-0 flex-1">
            Shape, and what differs
          </span>
          <span role="columnheader" className="w-[88px] shrink-0 @5xl:w-[128px] @max-lg:hidden">
            Hosts
          </span>
          <span role="columnheader" className="w-12 shrink-0 text-right">
            Score
          </span>
          <span role="columnheader" className="w-[88px] shrink-0 text-right @max-xl:hidden">
            Last
          </span>
        </div>
        <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
          {drawn.map((item) => {
            const line = lines[item.index];
            return line ? (
              <div
                key={line.key}
                role="presentation"
                className="absolute inset-x-0"
                style={{ top: item.start }}
              >
                <GroupRow
                  id={`${name}-${item.index}`}
                  line={line}
                  rowIndex={item.index + 2}
                  active={line.key === activeKey}
                  href={props.hrefOf(line)}
                  onSelect={props.onSelect}
                  onFold={props.onFold}
                />
              </div>
            ) : null;
          })}
        </div>
      </div>
    </div>
  );
}

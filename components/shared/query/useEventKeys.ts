'use client';

import type { RefObject } from 'react';
import type { EventView } from '@/lib/contracts/events';
import { type Shortcut, useShortcuts } from '../shortcuts/useShortcuts';
import { rowsInSight, scrollEventIntoView } from './EventTable';

type EventKeys = {
  rows: readonly EventView[];
  activeId: string | null;
  grid: RefObject<HTMLDivElement | null>;
  scroller: RefObject<HTMLDivElement | null>;
  onSelect: (eventId: string) => void;
  /** Enter: the lineage at the event. */
  onLineage: (event: EventView) => void;
  /** Space and `o`: the event beside the list, or away again. */
  onPanel: (event: EventView) => void;
  /** What else the screen binds. */
  more: readonly Shortcut[];
};

/** Keys of a list of events: from row to row, a screen at a time, into the lineage, and the event beside the list. */
export function useEventKeys(props: EventKeys): void {
  const { rows, activeId, grid, scroller, onSelect, onLineage, onPanel, more } = props;
  const at = rows.findIndex((row) => row.id === activeId);
  const active = rows[Math.max(0, at)];
  const moveTo = (index: number) => {
    const to = Math.min(rows.length - 1, Math.max(0, index));
    const next = rows[to];
    if (next === undefined) return;
    onSelect(next.id);
    scrollEventIntoView(scroller.current, to);
  };
  useShortcuts({
    title: 'Events',
    home: () => grid.current,
    shortcuts: [
      { keys: 'j', label: 'Next event', run: () => moveTo(at + 1) },
      { keys: 'k', label: 'Previous event', run: () => moveTo(at - 1) },
      { keys: 'ArrowDown', label: 'Next event', run: () => moveTo(at + 1) },
      { keys: 'ArrowUp', label: 'Previous event', run: () => moveTo(at - 1) },
      { keys: 'PageDown', label: 'A screen down', run: () => moveTo(at + rowsInSight(scroller.current)) },
      { keys: 'PageUp', label: 'A screen up', run: () => moveTo(at - rowsInSight(scroller.current)) },
      { keys: 'Home', label: 'First event', run: () => moveTo(0) },
      { keys: 'End', label: 'Last event loaded', run: () => moveTo(rows.length - 1) },
      { keys: 'Enter', label: 'Lineage at this event', run: () => active && onLineage(active) },
      { keys: 'o', label: 'The event beside the list', run: () => active && onPanel(active) },
      { keys: 'Space', label: 'The event beside the list', run: () => active && onPanel(active) },
      ...more,
    ],
  });
}

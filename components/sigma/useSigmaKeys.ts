'use client';

import { type RefObject, useState } from 'react';
import { useShortcuts } from '@/components/shared/shortcuts/useShortcuts';
import { rowsOfScreen, scrollSigmaIntoView } from './SigmaGrid';

type GridKeys = {
  /** As the help names them: "rule", "hit". */
  what: string;
  title: string;
  rows: readonly { readonly key: string }[];
  /** The row whose drawer is open; the one in hand follows it. */
  openKey: string | null;
  onOpen: (key: string | null) => void;
  grid: RefObject<HTMLElement | null>;
  scroller: RefObject<HTMLElement | null>;
  search: RefObject<HTMLInputElement | null>;
};

/**
 * The keys of a list with a drawer beside it, as those of the queue: the row in hand is gone through with j and k,
 * Enter opens it, Escape closes what is open. While the drawer is open it follows the row in hand.
 */
export function useSigmaKeys(on: GridKeys): { activeKey: string | null; setActive: (key: string) => void } {
  const { rows, openKey, what } = on;
  const [held, setHeld] = useState<string | null>(null);
  const find = (key: string | null) => (key === null ? -1 : rows.findIndex((row) => row.key === key));
  const found = find(held) >= 0 ? find(held) : find(openKey);
  const at = Math.max(0, found);
  const activeKey = rows[at]?.key ?? null;
  const goTo = (to: number) => {
    const place = Math.min(rows.length - 1, Math.max(0, to));
    const next = rows[place];
    if (!next) return;
    setHeld(next.key);
    if (openKey !== null) on.onOpen(next.key);
    scrollSigmaIntoView(on.scroller.current, place);
  };
  const room = () => rowsOfScreen(on.scroller.current);
  useShortcuts({
    title: on.title,
    home: () => on.grid.current,
    shortcuts: [
      { keys: 'j', label: `Next ${what}`, run: () => goTo(at + 1) },
      { keys: 'ArrowDown', label: `Next ${what}`, run: () => goTo(at + 1) },
      { keys: 'k', label: `Previous ${what}`, run: () => goTo(at - 1) },
      { keys: 'ArrowUp', label: `Previous ${what}`, run: () => goTo(at - 1) },
      { keys: 'PageDown', label: 'A screen down', run: () => goTo(at + room()) },
      { keys: 'PageUp', label: 'A screen up', run: () => goTo(at - room()) },
      { keys: 'Home', label: `First ${what}`, run: () => goTo(0) },
      { keys: 'End', label: `Last ${what} loaded`, run: () => goTo(rows.length - 1) },
      { keys: 'Enter', label: 'Open', run: () => activeKey !== null && on.onOpen(activeKey) },
      { keys: 'Escape', label: 'Close what is open', run: () => on.onOpen(null) },
      { keys: '/', label: 'Search', run: () => on.search.current?.select() },
    ],
  });
  return { activeKey, setActive: setHeld };
}

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
  /** `following`: it only goes along with the row in hand. */
  onOpen: (key: string | null, following?: boolean) => void;
  grid: RefObject<HTMLElement | null>;
  scroller: RefObject<HTMLElement | null>;
  /** Absent: the list has no search. */
  search?: RefObject<HTMLInputElement | null>;
};

/**
 * The keys of a list with a drawer beside it, as those of the queue: the row in hand is gone through with j and k,
 * Enter opens it, Escape closes what is open. While the drawer is open it follows the row in hand.
 */
export function useSigmaKeys(on: GridKeys): { activeKey: string | null; setActive: (key: string) => void } {
  const { rows, openKey, what, search } = on;
  const [held, setHeld] = useState<string | null>(null);
  const find = (key: string | null) => (key === null ? -1 : rows.findIndex((row) => row.key === key));
  const found = find(held) >= 0 ? find(held) : find(openKey);
  // Until one is gone to, none is in hand: the first step takes the first.
  const activeKey = rows[found]?.key ?? null;
  const goTo = (to: number) => {
    const place = Math.min(rows.length - 1, Math.max(0, to));
    const next = rows[place];
    if (!next) return;
    setHeld(next.key);
    if (openKey !== null) on.onOpen(next.key, true);
    scrollSigmaIntoView(on.scroller.current, place);
  };
  const room = () => rowsOfScreen(on.scroller.current);
  useShortcuts({
    title: on.title,
    home: () => on.grid.current,
    shortcuts: [
      { keys: 'j', label: `Next ${what}`, run: () => goTo(found + 1) },
      { keys: 'ArrowDown', label: `Next ${what}`, run: () => goTo(found + 1) },
      { keys: 'k', label: `Previous ${what}`, run: () => goTo(found - 1) },
      { keys: 'ArrowUp', label: `Previous ${what}`, run: () => goTo(found - 1) },
      { keys: 'PageDown', label: 'A screen down', run: () => goTo(found + room()) },
      { keys: 'PageUp', label: 'A screen up', run: () => goTo(found - room()) },
      { keys: 'Home', label: `First ${what}`, run: () => goTo(0) },
      { keys: 'End', label: `Last ${what} loaded`, run: () => goTo(rows.length - 1) },
      { keys: 'Enter', label: 'Open', run: () => activeKey !== null && on.onOpen(activeKey) },
      { keys: 'Escape', label: 'Close what is open', run: () => on.onOpen(null) },
      ...(search ? [{ keys: '/', label: 'Search', run: () => search.current?.select() }] : []),
    ],
  });
  return { activeKey, setActive: setHeld };
}

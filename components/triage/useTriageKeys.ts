'use client';

import type { RefObject } from 'react';
import { useShortcuts } from '@/components/shared/shortcuts/useShortcuts';
import { type DecisionKeys, decisionShortcuts } from '@/components/shared/verdict/decisionShortcuts';

type QueueKeys = {
  grid: RefObject<HTMLElement | null>;
  /** Where the row in hand is, and how many a screen holds. */
  at: number;
  last: number;
  room: () => number;
  onMove: (to: number) => void;
  onOpen: () => void;
  /** Null where nothing can be done with several. */
  several: { onPick: () => void; onRange: (to: number) => void; onClear: () => void } | null;
  onFresh: () => void;
  onSearch: () => void;
  /** Folding, in the grouped queue. */
  fold: { onOpen: () => void; onClose: () => void } | null;
  decide: DecisionKeys | null;
};

/** The keys of the queue, as people's hands know them from mail and issue trackers. */
export function useTriageKeys(on: QueueKeys): void {
  const { at, last, room, several, fold } = on;
  useShortcuts({
    title: 'Queue',
    home: () => on.grid.current,
    shortcuts: [
      { keys: 'j', label: 'Next finding', run: () => on.onMove(at + 1) },
      { keys: 'ArrowDown', label: 'Next finding', run: () => on.onMove(at + 1) },
      { keys: 'k', label: 'Previous finding', run: () => on.onMove(at - 1) },
      { keys: 'ArrowUp', label: 'Previous finding', run: () => on.onMove(at - 1) },
      { keys: 'PageDown', label: 'A screen down', run: () => on.onMove(at + room()) },
      { keys: 'PageUp', label: 'A screen up', run: () => on.onMove(at - room()) },
      { keys: 'Home', label: 'First finding', run: () => on.onMove(0) },
      { keys: 'End', label: 'Last finding loaded', run: () => on.onMove(last) },
      { keys: 'Enter', label: 'Open', run: on.onOpen },
      ...(fold
        ? [
            { keys: 'ArrowRight', label: 'Unfold the group', run: fold.onOpen },
            { keys: 'ArrowLeft', label: 'Fold the group', run: fold.onClose },
          ]
        : []),
      ...(several
        ? [
            { keys: 'x', label: 'Select for several at once', run: several.onPick },
            { keys: 'J', label: 'Select down to the next', run: () => several.onRange(at + 1) },
            { keys: 'Shift+ArrowDown', label: 'Select down to the next', run: () => several.onRange(at + 1) },
            { keys: 'K', label: 'Select up to the one before', run: () => several.onRange(at - 1) },
            {
              keys: 'Shift+ArrowUp',
              label: 'Select up to the one before',
              run: () => several.onRange(at - 1),
            },
            { keys: 'Escape', label: 'Clear selection', run: several.onClear },
          ]
        : []),
      { keys: 'n', label: 'Show what is new', run: on.onFresh },
      { keys: '/', label: 'Search', run: on.onSearch },
    ],
  });
  useShortcuts({ title: 'Verdict', home: () => on.grid.current, shortcuts: decisionShortcuts(on.decide) });
}

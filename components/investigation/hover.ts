import { useSyncExternalStore } from 'react';

/** What the pointer is on: an item of the lineage, or an event of the sequence and its process. */
export type Hovered = { itemId: string | null; eventId: string | null };

/** What the pointer is on, told only to who asks: passing over a mark must not draw the whole screen anew. */
export type Hover = {
  get: () => Hovered;
  set: (next: Hovered) => void;
  subscribe: (listener: () => void) => () => void;
};

const NOTHING: Hovered = { itemId: null, eventId: null };

/** A hover of its own for one screen, on nothing. */
export function createHover(): Hover {
  let now = NOTHING;
  const listeners = new Set<() => void>();
  return {
    get: () => now,
    set: (next) => {
      if (next.itemId === now.itemId && next.eventId === now.eventId) return;
      now = next;
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** What the pointer is on now; only the component that asks is drawn anew when it moves on. */
export function useHovered(hover: Hover): Hovered {
  return useSyncExternalStore(hover.subscribe, hover.get, () => NOTHING);
}

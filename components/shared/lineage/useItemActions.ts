import { type RefObject, useMemo, useRef } from 'react';
import type { EventKind } from './describeItem';

/** What pointing at an item does; the same object for all items and all time, so that a hover draws two of them anew. */
export type ItemActions = {
  register: (id: string, element: SVGGElement | null) => void;
  press: (id: string) => void;
  toggle: (id: string) => void;
  frame: (id: string) => void;
  hover: (id: string | null) => void;
  activate: (id: string) => void;
  pill: (id: string, kinds: readonly EventKind[]) => void;
};

/** Actions that stay the same object while what they do follows every render; `items` holds the drawn elements by id. */
export function useItemActions(
  items: RefObject<Map<string, SVGGElement>>,
  now: Omit<ItemActions, 'register'>,
): ItemActions {
  const latest = useRef(now);
  latest.current = now;
  return useMemo<ItemActions>(
    () => ({
      register: (id, element) => {
        if (element === null) items.current.delete(id);
        else items.current.set(id, element);
      },
      press: (id) => latest.current.press(id),
      toggle: (id) => latest.current.toggle(id),
      frame: (id) => latest.current.frame(id),
      hover: (id) => latest.current.hover(id),
      activate: (id) => latest.current.activate(id),
      pill: (id, kinds) => latest.current.pill(id, kinds),
    }),
    [items],
  );
}

import { type FocusEvent, useLayoutEffect, useRef } from 'react';

/**
 * Keeps focus in a part of the screen whose focusable things come and go: when the one that has the focus is taken away
 * by a change of what is drawn, `standIn` gets it. What the reader leaves is left. Put the two handlers on the part, and
 * use it in the component whose rendering takes things away.
 */
export function useKeptFocus(standIn: () => HTMLElement | SVGElement | null | undefined) {
  const held = useRef<Element | null>(null);
  useLayoutEffect(() => {
    const gone = held.current;
    if (gone === null || gone.isConnected) return;
    held.current = null;
    const { activeElement, body } = document;
    if (activeElement === null || activeElement === body) standIn()?.focus({ preventScroll: true });
  });
  return {
    onFocus: (event: FocusEvent<Element>) => {
      held.current = event.target;
    },
    // React tells no blur of what it takes away itself, only of what was left.
    onBlur: () => {
      held.current = null;
    },
  };
}

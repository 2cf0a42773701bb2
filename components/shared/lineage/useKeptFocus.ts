import { type FocusEvent, useLayoutEffect, useRef } from 'react';
import type { LineageTree } from './lineageTree';
import { successorOf } from './successorOf';

/** Handlers for the element that holds the items, each of which names itself in `data-item`. */
type FocusHandlers = {
  onFocus: (event: FocusEvent) => void;
  onBlur: (event: FocusEvent) => void;
};

/**
 * Keeps the keyboard's focus in a tree whose items come and go: when the one that has it is gone from the next tree,
 * `focus` is called with its successor. Without this it would fall to the page and the keys would do nothing.
 */
export function useKeptFocus(tree: LineageTree, focus: (id: string) => void): FocusHandlers {
  const focused = useRef<string | null>(null);
  const before = useRef(tree);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new tree is what asks for this, nothing else
  useLayoutEffect(() => {
    const was = before.current;
    before.current = tree;
    const id = focused.current;
    if (id === null || was === tree || tree.byId.has(id)) return;
    focused.current = null;
    // An element that is taken out tells nobody that it lost the focus; whoever has it now took it on purpose.
    const now = document.activeElement;
    if (now !== null && now !== document.body && now.getAttribute('data-item') !== id) return;
    const next = successorOf(id, was, tree);
    if (next === null) return;
    focused.current = next;
    focus(next);
  }, [tree]);
  return {
    onFocus: (event) => {
      focused.current = event.target.closest('[data-item]')?.getAttribute('data-item') ?? null;
    },
    onBlur: (event) => {
      if (!event.currentTarget.contains(event.relatedTarget)) focused.current = null;
    },
  };
}

'use client';

import { type Ref, type RefObject, useImperativeHandle } from 'react';

/**
 * Stands for an element already on the page where Radix wants its trigger (`asChild`): draws nothing, is `element` to
 * it, and leaves what the trigger does to that element's own handlers. So the page carries no Radix until it is used.
 */
export function TriggerOnPage(props: {
  element: RefObject<HTMLElement | null>;
  ref?: Ref<HTMLElement | null>;
}): null {
  const { element } = props;
  useImperativeHandle<HTMLElement | null, HTMLElement | null>(props.ref, () => element.current, [element]);
  return null;
}

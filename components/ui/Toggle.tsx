'use client';

import { clsx } from 'clsx';
import type { ReactNode } from 'react';

// Each on its own, so that a screen with one of them does not carry the others.
export { Segmented } from './Segmented';
export { Switch } from './Switch';

/** Pressed or not: a filter, a layer. */
export function Toggle(props: {
  pressed: boolean;
  onChange: (pressed: boolean) => void;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      aria-pressed={props.pressed}
      onClick={() => props.onChange(!props.pressed)}
      className={clsx(
        'inline-flex h-6 items-center gap-1.5 whitespace-nowrap rounded-md border px-2 text-12 transition-colors duration-150',
        props.pressed
          ? 'border-accent bg-accent-soft text-text-1'
          : 'border-line-strong text-text-2 hover:bg-surface-2 hover:text-text-1',
      )}
    >
      {props.children}
    </button>
  );
}

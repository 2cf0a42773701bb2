'use client';

import { useSyncExternalStore } from 'react';

export type Preference<T extends string> = {
  use: () => T;
  set: (value: T) => void;
  get: () => T;
  /** Tells of every choice, in this tab or another; gives what ends it. */
  subscribe: (listener: () => void) => () => void;
};

/**
 * A choice of this browser, kept in localStorage under `sequela.<name>` and shared by every open tab. The server and
 * the first paint use `initial`; a value that is not in `values` counts as none.
 */
export function createPreference<T extends string>(
  name: string,
  values: readonly T[],
  initial: T,
  onSet?: (value: T) => void,
): Preference<T> {
  const key = `sequela.${name}`;
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) listener();
  };
  const get = (): T => {
    const stored = read(key);
    return values.find((value) => value === stored) ?? initial;
  };
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    window.addEventListener('storage', listener);
    return () => {
      listeners.delete(listener);
      window.removeEventListener('storage', listener);
    };
  };
  return {
    get,
    subscribe,
    set: (value) => {
      try {
        localStorage.setItem(key, value);
      } catch {
        // Storage can be forbidden or full; the choice then lasts until reload.
      }
      onSet?.(value);
      tell();
    },
    use: () => useSyncExternalStore(subscribe, get, () => initial),
  };
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

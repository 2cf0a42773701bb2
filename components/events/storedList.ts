'use client';

import { useSyncExternalStore } from 'react';

export type StoredList = {
  /** Null: nothing was chosen yet. The server and the first paint have nothing. */
  use: () => readonly string[] | null;
  get: () => readonly string[] | null;
  set: (items: readonly string[]) => void;
};

/** A list of texts of this browser, kept in localStorage under `sequela.<name>`; what is no list of texts counts as none. */
export function createStoredList(name: string): StoredList {
  const key = `sequela.${name}`;
  const listeners = new Set<() => void>();
  let known: { text: string | null; items: readonly string[] | null } = { text: null, items: null };
  const get = () => {
    const text = read(key);
    // The same text gives the same list: React compares by identity.
    if (text !== known.text) known = { text, items: parseStored(text) };
    return known.items;
  };
  return {
    get,
    set: (items) => {
      try {
        localStorage.setItem(key, JSON.stringify(items));
      } catch {
        // Storage can be forbidden or full; the choice then lasts as long as the address holds it.
      }
      for (const listener of listeners) listener();
    },
    use: () =>
      useSyncExternalStore(
        (listener) => {
          listeners.add(listener);
          window.addEventListener('storage', listener);
          return () => {
            listeners.delete(listener);
            window.removeEventListener('storage', listener);
          };
        },
        get,
        () => null,
      ),
  };
}

/** A stored text as a list; null when it is none. Anybody can write to localStorage, so nothing is taken on trust. */
export function parseStored(text: string | null): readonly string[] | null {
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : null;
  } catch {
    return null;
  }
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

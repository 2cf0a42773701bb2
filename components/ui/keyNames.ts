'use client';

import { useSyncExternalStore } from 'react';

type Translate = (keys: string) => string;

let translate: Translate = (keys) => keys;
const listeners = new Set<() => void>();

/** Says how keys are shown from now on: what a hint names by its first keys may have been put elsewhere. */
export function setKeyNames(next: Translate): void {
  translate = next;
  for (const listener of listeners) listener();
}

/** The keys to show for an action whose keys were these at first; empty when it has none now. */
export function useKeyName(keys: string): string {
  return useSyncExternalStore(
    subscribe,
    () => translate(keys),
    () => keys,
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

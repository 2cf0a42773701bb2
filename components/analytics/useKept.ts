'use client';

import { useCallback, useEffect, useState } from 'react';

export type Kept<Value> = {
  kept: Value | null;
  /** False in the first paint, when nobody has looked yet. */
  ready: boolean;
  keep: (value: Value) => void;
  forget: () => void;
};

const place = (key: string) => `sequela.analytics.${key}`;

/**
 * What is being written, kept for this tab so that neither a reload nor another page loses it; null until something
 * was. `read` makes a value of what was kept, or null of what is not one.
 */
export function useKept<Value>(key: string, read: (kept: unknown) => Value | null): Kept<Value> {
  const [kept, setKept] = useState<Value | null>(null);
  const [ready, setReady] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is kept is read once for each place
  useEffect(() => {
    setKept(readKept(key, read));
    setReady(true);
  }, [key]);
  const keep = useCallback(
    (value: Value) => {
      setKept(value);
      writeKept(key, value);
    },
    [key],
  );
  const forget = useCallback(() => {
    setKept(null);
    sessionStorage.removeItem(place(key));
  }, [key]);
  return { kept, ready, keep, forget };
}

/** Keeps something for a screen that is about to open. */
export function writeKept(key: string, value: unknown): void {
  try {
    sessionStorage.setItem(place(key), JSON.stringify(value));
  } catch {
    // Storage can be forbidden or full; the draft then lasts as long as the page.
  }
}

function readKept<Value>(key: string, read: (kept: unknown) => Value | null): Value | null {
  const text = sessionStorage.getItem(place(key));
  if (text === null) return null;
  try {
    return read(JSON.parse(text));
  } catch {
    // Not ours, or of an earlier version: begin anew.
    return null;
  }
}

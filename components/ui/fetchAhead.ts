'use client';

import { useEffect } from 'react';

const ahead = new Set<() => Promise<unknown>>();
let somebodyHere = false;

/** What does not come is asked for again when it is drawn, and told then. */
const fetchAll = (fetches: Iterable<() => Promise<unknown>>) =>
  void Promise.allSettled([...fetches].map((fetch) => fetch()));

/** Has `fetch` called once somebody is here, which may be now; call it once for each. */
export function fetchAhead(fetch: () => Promise<unknown>): void {
  ahead.add(fetch);
  if (somebodyHere) fetchAll([fetch]);
}

const SIGNS = ['keydown', 'pointermove', 'pointerdown'] as const;

/**
 * Fetches what is not part of the page at the first sign of a person: a key or a pointer. A page that is only looked
 * at needs none of it, and a person rarely sees any of it come. Use it once, around the app.
 */
export function useFetchAhead(): void {
  useEffect(() => {
    const onSign = () => {
      stop();
      somebodyHere = true;
      fetchAll(ahead);
    };
    const stop = () => {
      for (const sign of SIGNS) window.removeEventListener(sign, onSign, true);
    };
    for (const sign of SIGNS) window.addEventListener(sign, onSign, { capture: true, passive: true });
    return stop;
  }, []);
}

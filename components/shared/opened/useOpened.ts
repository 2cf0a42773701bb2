'use client';

import { useEffect } from 'react';
import { z } from 'zod';
import { apiPostQuietly } from '../apiClient';
import { useMay } from '../me';

/** What a screen shows of a finding: a part of it, or one of its events. */
export type OpenedPart =
  | 'finding'
  | 'preview'
  | 'telemetry'
  | 'why'
  | 'runbook'
  | 'similar'
  | 'activity'
  | 'lineage'
  | 'sequence'
  | `event:${string}`;

/** What is passed over on the way to something else was not looked at: a part counts once it stayed this long. */
const LOOKED = 1_000;
/** Parts are told together, this long after the first: walking over events is not a request each. */
const GATHER = 2_000;
/** As many as the API takes at once. */
const MOST = 50;

const waiting = new Map<string, Set<OpenedPart>>();
let timer: ReturnType<typeof setTimeout> | null = null;

/**
 * Tells the server what of a finding the one who decides has before them, for the review; null tells nothing.
 */
export function useOpened(findingId: string, part: OpenedPart | null): void {
  const may = useMay('findings.decide');
  useEffect(() => {
    if (!may || part === null) return;
    const looked = setTimeout(() => {
      const parts = waiting.get(findingId) ?? new Set();
      parts.add(part);
      waiting.set(findingId, parts);
      if (timer !== null) return;
      timer = setTimeout(send, GATHER);
      // Whoever decides and leaves at once looked all the same.
      window.addEventListener('pagehide', send, { once: true });
    }, LOOKED);
    return () => clearTimeout(looked);
  }, [findingId, part, may]);
}

function send(): void {
  if (timer !== null) clearTimeout(timer);
  timer = null;
  window.removeEventListener('pagehide', send);
  for (const [findingId, parts] of waiting) {
    const what = [...parts].slice(0, MOST);
    apiPostQuietly(
      `/findings/${encodeURIComponent(findingId)}/opened`,
      { what },
      z.object({ done: z.literal(true) }),
    ).catch(dropped);
  }
  waiting.clear();
}

/** What could not be told is not told again: the review then shows less than was seen, never more. */
function dropped(): void {}

'use client';

import { useEffect } from 'react';
import { addWork } from './caseQueries';

/** How often time is told to the server, and how long after the last act somebody counts as still reading. */
const TELL_EVERY = 30_000;
const READS_FOR = 120_000;

/**
 * Measures time worked on a case: seconds in which the page is in front and something was done within two minutes.
 */
export function useWorkClock(caseId: number, on: boolean): void {
  useEffect(() => {
    if (!on) return;
    let acted = Date.now();
    const act = () => {
      acted = Date.now();
    };
    const timer = setInterval(() => {
      if (document.hidden || !document.hasFocus() || Date.now() - acted > READS_FOR) return;
      addWork(caseId, TELL_EVERY / 1000).catch(dropped);
    }, TELL_EVERY);
    const acts = ['pointermove', 'keydown', 'scroll'] as const;
    for (const name of acts) window.addEventListener(name, act, { passive: true });
    return () => {
      clearInterval(timer);
      for (const name of acts) window.removeEventListener(name, act);
    };
  }, [caseId, on]);
}

/** A half minute that could not be told is not told again: the case shows less work than was done, never more. */
function dropped(): void {}

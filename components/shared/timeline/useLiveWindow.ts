import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { TimeWindow } from './timeScale';

/** Milliseconds a gesture must rest before its window is told to the screen. */
const REST = 150;

/** The window being looked at, and the two ways to change it. */
export type LiveWindow = {
  window: TimeWindow;
  change: (window: TimeWindow) => void;
  /** Back to the settled one, and nothing is told. */
  drop: () => void;
};

/**
 * A gesture changes the window many times a second: those changes stay here, and `onWindow` is told when it rests, so
 * that neither the address nor the server is asked for every frame. A settled window that comes from elsewhere (a link,
 * Back, another pane) replaces what was under way.
 */
export function useLiveWindow(settled: TimeWindow, onWindow: (window: TimeWindow) => void): LiveWindow {
  const [live, setLive] = useState<TimeWindow | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const told = useRef<TimeWindow | null>(null);
  const tell = useRef(onWindow);
  useEffect(() => {
    tell.current = onWindow;
  });
  const { from, to } = settled;
  const drop = useCallback(() => {
    clearTimeout(timer.current);
    told.current = null;
    setLive(null);
  }, []);
  useEffect(() => {
    const own = told.current;
    // The screen keeps whole microseconds. What moved on since it was told is newer than its answer.
    if (own !== null && Math.abs(own.from - from) < 2 && Math.abs(own.to - to) < 2)
      setLive((now) => (now === own ? null : now));
    else drop();
  }, [from, to, drop]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const change = useCallback((window: TimeWindow) => {
    setLive(window);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      told.current = window;
      tell.current(window);
    }, REST);
  }, []);
  const window = useMemo(() => live ?? { from, to }, [live, from, to]);
  return { window, change, drop };
}

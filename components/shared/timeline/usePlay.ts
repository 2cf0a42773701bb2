import { useEffect, useReducer, useRef, useSyncExternalStore } from 'react';
import { NOT_PLAYING, type Play, playReducer } from './playChain';

/** Milliseconds an event is looked at before the next. */
const PACE = 1200;

/**
 * Plays through `steps`, selecting each. Runs by itself unless the reader asked for less motion; then every press is one
 * step. Anything else that is selected meanwhile pauses it.
 */
export function usePlay(props: {
  steps: readonly string[];
  selected: string | null;
  onStep: (eventId: string) => void;
}): { play: Play; press: () => void } {
  const [play, act] = useReducer(playReducer, NOT_PLAYING);
  const reduced = useReducedMotion();
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  useEffect(() => {
    if (play.status !== 'playing') return;
    const timer = setInterval(() => act({ type: 'tick', steps: latest.current.steps }), PACE);
    return () => clearInterval(timer);
  }, [play.status]);
  const { at, made } = play;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a step may stand where the one before did
  useEffect(() => {
    if (at !== null) latest.current.onStep(at);
  }, [at, made]);
  useEffect(() => act({ type: 'chosen', eventId: props.selected }), [props.selected]);
  return {
    play,
    press: () => act({ type: 'press', steps: props.steps, selected: props.selected, reduced }),
  };
}

const QUERY = '(prefers-reduced-motion: reduce)';

function useReducedMotion(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const list = window.matchMedia(QUERY);
      list.addEventListener('change', changed);
      return () => list.removeEventListener('change', changed);
    },
    () => window.matchMedia(QUERY).matches,
    () => false,
  );
}

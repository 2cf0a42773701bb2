/** A reader being led from event to event. */
export type Play = {
  status: 'stopped' | 'playing' | 'paused';
  /** The event the play stands on; null before the first. */
  at: string | null;
  /** Steps made so far: two steps may stand on one event. */
  made: number;
};

export const NOT_PLAYING: Play = { status: 'stopped', at: null, made: 0 };

export type PlayAction =
  /** The button. With reduced motion nothing runs by itself: each press is one step. */
  | { type: 'press'; steps: readonly string[]; selected: string | null; reduced: boolean }
  /** The clock. */
  | { type: 'tick'; steps: readonly string[] }
  /** The reader chose an event. */
  | { type: 'chosen'; eventId: string | null };

/**
 * Goes through `steps` (ids in order of time). A press begins after what is selected, or at the first step when that is
 * none of them or the last; pressed while it runs it pauses. It stops at the end. Steps may change under it: it goes on
 * from where it stands if that is still among them.
 */
export function playReducer(play: Play, action: PlayAction): Play {
  switch (action.type) {
    case 'chosen':
      // What the play itself chose comes back as the selection.
      return play.status !== 'playing' || action.eventId === play.at ? play : { ...play, status: 'paused' };
    case 'tick':
      return play.status === 'playing' ? advance(play, action.steps, play.at, 'playing') : play;
    case 'press': {
      if (play.status === 'playing') return { ...play, status: 'paused' };
      const from = action.selected ?? play.at;
      const isLast = from !== null && from === action.steps.at(-1);
      const begin = isLast || from === null || !action.steps.includes(from) ? null : from;
      return advance(play, action.steps, begin, action.reduced ? 'paused' : 'playing');
    }
  }
}

function advance(
  play: Play,
  steps: readonly string[],
  after: string | null,
  status: 'playing' | 'paused',
): Play {
  const place = after === null ? -1 : steps.indexOf(after);
  const next = steps[place + 1];
  if (next === undefined) return { ...play, status: 'stopped' };
  return { status: place + 2 >= steps.length ? 'stopped' : status, at: next, made: play.made + 1 };
}

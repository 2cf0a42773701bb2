import { type TimeWindow, windowWith } from './timeScale';

/** What a timeline knows of its selection. */
export type Followed = {
  selected: string | null;
  /** An event that was selected in the timeline itself, until it comes back as the selection. */
  own: string | null;
  /** An event selected elsewhere that is to be brought into sight, and the window it was selected in. */
  wanted: { eventId: string; window: TimeWindow } | null;
  /** Nothing was selected yet, in a link that names a window: what comes first was only late. */
  awaitsFirst: boolean;
};

/** The beginning: a link that names a window is shown as it is, otherwise what is selected is to be in sight. */
export function beginFollowing(
  selected: string | null,
  window: TimeWindow,
  isWindowChosen: boolean,
): Followed {
  const wanted = selected === null || isWindowChosen ? null : { eventId: selected, window };
  return { selected, own: null, wanted, awaitsFirst: selected === null && isWindowChosen };
}

/**
 * The selection as it is now. What was selected in the timeline was in sight when it was; what was selected elsewhere is
 * wanted. The first selection of a link that names a window changes nothing either: it was only late.
 */
export function followSelection(before: Followed, selected: string | null, window: TimeWindow): Followed {
  if (before.selected === selected) return before;
  const isWanted = selected !== null && selected !== before.own && !before.awaitsFirst;
  return {
    selected,
    own: null,
    wanted: isWanted ? { eventId: selected, window } : null,
    awaitsFirst: false,
  };
}

/**
 * The window in which what is wanted lies at `time` (UTC microseconds); undefined when there is nothing to move: nothing
 * is wanted, it is in sight already, or the reader moved on while its time was not known.
 */
export function windowToFollow(
  followed: Followed,
  time: number,
  shown: TimeWindow,
  whole: TimeWindow,
): TimeWindow | undefined {
  const { wanted } = followed;
  if (wanted === null || wanted.window.from !== shown.from || wanted.window.to !== shown.to) return undefined;
  const next = windowWith(shown, time, whole);
  return next.from === shown.from && next.to === shown.to ? undefined : next;
}

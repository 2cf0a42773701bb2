import { useMemo, useState } from 'react';
import type { TimelineEventView } from '@/lib/contracts/timeline';
import type { Play } from './playChain';
import { pickMoment, type RangePick, rangeWindow } from './rangePick';
import type { TimelineActs } from './TimelineTools';
import { microsOf, type TimelineData } from './timelineData';
import { eventsAndHits } from './timelineHits';
import { changeWindow, type TimeWindow, windowAround, windowWith } from './timeScale';
import type { LiveWindow } from './useLiveWindow';
import { usePlay } from './usePlay';

type Acting = {
  data: TimelineData;
  live: LiveWindow;
  whole: TimeWindow;
  selectedEventId: string | null;
  onSelect: (eventId: string) => void;
  /** Back to what is shown unless the reader chose. */
  onHome: () => void;
  onFlag: (eventId: string, flagged: boolean) => void;
  onComment: (eventId: string) => void;
};

/** A range being chosen: its ends by pointing, dragging, or writing. */
export type Ranging = {
  on: boolean;
  pick: RangePick;
  set: (on: boolean) => void;
  /** A moment that was pointed at. */
  moment: (time: number) => void;
  /** Both ends at once, in either order. */
  drag: (from: number, to: number) => void;
};

/**
 * Everything one can do to the timeline, whichever way it is read and whether by key, button or menu. Zoom is about the
 * selected event while it is in sight; stepping and playing take the window along.
 */
export function useTimelineActs(props: Acting): {
  acts: TimelineActs;
  ranging: Ranging;
  play: { is: Play; steps: readonly string[]; all: boolean; setAll: (all: boolean) => void };
} {
  const { data, whole, selectedEventId } = props;
  const { window: shown, change, drop } = props.live;
  const listed = useMemo(() => eventsAndHits(data), [data]);
  const selected = listed.find((event) => event.eventId === selectedEventId);
  const selectedTime = selected === undefined ? null : microsOf(selected.time);
  const choose = (eventId: string) => {
    props.onSelect(eventId);
    const event = listed.find((candidate) => candidate.eventId === eventId);
    if (event !== undefined) change(windowWith(shown, microsOf(event.time), whole));
  };

  const [all, setAll] = useState(false);
  const steps = useMemo(
    () =>
      data.events
        .filter((event) => (all ? isIn(shown, microsOf(event.time)) : event.stage !== null))
        .map((event) => event.eventId),
    [data.events, all, shown],
  );
  const { play, press } = usePlay({ steps, selected: selectedEventId, onStep: choose });
  const ranging = useRanging(change, whole);

  const acts: TimelineActs = {
    zoomBy: (zoom) => change(changeWindow(shown, whole, { zoom, ...centreOf(shown, selectedTime) })),
    panBy: (shift) => change(changeWindow(shown, whole, { shift })),
    fit: () => change(whole),
    frame: () => change(windowAround(selectedTime ?? undefined, whole, shown)),
    home: () => {
      drop();
      props.onHome();
    },
    step: (direction) => {
      const next = stepFrom(listed, selectedEventId, direction);
      if (next !== undefined) choose(next.eventId);
    },
    range: () => ranging.begin(selectedTime),
    play: press,
    flag: () => {
      // An event that is not listed is known by its number only, and so not flagged: flagged ones always are.
      if (selectedEventId !== null) props.onFlag(selectedEventId, selected?.flagged !== true);
    },
    comment: () => {
      if (selectedEventId !== null) props.onComment(selectedEventId);
    },
  };
  return { acts, ranging, play: { is: play, steps, all, setAll } };
}

function useRanging(
  change: (window: TimeWindow) => void,
  whole: TimeWindow,
): Ranging & { begin: (from: number | null) => void } {
  const [state, setState] = useState<{ on: boolean; pick: RangePick }>({ on: false, pick: null });
  const show = (window: TimeWindow) => change(changeWindow(window, whole, {}));
  return {
    ...state,
    set: (on) => setState({ on, pick: on ? { from: null } : null }),
    begin: (from) => setState({ on: true, pick: { from } }),
    moment: (time) => {
      const { pick, window } = pickMoment(state.pick, time);
      setState({ on: pick !== null, pick });
      if (window !== undefined) show(window);
    },
    drag: (from, to) => {
      setState({ on: false, pick: null });
      show(rangeWindow(from, to));
    },
  };
}

/** The event before or after the selected one; the first when none of them is. */
function stepFrom(
  events: readonly TimelineEventView[],
  selected: string | null,
  direction: 1 | -1,
): TimelineEventView | undefined {
  const place = events.findIndex((event) => event.eventId === selected);
  return events[place < 0 ? 0 : place + direction];
}

function isIn(window: TimeWindow, time: number): boolean {
  return time >= window.from && time <= window.to;
}

function centreOf(window: TimeWindow, selected: number | null): { centre?: number } {
  if (selected === null || !isIn(window, selected)) return {};
  return { centre: (selected - window.from) / Math.max(1, window.to - window.from) };
}

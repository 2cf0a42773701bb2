import { useEffect, useRef } from 'react';
import { beginFollowing, type Followed, followSelection, windowToFollow } from './followSelection';
import type { TimeWindow } from './timeScale';

/**
 * Brings what is selected elsewhere into sight. Gives a function that is to be told of each event that the timeline
 * selects itself: those do not move the window.
 */
export function useFollowSelection(props: {
  selectedEventId: string | null;
  /** When it happened, in UTC microseconds; null while that is not known. */
  selectedTime: number | null;
  shown: TimeWindow;
  whole: TimeWindow;
  /** Whether `shown` was chosen, by the reader or a link, and is not merely where the screen begins. */
  isWindowChosen: boolean;
  onWindow: (window: TimeWindow) => void;
}): (eventId: string) => void {
  const { selectedEventId, selectedTime, shown, whole, isWindowChosen, onWindow } = props;
  const followed = useRef<Followed | null>(null);
  useEffect(() => {
    followed.current = followSelection(
      followed.current ?? beginFollowing(selectedEventId, shown, isWindowChosen),
      selectedEventId,
      shown,
    );
    if (selectedTime === null || followed.current.wanted === null) return;
    const window = windowToFollow(followed.current, selectedTime, shown, whole);
    followed.current.wanted = null;
    if (window !== undefined) onWindow(window);
  }, [selectedEventId, selectedTime, shown, whole, isWindowChosen, onWindow]);
  return (eventId) => {
    if (followed.current !== null) followed.current.own = eventId;
  };
}

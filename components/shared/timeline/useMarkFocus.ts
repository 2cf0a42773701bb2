import { type RefObject, useEffect, useRef } from 'react';

/**
 * Moves focus to the selected mark once it is drawn, when the selection was made in the plot: the selection comes back
 * from the address, a moment later. `covered`: pixels of the scroller's top that the axis lies over.
 */
export function useMarkFocus(
  selectedEventId: string | null,
  scroller: RefObject<HTMLElement | null>,
  covered: number,
) {
  const marks = useRef(new Map<string, SVGGElement>());
  const wanted = useRef(false);
  useEffect(() => {
    if (!wanted.current || selectedEventId === null) return;
    const mark = marks.current.get(selectedEventId);
    if (mark === undefined) return;
    wanted.current = false;
    mark.focus({ preventScroll: true });
    const frame = scroller.current?.getBoundingClientRect();
    const place = mark.getBoundingClientRect();
    if (frame !== undefined && (place.top < frame.top + covered || place.bottom > frame.bottom))
      mark.scrollIntoView({ block: 'center' });
  });
  return {
    /** The next selection takes the focus along. */
    follow: () => {
      wanted.current = true;
    },
    remember: (eventId: string) => (element: SVGGElement | null) => {
      if (element === null) marks.current.delete(eventId);
      else marks.current.set(eventId, element);
    },
  };
}

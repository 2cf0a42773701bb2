import { type FocusEvent, useLayoutEffect, useRef } from 'react';
import type { LineageReading } from './lineageTypes';

/**
 * Keeps the keyboard in the lineage when the drawing gives way to the table or back: the focus that was in the one is
 * given to the other by `focus`. The handlers are for the element around both.
 */
export function useReadingFocus(reading: LineageReading, focus: () => void) {
  const isInside = useRef(false);
  const before = useRef(reading);
  useLayoutEffect(() => {
    if (before.current === reading) return;
    before.current = reading;
    const now = document.activeElement;
    if (isInside.current && (now === null || now === document.body)) focus();
  });
  return {
    onFocus: () => {
      isInside.current = true;
    },
    onBlur: (event: FocusEvent) => {
      if (!event.currentTarget.contains(event.relatedTarget)) isInside.current = false;
    },
  };
}

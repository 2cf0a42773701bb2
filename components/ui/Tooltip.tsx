'use client';

import {
  cloneElement,
  type HTMLAttributes,
  type ReactElement,
  type ReactNode,
  type RefAttributes,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import { drawnLater } from './onDemand';

/** Fetched before anybody can have rested on anything. */
const TooltipWords = drawnLater(
  async () => (await import('./TooltipWords')).TooltipWords,
  () => null,
);

/** The pointer rests this long before words appear, in milliseconds; not at all this soon after others were read. */
const REST_MS = 350;
const SOON_MS = 200;

/** Of the whole page: what closes the words shown now, and when words were last shown, on the clock of events. */
const page: { close: (() => void) | null; lastShown: number } = {
  close: null,
  lastShown: Number.NEGATIVE_INFINITY,
};

type Hinted = ReactElement<HTMLAttributes<HTMLElement> & RefAttributes<HTMLElement>>;

type TooltipProps = { text: ReactNode; side?: 'top' | 'right' | 'bottom' | 'left'; children: Hinted };

/**
 * Words on hover and on focus; Esc dismisses, the pointer may enter. Never the only place a fact is told. The child is
 * one element that takes a ref. When they open is decided here, all else by Radix once they are there.
 */
export function Tooltip({ text, side = 'bottom', children }: TooltipProps) {
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const id = useId();
  const own = children.props;
  const show = (shown: boolean) => {
    clearTimeout(timer.current);
    setOpen(shown);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (!open) return;
    const close = () => setOpen(false);
    page.close?.();
    page.close = close;
    return () => {
      if (page.close === close) page.close = null;
      page.lastShown = performance.now();
    };
  }, [open]);
  return (
    <>
      {cloneElement(children, {
        ref: anchor,
        ...(open ? { 'aria-describedby': id } : {}),
        onPointerEnter: (event) => {
          own.onPointerEnter?.(event);
          if (event.pointerType === 'touch' || open) return;
          clearTimeout(timer.current);
          const wait = performance.now() - page.lastShown < SOON_MS ? 0 : REST_MS;
          timer.current = setTimeout(() => setOpen(true), wait);
        },
        onPointerLeave: (event) => {
          own.onPointerLeave?.(event);
          clearTimeout(timer.current);
          // Words that are there watch the pointer themselves: it may be on its way into them.
          if (!document.getElementById(id)) setOpen(false);
        },
        onPointerDown: (event) => {
          own.onPointerDown?.(event);
          show(false);
        },
        onFocus: (event) => {
          own.onFocus?.(event);
          if (event.currentTarget.matches(':focus-visible')) show(true);
        },
        onBlur: (event) => {
          own.onBlur?.(event);
          show(false);
        },
        onClick: (event) => {
          own.onClick?.(event);
          show(false);
        },
      })}
      {open ? (
        <TooltipWords id={id} anchor={anchor} side={side} text={text} onClose={() => setOpen(false)} />
      ) : null}
    </>
  );
}

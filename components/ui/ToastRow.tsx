'use client';

import { clsx } from 'clsx';
import { useEffect, useState } from 'react';
import { Button } from './Button';
import type { ShownToast } from './toastContent';

const USUAL_MS = 10_000;
/** What is left after a pause, at the least: time to take the pointer away and still read. */
const LEAST_MS = 2_000;
const TICK_MS = 250;

/** One toast with its clock, which stops while the pointer or focus is on it and then goes on from where it was. */
export function ToastRow({ toast, onDismiss }: { toast: ShownToast; onDismiss: (id: number) => void }) {
  const [left, setLeft] = useState(toast.duration ?? USUAL_MS);
  const [held, setHeld] = useState({ pointer: false, focus: false });
  const [given, setGiven] = useState(false);
  const paused = held.pointer || held.focus;
  const over = left <= 0;
  useEffect(() => {
    if (paused) return;
    let before = performance.now();
    const clock = setInterval(() => {
      const now = performance.now();
      const passed = now - before;
      before = now;
      setLeft((ms) => ms - passed);
    }, TICK_MS);
    return () => clearInterval(clock);
  }, [paused]);
  useEffect(() => {
    if (over) onDismiss(toast.id);
  }, [over, onDismiss, toast.id]);
  const hold = (what: Partial<typeof held>) => {
    setHeld((all) => ({ ...all, ...what }));
    setLeft((ms) => Math.max(ms, LEAST_MS));
  };
  const { action, lengthen } = toast;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pausing the clock is not an action
    <div
      className={clsx(
        'pointer-events-auto flex animate-appear items-center gap-2 rounded-md border bg-surface-1 py-1.5 pl-3 pr-1.5 shadow-popover',
        toast.tone === 'danger' ? 'border-danger' : 'border-line-strong',
      )}
      onPointerEnter={() => hold({ pointer: true })}
      onPointerLeave={() => hold({ pointer: false })}
      onFocus={() => hold({ focus: true })}
      onBlur={() => hold({ focus: false })}
    >
      <div className="min-w-0 flex-1">{toast.text}</div>
      {toast.countdown ? (
        <span aria-hidden="true" className="num w-12 shrink-0 text-right text-12 text-text-3">
          {paused ? 'paused' : `${Math.ceil(left / 1000)} s`}
        </span>
      ) : null}
      {action ? (
        <Button
          size="sm"
          keys={action.keys}
          onClick={() => {
            action.run();
            onDismiss(toast.id);
          }}
        >
          {action.label}
        </Button>
      ) : null}
      {lengthen && !given ? (
        <Button
          size="sm"
          variant="quiet"
          onClick={() => {
            const more = lengthen.run();
            if (more === null) setGiven(true);
            else setLeft((ms) => ms + more);
          }}
        >
          {lengthen.label}
        </Button>
      ) : null}
      <Button size="sm" variant="quiet" onClick={() => onDismiss(toast.id)}>
        Dismiss
      </Button>
    </div>
  );
}

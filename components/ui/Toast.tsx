'use client';

import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from 'react';
import { Button } from './Button';

type ToastContent = {
  text: ReactNode;
  tone?: 'neutral' | 'danger' | undefined;
  action?: { label: string; keys?: string; run: () => void } | undefined;
  /** Milliseconds; the clock stops while the pointer or focus is on the toast. */
  duration?: number | undefined;
};
type ShownToast = ToastContent & { id: number };
type Toaster = { show: (toast: ToastContent) => number; dismiss: (id: number) => void };

const ToastContext = createContext<Toaster | null>(null);

/** For the result of something in the background, and for undo. Anything else belongs where it happened. */
export function useToast(): Toaster {
  const toaster = useContext(ToastContext);
  if (!toaster) throw new Error('useToast needs a ToastProvider above it');
  return toaster;
}

export function ToastProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<readonly ShownToast[]>([]);
  const timers = useRef(new Map<number, ReturnType<typeof setTimeout>>());
  const nextId = useRef(1);

  const dismiss = useCallback((id: number) => {
    clearTimeout(timers.current.get(id));
    timers.current.delete(id);
    setShown((all) => all.filter((toast) => toast.id !== id));
  }, []);

  const startClock = useCallback(
    (toast: ShownToast) => {
      clearTimeout(timers.current.get(toast.id));
      timers.current.set(
        toast.id,
        setTimeout(() => dismiss(toast.id), toast.duration ?? 10_000),
      );
    },
    [dismiss],
  );

  const toaster = useMemo<Toaster>(
    () => ({
      show: (content) => {
        const toast = { ...content, id: nextId.current++ };
        setShown((all) => [...all.slice(-2), toast]);
        startClock(toast);
        return toast.id;
      },
      dismiss,
    }),
    [dismiss, startClock],
  );

  return (
    <ToastContext.Provider value={toaster}>
      {children}
      <section
        aria-label="Notifications"
        aria-live="polite"
        className="no-print pointer-events-none fixed bottom-4 left-1/2 z-50 flex w-[min(560px,calc(100vw-24px))] -translate-x-1/2 flex-col gap-2"
      >
        {shown.map((toast) => (
          // biome-ignore lint/a11y/noStaticElementInteractions: pausing the clock is not an action
          <div
            key={toast.id}
            className={`pointer-events-auto flex animate-appear items-center gap-3 rounded-md border bg-surface-1 py-1.5 pl-3 pr-1.5 shadow-popover ${toast.tone === 'danger' ? 'border-danger' : 'border-line-strong'}`}
            onPointerEnter={() => clearTimeout(timers.current.get(toast.id))}
            onPointerLeave={() => startClock(toast)}
            onFocus={() => clearTimeout(timers.current.get(toast.id))}
            onBlur={() => startClock(toast)}
          >
            <div className="min-w-0 flex-1">{toast.text}</div>
            {toast.action ? (
              <Button
                size="sm"
                keys={toast.action.keys}
                onClick={() => {
                  toast.action?.run();
                  dismiss(toast.id);
                }}
              >
                {toast.action.label}
              </Button>
            ) : null}
            <Button size="sm" variant="quiet" onClick={() => dismiss(toast.id)}>
              Dismiss
            </Button>
          </div>
        ))}
      </section>
    </ToastContext.Provider>
  );
}

'use client';

import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from 'react';
import { ToastRow } from './ToastRow';
import type { ShownToast, ToastContent } from './toastContent';

type Toaster = { show: (toast: ToastContent) => number; dismiss: (id: number) => void };

const ToastContext = createContext<Toaster | null>(null);

/** For the result of something in the background, and for undo. Anything else belongs where it happened. */
export function useToast(): Toaster {
  const toaster = useContext(ToastContext);
  if (!toaster) throw new Error('useToast needs a ToastProvider above it');
  return toaster;
}

/** As many as are shown at once; older ones give way. */
const MOST = 3;

export function ToastProvider({ children }: { children: ReactNode }) {
  const [shown, setShown] = useState<readonly ShownToast[]>([]);
  const all = useRef<readonly ShownToast[]>([]);
  const nextId = useRef(1);

  const keep = useCallback((next: readonly ShownToast[]) => {
    const gone = all.current.filter((toast) => !next.includes(toast));
    all.current = next;
    setShown(next);
    for (const toast of gone) toast.onGone?.();
  }, []);

  const dismiss = useCallback((id: number) => keep(all.current.filter((toast) => toast.id !== id)), [keep]);

  const toaster = useMemo<Toaster>(
    () => ({
      show: (content) => {
        const toast = { ...content, id: nextId.current++ };
        keep([...all.current.slice(1 - MOST), toast]);
        return toast.id;
      },
      dismiss,
    }),
    [dismiss, keep],
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
          <ToastRow key={toast.id} toast={toast} onDismiss={dismiss} />
        ))}
      </section>
    </ToastContext.Provider>
  );
}

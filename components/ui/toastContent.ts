import type { ReactNode } from 'react';

/** What a toast says, and what can be done with it. */
export type ToastContent = {
  text: ReactNode;
  tone?: 'neutral' | 'danger' | undefined;
  action?: { label: string; keys?: string; run: () => void } | undefined;
  /** Milliseconds; the clock stops while the pointer or focus is on the toast. */
  duration?: number | undefined;
  /** Shows the seconds that are left. */
  countdown?: boolean | undefined;
  /** Gives more time: `run` says how many milliseconds; null once there is no more to give. */
  lengthen?: { label: string; run: () => number | null } | undefined;
  /** Called once when it is gone, however it went. */
  onGone?: (() => void) | undefined;
};
export type ShownToast = ToastContent & { id: number };

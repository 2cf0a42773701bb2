import { formatAge } from '../timeFormat';

export type Clock = 'running' | 'soon' | 'breached' | 'met' | 'missed';
export type Due = { state: Clock; text: string };

/** Shown as due soon from this many milliseconds before. */
const SOON_MS = 60 * 60_000;

/**
 * A service clock in words: "in 3 h", "42 min over", "in time". The server's word can be minutes old, so that a running
 * clock is read anew at `now`, in milliseconds. Null without a clock.
 */
export function dueWords(due: string | null, clock: Clock | null, now: number): Due | null {
  if (due === null || clock === null) return null;
  if (clock === 'met') return { state: 'met', text: 'in time' };
  if (clock === 'missed') return { state: 'missed', text: 'late' };
  const at = new Date(due).getTime();
  if (Number.isNaN(at)) return null;
  if (at <= now) {
    const over = formatAge(due, now);
    return { state: 'breached', text: over === 'now' ? 'due now' : `${over} over` };
  }
  // The age of now, seen from then, is the time that is left; rounded up, so that none is promised that is not there.
  const left = formatAge(new Date(now).toISOString(), at);
  return { state: at - now <= SOON_MS ? 'soon' : 'running', text: left === 'now' ? 'due now' : `in ${left}` };
}

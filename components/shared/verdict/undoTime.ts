import { createPreference } from '../preference';

export const UNDO_SECONDS = ['10', '30', '60'] as const;

/** How long an undo is offered, in seconds: WCAG 2.2.1 asks that it can be lengthened. */
export const undoTimePreference = createPreference('undo.seconds', UNDO_SECONDS, '10');

/** The same in milliseconds. */
export function undoMilliseconds(): number {
  return Number(undoTimePreference.get()) * 1000;
}

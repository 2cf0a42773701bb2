import { MICROS_PER_HOUR } from '../base/time';

/** A host is not called quiet before this, whatever its rhythm. */
const LEAST_HOURS = 24;
/** How many times its longest silence before a host may be silent. */
const TIMES_USUAL = 3;

/** Hours with events on one UTC day (number since 1970): bit `n` of the mask stands for the hour `n`. */
export type HeardDay = { readonly day: number; readonly mask: number };

/** Numbers of the UTC hours in which anything came, in order. Days in order. */
export function hoursOf(days: readonly HeardDay[]): readonly number[] {
  return days.flatMap(({ day, mask }) =>
    Array.from({ length: 24 }, (_, hour) => hour)
      .filter((hour) => ((mask >>> hour) & 1) === 1)
      .map((hour) => day * 24 + hour),
  );
}

/** The longest stretch of whole hours without anything between two hours with something, in hours, until `time`. */
export function longestSilence(hours: readonly number[], time: number): number {
  const last = Math.floor(time / MICROS_PER_HOUR);
  let longest = 0;
  let before: number | undefined;
  for (const hour of hours) {
    if (hour > last) break;
    if (before !== undefined) longest = Math.max(longest, hour - before - 1);
    before = hour;
  }
  return longest;
}

/** Whether a host may have gone quiet at all, before its own rhythm is looked at. Times in microseconds. */
export function mayBeQuiet(seenTo: number, end: number): boolean {
  return end - seenTo > LEAST_HOURS * MICROS_PER_HOUR;
}

/** Whether a host that was silent from `seenTo` until `end` went quiet, given its longest silence before, in hours. */
export function wentQuiet(seenTo: number, end: number, usualHours: number): boolean {
  return end - seenTo > Math.max(LEAST_HOURS, TIMES_USUAL * usualHours) * MICROS_PER_HOUR;
}

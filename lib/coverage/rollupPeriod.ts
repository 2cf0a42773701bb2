import { MICROS_PER_DAY, MICROS_PER_SECOND } from '../base/time';

/** UTC days by their number since 1970, both included. */
export type DayRange = { readonly from: number; readonly to: number };

/** More days than any event can be of. */
export const EVERY_DAY: DayRange = { from: -150_000, to: 150_000 };

/** Whole UTC days, and the time they stand for; `end` is where what is asked about ends, which may be within a day. */
export type CoveragePeriod = {
  readonly days: DayRange;
  /** Microseconds. */
  readonly start: number;
  readonly end: number;
};

/** Days of a period for which no beginning is named. */
const USUAL_DAYS = 30;

/** Weeks of the trend. */
const WEEKS = 13;

/** How far a host's clock may be ahead before its times are taken for wrong. */
const CLOCK_AHEAD = MICROS_PER_DAY;

/** Number of the UTC day that a time in microseconds lies in. */
export function dayOf(time: number): number {
  return Math.floor(time / MICROS_PER_DAY);
}

/** The last time that an event can be of without its clock being wrong; all in microseconds. */
export function latestOf(now: number): number {
  return now + CLOCK_AHEAD;
}

/** The newest of times that can be right, microseconds; undefined when there is none, or all lie in the future. */
export function newestOf(times: Iterable<number>, now: number): number | undefined {
  let newest: number | undefined;
  for (const time of times)
    if (time <= latestOf(now) && (newest === undefined || time > newest)) newest = time;
  return newest;
}

/** Days of a period up to its end: what is kept of days after that is of wrong clocks. None where it ends as it begins. */
export function daysReached({ days, end }: CoveragePeriod): DayRange {
  return { from: days.from, to: Math.min(days.to, dayOf(end - 1)) };
}

/**
 * The period that is asked about: without an end up to the newest event's day, without a beginning 30 days. It ends
 * with its last day, but not after the newest event of all while that day is its last (nobody could have reported yet),
 * nor after `now` when it goes on beyond. `newest` (newestOf) and `now` in microseconds; without any event `now` is its
 * end.
 */
export function periodOf(
  asked: { readonly from?: number | undefined; readonly to?: number | undefined },
  newest: number | undefined,
  now: number,
): CoveragePeriod {
  const last = newest === undefined ? now : newest + MICROS_PER_SECOND;
  const lastDay = dayOf(newest ?? now);
  const to = asked.to ?? Math.max(lastDay, asked.from ?? lastDay);
  const from = asked.from ?? to - USUAL_DAYS + 1;
  const start = from * MICROS_PER_DAY;
  const reached = to > lastDay ? Math.max(last, now) : last;
  return { days: { from, to }, start, end: Math.max(start, Math.min((to + 1) * MICROS_PER_DAY, reached)) };
}

/** The same number of whole days just before. */
export function periodBefore({ days, start }: CoveragePeriod): CoveragePeriod {
  const length = days.to - days.from + 1;
  return {
    days: { from: days.from - length, to: days.from - 1 },
    start: start - length * MICROS_PER_DAY,
    end: start,
  };
}

/** Weeks from Monday on, the last of which holds the period's last day and ends with the period; oldest first. */
export function weeksUpTo({ days, end }: CoveragePeriod): readonly CoveragePeriod[] {
  // 1970 began on a Thursday.
  const monday = days.to - ((((days.to + 3) % 7) + 7) % 7);
  return Array.from({ length: WEEKS }, (_, i): CoveragePeriod => {
    const from = monday - (WEEKS - 1 - i) * 7;
    const to = Math.min(from + 6, days.to);
    const start = from * MICROS_PER_DAY;
    return {
      days: { from, to },
      start,
      end: Math.max(start, Math.min((to + 1) * MICROS_PER_DAY, end)),
    };
  });
}

/**
 * For how much of a period a host that has events said nothing any more, microseconds: from its last event, which
 * counts for a second, until the period ends.
 */
export function quietTime(seenTo: number, { start, end }: Pick<CoveragePeriod, 'start' | 'end'>): number {
  return Math.max(0, end - Math.max(start, seenTo + MICROS_PER_SECOND));
}

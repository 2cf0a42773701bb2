const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WEEK_DAYS = 7;

/** When something is due again and again, in UTC: each day, each week on a day (Monday is 1), each month on a day up to 28. */
export type Rhythm = {
  readonly every: 'day' | 'week' | 'month';
  readonly dayOf: number;
  readonly hour: number;
};

/** The first time something is due after an instant, never at it. */
export function nextTime(rhythm: Rhythm, after: Date): Date {
  const [year, month, day] = [after.getUTCFullYear(), after.getUTCMonth(), after.getUTCDate()];
  const { every, dayOf, hour } = rhythm;
  if (every === 'month') {
    const thisMonth = new Date(Date.UTC(year, month, dayOf, hour));
    return thisMonth > after ? thisMonth : new Date(Date.UTC(year, month + 1, dayOf, hour));
  }
  const today = Date.UTC(year, month, day, hour);
  const length = every === 'day' ? 1 : WEEK_DAYS;
  // Sunday is 0 in JavaScript and 7 here.
  const ahead = every === 'day' ? 0 : (dayOf - after.getUTCDay() + WEEK_DAYS) % WEEK_DAYS;
  const first = today + ahead * DAY_MS;
  return new Date(first > after.getTime() ? first : first + length * DAY_MS);
}

/** The last time something was due up to an instant, which may be it. */
export function lastTime(rhythm: Rhythm, upTo: Date): Date {
  const { every, dayOf, hour } = rhythm;
  const next = nextTime(rhythm, upTo);
  if (every === 'month')
    return new Date(Date.UTC(next.getUTCFullYear(), next.getUTCMonth() - 1, dayOf, hour));
  return new Date(next.getTime() - (every === 'day' ? 1 : WEEK_DAYS) * DAY_MS);
}

/**
 * The whole UTC days a report made at `now` is about: from the day it was due the time before its last up to the day
 * before its last, so that reports neither overlap nor leave a day out.
 */
export function reportedDays(rhythm: Rhythm, now: Date): { readonly from: string; readonly to: string } {
  const due = lastTime(rhythm, now);
  const before = lastTime(rhythm, new Date(due.getTime() - 1));
  return { from: dayText(before), to: dayText(new Date(due.getTime() - DAY_MS)) };
}

function dayText(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}

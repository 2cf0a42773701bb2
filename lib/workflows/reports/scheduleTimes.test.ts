import { describe, expect, it } from 'vitest';
import { lastTime, nextTime, type Rhythm, reportedDays } from './scheduleTimes';

const RHYTHMS: readonly Rhythm[] = [
  ...[0, 6, 23].map((hour): Rhythm => ({ every: 'day', dayOf: 1, hour })),
  ...[1, 2, 3, 4, 5, 6, 7].map((dayOf): Rhythm => ({ every: 'week', dayOf, hour: 6 })),
  ...[1, 2, 15, 28].map((dayOf): Rhythm => ({ every: 'month', dayOf, hour: 0 })),
];
/** Instants over some years, around midnights, leap days and ends of months, in a fixed order. */
const INSTANTS = Array.from(
  { length: 400 },
  (_, i) => new Date(Date.UTC(2023, 0, 1) + i * 3 * 86_400_000 + ((i * 7_919_731) % 86_400_000)),
).concat(
  ['2024-02-29T00:00:00Z', '2024-12-31T23:59:59.999Z', '2026-03-01T06:00:00Z'].map((t) => new Date(t)),
);

/** What a rhythm means, hour by hour. */
function isDue({ every, dayOf, hour }: Rhythm, at: Date): boolean {
  if (at.getUTCHours() !== hour) return false;
  if (every === 'week') return (at.getUTCDay() || 7) === dayOf;
  return every === 'day' || at.getUTCDate() === dayOf;
}

describe('when a schedule is due', () => {
  it.each(RHYTHMS)('is the first hour after an instant that the rhythm means: %o', (rhythm) => {
    for (const after of INSTANTS) {
      let hour = Math.floor(after.getTime() / 3_600_000) + 1;
      while (!isDue(rhythm, new Date(hour * 3_600_000))) hour++;
      expect(nextTime(rhythm, after).toISOString()).toBe(new Date(hour * 3_600_000).toISOString());
    }
  });

  it('never is the instant itself, and the last time is the one it came from', () => {
    for (const rhythm of RHYTHMS)
      for (const after of INSTANTS) {
        const next = nextTime(rhythm, after);
        expect(next.getTime()).toBeGreaterThan(after.getTime());
        expect(lastTime(rhythm, next)).toEqual(next);
        expect(lastTime(rhythm, after).getTime()).toBeLessThanOrEqual(after.getTime());
        expect(nextTime(rhythm, lastTime(rhythm, after))).toEqual(next);
      }
  });

  it('makes reports that leave no day out and tell none twice', () => {
    for (const rhythm of RHYTHMS) {
      let due = nextTime(rhythm, new Date('2024-01-10T11:00:00Z'));
      let { to } = reportedDays(rhythm, due);
      for (let times = 0; times < 30; times++) {
        due = nextTime(rhythm, due);
        const days = reportedDays(rhythm, due);
        expect(Date.parse(days.from) - Date.parse(to)).toBe(86_400_000);
        expect(days.from <= days.to).toBe(true);
        to = days.to;
      }
    }
  });

  it('makes one report of the last time, however late it is', () => {
    const weekly: Rhythm = { every: 'week', dayOf: 1, hour: 6 };
    expect(reportedDays(weekly, new Date('2026-11-26T10:00:00Z'))).toEqual({
      from: '2026-11-16',
      to: '2026-11-22',
    });
    expect(reportedDays({ every: 'month', dayOf: 1, hour: 6 }, new Date('2026-11-26T10:00:00Z'))).toEqual({
      from: '2026-10-01',
      to: '2026-10-31',
    });
    expect(reportedDays({ every: 'day', dayOf: 1, hour: 6 }, new Date('2026-11-26T05:00:00Z'))).toEqual({
      from: '2026-11-24',
      to: '2026-11-24',
    });
  });
});

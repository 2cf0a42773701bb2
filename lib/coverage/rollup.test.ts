import { describe, expect, it } from 'vitest';
import { MICROS_PER_DAY, MICROS_PER_HOUR, MICROS_PER_SECOND, parseMicros } from '../base/time';
import { rollUp, toSeconds, totalOf } from './rollup';
import { dayOf, daysReached, newestOf, periodBefore, periodOf, quietTime, weeksUpTo } from './rollupPeriod';
import { hoursOf, longestSilence, mayBeQuiet, wentQuiet } from './rollupQuiet';
import { mostOf } from './seenTime';

const time = (text: string): number => parseMicros(text) ?? Number.NaN;
const day = (text: string): number => dayOf(time(text));
const newest = time('2026-11-20T17:40:00Z');
const now = time('2026-11-26T09:00:00Z');

describe('a period', () => {
  it('is the 30 days up to the newest event, and ends a second after it', () => {
    expect(periodOf({}, newest, now)).toEqual({
      days: { from: day('2026-10-22'), to: day('2026-11-20') },
      start: time('2026-10-22'),
      end: newest + MICROS_PER_SECOND,
    });
    expect(periodOf({ to: day('2026-11-20') }, newest, now)).toEqual(periodOf({}, newest, now));
  });

  it('ends with its last day before that, and now where it goes on after it', () => {
    expect(periodOf({ to: day('2026-11-19') }, newest, now).end).toBe(time('2026-11-20'));
    expect(periodOf({ to: day('2026-11-23') }, newest, now).end).toBe(time('2026-11-24'));
    const long = { from: day('2026-11-01'), to: day('2026-12-31') };
    expect(periodOf(long, newest, now).end).toBe(now);
    expect(daysReached(periodOf(long, newest, now))).toEqual({ from: long.from, to: day('2026-11-26') });
    expect(periodOf({ from: day('2027-01-01') }, newest, now)).toMatchObject({
      start: time('2027-01-01'),
      end: time('2027-01-01'),
    });
  });

  it('is not led astray by a clock that is years ahead, only by one that is less than a day', () => {
    const wrong = time('2055-01-01');
    expect(newestOf([newest, wrong, time('2026-11-01')], now)).toBe(newest);
    expect(newestOf([newest, now + MICROS_PER_DAY, now + MICROS_PER_DAY + 1], now)).toBe(
      now + MICROS_PER_DAY,
    );
    expect(newestOf([wrong], now)).toBeUndefined();
    expect(newestOf([], now)).toBeUndefined();
    expect(periodOf({}, newestOf([wrong], now), now).end).toBe(now);
    const long = { from: day('2026-11-01'), to: day('2055-12-31') };
    expect(periodOf(long, newestOf([wrong, newest], now), now).end).toBe(now);
  });

  it('comes after as many whole days', () => {
    const period = periodOf({ from: day('2026-11-11') }, newest, now);
    expect(periodBefore(period)).toEqual({
      days: { from: day('2026-11-01'), to: day('2026-11-10') },
      start: time('2026-11-01'),
      end: time('2026-11-11'),
    });
  });

  it('ends a trend of 13 weeks that begin on Mondays', () => {
    const weeks = weeksUpTo(periodOf({}, newest, now));
    expect(weeks).toHaveLength(13);
    expect(weeks.map(({ start }) => new Date(start / 1000).getUTCDay())).toEqual(Array(13).fill(1));
    expect(weeks.at(-1)).toEqual({
      days: { from: day('2026-11-16'), to: day('2026-11-20') },
      start: time('2026-11-16'),
      end: newest + MICROS_PER_SECOND,
    });
    expect(weeks.at(-2)?.end).toBe(time('2026-11-16'));
    const old = weeksUpTo(periodOf({ to: day('1969-12-31') }, newest, now)).at(-1);
    expect(old?.days).toEqual({ from: day('1969-12-29'), to: day('1969-12-31') });
  });
});

describe('a host that says nothing any more', () => {
  const period = periodOf({ from: day('2026-11-18'), to: day('2026-11-19') }, newest, now);
  it('is quiet from a second after its last event, within the period', () => {
    expect(quietTime(time('2026-11-19T23:00:00Z'), period)).toBe(MICROS_PER_HOUR - MICROS_PER_SECOND);
    expect(quietTime(time('2026-11-01T00:00:00Z'), period)).toBe(2 * MICROS_PER_DAY);
    expect(quietTime(newest, period)).toBe(0);
  });

  it('is called so after a day, or three times its longest silence before', () => {
    const heard = [
      { day: 10, mask: 0b1100_0000 },
      { day: 11, mask: 1 << 20 },
    ];
    expect(hoursOf(heard)).toEqual([246, 247, 284]);
    const last = 284 * MICROS_PER_HOUR;
    expect(longestSilence(hoursOf(heard), last)).toBe(36);
    expect(longestSilence(hoursOf(heard), last - 1)).toBe(0);
    expect(wentQuiet(last, last + 108 * MICROS_PER_HOUR, 36)).toBe(false);
    expect(wentQuiet(last, last + 108 * MICROS_PER_HOUR + 1, 36)).toBe(true);
    expect(wentQuiet(last, last + 24 * MICROS_PER_HOUR, 0)).toBe(false);
    expect(mayBeQuiet(last, last + 24 * MICROS_PER_HOUR)).toBe(false);
    expect(wentQuiet(last, last + 24 * MICROS_PER_HOUR + 1, 0)).toBe(true);
  });
});

describe('a stage', () => {
  it('is what it was most of the time, the darker of equals', () => {
    expect(mostOf({ visible: 0, partial: 0, blind: 0 })).toBeUndefined();
    expect(mostOf({ visible: 3, partial: 2, blind: 2 })).toBe('visible');
    expect(mostOf({ visible: 2, partial: 2, blind: 1 })).toBe('partial');
    expect(mostOf({ visible: 2, partial: 2, blind: 2 })).toBe('blind');
  });

  it('is added up exactly, whatever the length of time, and counts hosts that see it as proven', () => {
    const long = 9_007_199_254_740_991;
    const cell = rollUp([
      { time: { visible: long, partial: 0, blind: 1 }, provable: true },
      { time: { visible: long, partial: 0, blind: 0 }, provable: false },
      { time: { visible: 0, partial: 1, blind: 0 }, provable: true },
      { time: { visible: 0, partial: 0, blind: 0 }, provable: true },
    ]);
    expect(cell).toEqual({
      time: { visible: 2n * BigInt(long), partial: 1n, blind: 1n },
      hosts: 3,
      visibleHosts: 2,
      partialHosts: 1,
      blindHosts: 0,
      provenHosts: 1,
    });
    expect(toSeconds(totalOf([{ visible: 1_500_000, partial: 0, blind: 1 }]))).toEqual({
      visible: 1.5,
      partial: 0,
      blind: 0.000001,
    });
  });
});

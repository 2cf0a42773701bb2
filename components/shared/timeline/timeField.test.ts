import { describe, expect, it } from 'vitest';
import { pickMoment, rangeWindow } from './rangePick';
import { at } from './testTimeline';
import { readTimeField } from './timeField';
import { relativeTime } from './timeScale';

const reading = { origin: at(0), near: at(10), zoneMinutes: 0 };

describe('a written time', () => {
  it.each([
    ['T0', 0],
    ['+4.2 s', 4.2],
    ['+4.2', 4.2],
    ['-30 s', -30],
    ['−1 min 5 s', -65],
    ['+380 ms', 0.38],
    ['+1 h', 3600],
    ['09:16:31', 0],
    ['09:16:31.250', 0.25],
    ['9:17', 29],
    ['2026-11-20 09:16:31', 0],
    ['2026-11-20T10:16:31+01:00', 0],
    ['2026-11-20T09:16:31.500Z', 0.5],
  ])('%s is understood', (text, second) => expect(readTimeField(text, reading)).toBe(at(second)));

  it.each(['', 'soon', '+', '+4 parsecs', '25:00', '09:61', '2026-13-40', `+${'9'.repeat(5000)}`])(
    '%s is not a time',
    (text) => expect(readTimeField(text, reading)).toBeUndefined(),
  );

  it('is in the reader’s zone unless it names its own', () => {
    const tokyo = { ...reading, zoneMinutes: 540 };
    expect(readTimeField('18:16:31', tokyo)).toBe(at(0));
    expect(readTimeField('2026-11-20 18:16:31', tokyo)).toBe(at(0));
    expect(readTimeField('2026-11-20T09:16:31Z', tokyo)).toBe(at(0));
  });

  it('is of the day the window is on in that zone', () => {
    const near = Date.UTC(2026, 10, 20, 23, 30) * 1000;
    expect(readTimeField('08:00', { origin: null, near, zoneMinutes: 540 })).toBe(
      Date.UTC(2026, 10, 20, 23, 0) * 1000,
    );
  });

  it('cannot be a distance where there is no T0', () => {
    expect(readTimeField('+4 s', { ...reading, origin: null })).toBeUndefined();
  });

  it('comes back from what the timeline writes', () => {
    for (const second of [-65, 0, 0.38, 4.2, 41.7, 3660])
      expect(readTimeField(relativeTime(at(second), at(0)), reading)).toBe(at(second));
  });
});

describe('a range of two moments', () => {
  it('ends with the second, whichever comes first, with a little air', () => {
    const begun = pickMoment({ from: null }, 2_000_000);
    expect(begun).toEqual({ pick: { from: 2_000_000 }, window: undefined });
    expect(pickMoment(begun.pick, 1_000_000)).toEqual({
      pick: null,
      window: { from: 980_000, to: 2_020_000 },
    });
    expect(rangeWindow(1_000_000, 2_000_000)).toEqual({ from: 980_000, to: 2_020_000 });
  });

  it('is not one moment twice, and nothing while nobody chooses', () => {
    expect(pickMoment({ from: 5 }, 5)).toEqual({ pick: { from: 5 }, window: undefined });
    expect(pickMoment(null, 5)).toEqual({ pick: null, window: undefined });
  });
});

import { describe, expect, it } from 'vitest';
import { at } from './testTimeline';
import { changeWindow, pinchWindow, relativeTime, ticksOf, timeScale, windowWith } from './timeScale';

const moment = (time: number) => ({ from: time, to: time });

describe('timeScale', () => {
  it('shrinks long silences on request and says where', () => {
    const busy = [at(0), at(1), at(900), at(901)].map(moment);
    const scale = timeScale({ from: at(0), to: at(901) }, 800, busy, true);
    expect(scale.gaps).toHaveLength(1);
    expect(scale.toX(at(1)) - scale.toX(at(0))).toBeGreaterThan(2);
    expect(scale.toX(at(901))).toBeCloseTo(800);
    expect(scale.toTime(scale.toX(at(900)))).toBeCloseTo(at(900), -1);
    expect(timeScale({ from: at(0), to: at(901) }, 800, busy, false).gaps).toEqual([]);
  });

  it('shrinks nothing that a stretch with events covers', () => {
    const busy = [{ from: at(0), to: at(890) }, moment(at(10)), moment(at(901))];
    expect(timeScale({ from: at(0), to: at(901) }, 800, busy, true).gaps).toEqual([]);
  });

  it('ticks at round distances from T0', () => {
    const window = { from: at(-1.5), to: at(40) };
    const ticks = ticksOf(timeScale(window, 800, [], false), window, at(0), 800);
    expect(ticks.map((tick) => relativeTime(tick.time, at(0)))).toEqual([
      'T0',
      '+5 s',
      '+10 s',
      '+15 s',
      '+20 s',
      '+25 s',
      '+30 s',
      '+35 s',
      '+40 s',
    ]);
  });

  it.each([
    [0, 'T0'],
    [12, '+12 µs'],
    [4_200_000, '+4.2 s'],
    [-65_000_000, '−1 min 5 s'],
    [3_600_000_000, '+1 h'],
    [380_000, '+380 ms'],
  ])('says %d microseconds as %s', (length, words) => expect(relativeTime(length, 0)).toBe(words));
});

describe('changeWindow', () => {
  const limits = { from: 0, to: 1_000_000 };
  it('zooms about a centre and stays inside', () => {
    expect(changeWindow(limits, limits, { zoom: 2, centre: 0 })).toEqual({ from: 0, to: 500_000 });
    expect(changeWindow({ from: 0, to: 500_000 }, limits, { shift: -1 })).toEqual({ from: 0, to: 500_000 });
    expect(changeWindow({ from: 0, to: 500_000 }, limits, { shift: 9 })).toEqual({
      from: 500_000,
      to: 1_000_000,
    });
    expect(changeWindow(limits, limits, { zoom: 0.1 })).toEqual(limits);
  });
  it('stops at a millisecond', () => {
    const window = changeWindow(limits, limits, { zoom: 1e9 });
    expect(window.to - window.from).toBe(1000);
  });
});

describe('pinchWindow', () => {
  const limits = { from: 0, to: 1_000_000 };
  it('keeps the moments under the fingers', () => {
    expect(pinchWindow([300_000, 500_000], [100, 500], 800, limits)).toEqual({ from: 250_000, to: 650_000 });
  });
  it('survives fingers on one spot and fingers that crossed', () => {
    const one = pinchWindow([300_000, 500_000], [100, 100], 800, limits);
    expect(one.to).toBeGreaterThan(one.from);
    expect(pinchWindow([300_000, 500_000], [500, 100], 800, limits)).toEqual(limits);
  });
});

describe('windowWith', () => {
  const whole = { from: 0, to: 1_000_000 };
  const window = { from: 100_000, to: 300_000 };
  it('follows a moment that leaves the window, at the same zoom', () => {
    expect(windowWith(window, 200_000, whole)).toBe(window);
    expect(windowWith(window, 600_000, whole)).toEqual({ from: 500_000, to: 700_000 });
    expect(windowWith(window, 990_000, whole)).toEqual({ from: 800_000, to: 1_000_000 });
  });
});

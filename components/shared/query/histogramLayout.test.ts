import { describe, expect, it } from 'vitest';
import { formatMicros, micros } from '@/lib/base/time';
import { axisTicks } from './axisTicks';
import { bandsOf, barsOf, blindByKind, spanOf, toTime, toX } from './histogramLayout';

const iso = (seconds: number) => formatMicros(micros(seconds * 1e6));
const SPAN = { from: 0, to: 100e6 };

describe('bars of a histogram', () => {
  it('stand where their time is, as high as their count', () => {
    const bars = barsOf(
      [
        { from: iso(0), count: 10 },
        { from: iso(50), count: 5 },
      ],
      10,
      SPAN,
      1000,
    );
    expect(bars.map(({ x, width, count }) => [x, width, count])).toEqual([
      [0, 99, 10],
      [500, 99, 5],
    ]);
    expect(bars[0]?.share).toBe(1);
    expect(bars[1]?.share).toBeCloseTo(0.53);
  });

  it('never let a single event vanish beside a million', () => {
    const [, one] = barsOf(
      [
        { from: iso(0), count: 1_000_000 },
        { from: iso(50), count: 1 },
      ],
      1,
      SPAN,
      80,
    );
    expect(one?.share).toBeGreaterThan(0.05);
    expect(one?.width).toBeGreaterThanOrEqual(1);
  });

  it('leave out what lies outside, and clip what reaches out', () => {
    const bars = barsOf(
      [
        { from: iso(-50), count: 1 },
        { from: iso(-5), count: 2 },
        { from: iso(95), count: 3 },
        { from: iso(100), count: 4 },
        { from: 'not a time', count: 5 },
      ],
      10,
      SPAN,
      100,
    );
    expect(bars.map(({ count, x, width }) => [count, x, x + width])).toEqual([
      [2, 0, 4],
      [3, 95, 99],
    ]);
  });
});

describe('blind bands', () => {
  it('are clipped to the span, and joined where they meet for one reason', () => {
    const bands = bandsOf(
      [
        { from: iso(40), to: iso(60), reason: 'silence' },
        { from: iso(-1000), to: iso(40), reason: 'silence' },
        { from: iso(60), to: iso(70), reason: 'log cleared' },
        { from: iso(200), to: iso(300), reason: 'silence' },
      ],
      SPAN,
      100,
    );
    expect(bands.map(({ x, width, reason }) => [x, width, reason])).toEqual([
      [0, 60, 'silence'],
      [60, 10, 'log cleared'],
    ]);
    // In words they keep the ends they have.
    expect(bands[0]).toMatchObject({ from: -1000e6, to: 60e6 });
  });

  it('are seen even when a moment long', () => {
    expect(bandsOf([{ from: iso(10), to: iso(10.001), reason: 'x' }], SPAN, 100)[0]?.width).toBe(2);
  });

  it('come by kind, the longest blindness first', () => {
    const kinds = blindByKind([
      { kind: 'dns_query', from: iso(0), to: iso(5), reason: 'a' },
      { kind: 'network_connect', from: iso(0), to: iso(50), reason: 'b' },
      { kind: 'dns_query', from: iso(9), to: iso(10), reason: 'a' },
    ]);
    expect(kinds.map(({ kind, blind }) => [kind, blind.length])).toEqual([
      ['network_connect', 1],
      ['dns_query', 2],
    ]);
  });
});

describe('what the axis spans', () => {
  const found = { from: iso(10), to: iso(20), binSeconds: 2 };

  it('is what was asked for, and where nothing was, what was found with its last bin', () => {
    expect(spanOf({ from: iso(0), to: iso(100) }, found)).toEqual({ from: 0, to: 100e6 + 1 });
    expect(spanOf({ from: null, to: null }, found)).toEqual({ from: 10e6, to: 22e6 });
    expect(spanOf({ from: iso(15), to: null }, found)).toEqual({ from: 15e6, to: 22e6 });
  });

  it('is nothing when there is neither, and never of no length', () => {
    expect(spanOf({ from: null, to: null }, { from: null, to: null, binSeconds: 1 })).toBeNull();
    const moment = spanOf({ from: iso(5), to: iso(5) }, found);
    expect(moment === null ? 0 : moment.to - moment.from).toBeGreaterThan(0);
  });

  it('turns pixels into time and back', () => {
    expect(toTime(toX(42e6, SPAN, 640), SPAN, 640)).toBe(42e6);
    expect([toTime(-5, SPAN, 640), toTime(9000, SPAN, 640)]).toEqual([SPAN.from, SPAN.to]);
  });
});

describe('ticks', () => {
  it('are round and apart, for a second as for ten years', () => {
    for (const length of [1e6, 3600e6, 86_400e6, 3650 * 86_400e6]) {
      const { ticks, step } = axisTicks({ from: 1_700_000_123e6, to: 1_700_000_123e6 + length }, 800);
      expect(ticks.length).toBeGreaterThan(0);
      expect(ticks.every(({ time }) => time % step === 0)).toBe(true);
      const gaps = ticks.slice(1).map((tick, place) => tick.x - (ticks[place]?.x ?? 0));
      expect(Math.min(200, ...gaps)).toBeGreaterThan(100);
    }
  });
});

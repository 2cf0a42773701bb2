import { describe, expect, it } from 'vitest';
import { layoutWeeks, ringArcs, sparkOf } from './chartGeometry';

const SIZE = { width: 100, height: 30 };

describe('a small line', () => {
  it('goes up where values rise, and ends at the newest', () => {
    const { path, last } = sparkOf([0, 0.5, 1], SIZE, [0, 1]);
    expect(path).toBe('M3,27L50,15L97,3');
    expect(last).toEqual({ x: 97, y: 3 });
  });

  it('has a gap where nothing is known', () => {
    expect(sparkOf([0, 1, null, 1, 0], SIZE, [0, 1]).path.match(/M/g)).toHaveLength(2);
    expect(sparkOf([1, null], SIZE).last?.x).toBe(3);
  });

  it('is nothing without values and flat at the bottom without amounts', () => {
    expect(sparkOf([null, null], SIZE)).toEqual({ path: '', last: null });
    expect(sparkOf([], SIZE).last).toBeNull();
    expect(sparkOf([0, 0], SIZE).path).toBe('M3,27L97,27');
  });
});

describe('weeks as bars', () => {
  const week = (day: string, visible: number, partial: number, blind: number) => ({
    week: day,
    time: { visible, partial, blind },
    hosts: 1,
  });
  const weeks = [week('2026-11-02', 0, 0, 0), week('2026-11-09', 3, 0, 1), week('2026-11-16', 10, 5, 5)];
  const layout = layoutWeeks(weeks, { width: 600, height: 180 });
  const room = (layout.shares[0]?.y ?? 0) - (layout.shares[2]?.y ?? 0);

  it('fills the whole height with the shares, one above the other', () => {
    const parts = layout.bars[2]?.parts ?? [];
    expect(parts.map(({ state, height }) => [state, height / room])).toEqual([
      ['visible', 0.5],
      ['partial', 0.25],
      ['blind', 0.25],
    ]);
    expect(parts[0]?.y).toBeCloseTo((parts[1]?.y ?? 0) + (parts[1]?.height ?? 0));
    expect(parts[2]?.y).toBeCloseTo(layout.shares[2]?.y ?? -1);
  });

  it('draws no part that is not, and nothing for a week without time', () => {
    expect(layout.bars[1]?.parts.map(({ state }) => state)).toEqual(['visible', 'blind']);
    expect(layout.bars[0]?.parts).toEqual([]);
  });

  it('writes as many days as fit, the newest always', () => {
    expect(layout.ticks).toHaveLength(3);
    const many = Array.from({ length: 13 }, (_, place) => week(`w${place}`, 1, 0, 0));
    const ticks = layoutWeeks(many, { width: 300, height: 180 }).ticks;
    expect(ticks.length).toBeLessThan(6);
    expect(ticks.at(-1)?.week).toBe('w12');
  });

  it('takes any width and no weeks', () => {
    expect(layoutWeeks([], { width: 0, height: 180 }).bars).toEqual([]);
    expect(layoutWeeks(weeks, { width: 0, height: 180 }).bars).toHaveLength(3);
  });
});

describe('a ring', () => {
  it('shares its whole among the states that are', () => {
    expect(ringArcs({ visible: 1, partial: 0, blind: 1 })).toEqual([
      { state: 'visible', from: 0, length: 0.5 },
      { state: 'blind', from: 0.5, length: 0.5 },
    ]);
    expect(ringArcs({ visible: 0, partial: 0, blind: 0 })).toEqual([]);
  });

  it('shows the least blindness', () => {
    const [visible, blind] = ringArcs({ visible: 1e6, partial: 0, blind: 1 });
    expect(blind?.length).toBeGreaterThan(0.04);
    expect((visible?.length ?? 0) + (blind?.length ?? 0)).toBeCloseTo(1);
  });
});

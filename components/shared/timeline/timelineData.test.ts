import { describe, expect, it } from 'vitest';
import { answer, at, event, iso } from './testTimeline';
import { chainWindow, chooseTimeline, isExact, onlyFlaggedOf, spanOf, windowToAsk } from './timelineData';

const anHour = { span: { from: iso(0), to: iso(3600) }, from: iso(0), to: iso(3600) };
const many = answer({
  ...anHour,
  exact: false,
  total: 3600,
  densitySeconds: 60,
  density: Array.from({ length: 60 }, (_, bin) => ({ key: 'file_create', bin, count: 60 })),
  events: [event('known', 100, { stage: 's' })],
});

describe('what to draw of what was read', () => {
  it('is the overview alone when that is exact', () => {
    const overview = answer({ events: [event('b', 2), event('a', 1)] });
    const data = chooseTimeline({ overview, part: null, by: 'process', overviewBy: 'kind' });
    expect(data.events.map((each) => each.eventId)).toEqual(['a', 'b']);
    expect(isExact(data, { from: at(-9e6), to: at(9e6) })).toBe(true);
  });

  it('is the overview’s density until the window is there, each known event taken out of it', () => {
    const data = chooseTimeline({ overview: many, part: null, by: 'kind', overviewBy: 'kind' });
    expect(data.density.reduce((sum, stretch) => sum + stretch.count, 0) + data.events.length).toBe(3600);
    expect(data.density[1]).toMatchObject({ from: at(60), to: at(120), count: 59 });
    expect(isExact(data, { from: at(0), to: at(1) })).toBe(false);
  });

  it('has no density when it is counted by something else', () => {
    const data = chooseTimeline({ overview: many, part: null, by: 'process', overviewBy: 'kind' });
    expect(data.density).toEqual([]);
  });

  it('is exact in a window that could be sent, and the overview beyond its ends', () => {
    const part = answer({ from: iso(60), to: iso(120), events: [event('known', 100), event('new', 70)] });
    const data = chooseTimeline({
      overview: many,
      part: { view: part, by: 'kind' },
      by: 'kind',
      overviewBy: 'kind',
    });
    expect(data.events.map((each) => each.eventId)).toEqual(['new', 'known']);
    expect(data.density).toHaveLength(59);
    expect(data.density.some((stretch) => stretch.from === at(60))).toBe(false);
    expect(isExact(data, { from: at(61), to: at(119) })).toBe(true);
    expect(isExact(data, { from: at(61), to: at(121) })).toBe(false);
  });

  it('takes the event that lies on the very end out of the last stretch', () => {
    const view = answer({
      exact: false,
      total: 3,
      densitySeconds: 20.000001,
      density: [{ key: 'file_create', bin: 1, count: 3 }],
      events: [event('last', 40)],
    });
    const data = chooseTimeline({ overview: view, part: null, by: 'kind', overviewBy: 'kind' });
    expect(data.density[0]?.count).toBe(2);
  });

  it('filters to what was flagged, which is known whatever the density', () => {
    const overview = { ...many, events: [...many.events, event('mine', 5, { flagged: true })] };
    const data = onlyFlaggedOf(chooseTimeline({ overview, part: null, by: 'kind', overviewBy: 'kind' }));
    expect([data.events.map((each) => each.eventId), data.density, data.total]).toEqual([['mine'], [], 1]);
  });
});

describe('the window asked for', () => {
  const whole = { from: at(-7200), to: at(7200) };
  it('has the shown one in it and is at most three times as long', () => {
    for (const length of [0.001, 0.7, 12, 40, 3000]) {
      const shown = { from: at(17), to: at(17 + length) };
      const asked = windowToAsk(shown, whole);
      expect(asked.from).toBeLessThanOrEqual(shown.from);
      expect(asked.to).toBeGreaterThanOrEqual(shown.to);
      expect(asked.to - asked.from).toBeLessThanOrEqual(3 * (shown.to - shown.from) + 2);
    }
  });

  it('stays the same over small moves', () => {
    const asked = Array.from({ length: 50 }, (_, i) =>
      JSON.stringify(windowToAsk({ from: at(10 + i / 50), to: at(50 + i / 50) }, whole)),
    );
    expect(new Set(asked).size).toBeLessThanOrEqual(2);
  });

  it('never leaves the whole', () => {
    expect(windowToAsk({ from: at(-9999), to: at(9999) }, whole)).toEqual(whole);
  });
});

describe('spanOf', () => {
  it('covers all events and leaves air at both ends', () => {
    const span = spanOf(answer({ span: { from: iso(0), to: iso(5) }, events: [event('late', 39)] }));
    expect(span.from).toBeLessThan(at(0));
    expect(span.to).toBeGreaterThan(at(39));
  });
});

describe('chainWindow', () => {
  const whole = { from: at(-3600), to: at(3600) };
  it('shows the chain of seconds, not the day around it', () => {
    const window = chainWindow(at(0), at(40), whole);
    expect(window.to - window.from).toBeLessThan(52_000_000);
    expect(chainWindow(at(5), at(5), whole)).toEqual({ from: at(4), to: at(6) });
    expect(chainWindow(at(-9999), at(9999), whole)).toEqual(whole);
  });
});

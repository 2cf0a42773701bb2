import { describe, expect, it } from 'vitest';
import type { TimelineEventView, TimelineView } from '@/lib/contracts/timeline';
import {
  chainWindow,
  layoutTimeline,
  nearestMark,
  spanOf,
  type TimelineLayoutOptions,
  type TimelineStage,
} from './layoutTimeline';
import { changeWindow, relativeTime, ticksOf, timeScale } from './timeScale';

const T0 = Date.UTC(2026, 10, 20, 9, 16, 31);
const iso = (second: number) => new Date(T0 + second * 1000).toISOString();
const at = (second: number) => (T0 + second * 1000) * 1000;

function event(id: string, second: number, more: Partial<TimelineEventView> = {}): TimelineEventView {
  return {
    eventId: id,
    time: iso(second),
    kind: 'file_create',
    label: id,
    detail: null,
    entityId: 'edge',
    image: null,
    stage: null,
    ...more,
  };
}

const stage = (
  id: string,
  entityIds: string[] = [],
  state: TimelineStage['state'] = 'matched',
): TimelineStage => ({
  id,
  title: id,
  state,
  stateReason: state === 'blind' ? 'no file reads recorded' : null,
  entityIds,
});

/*
 *  arrives   ●           .            seconds 0, 0.2
 *  opens        ● ||||                2, and 2.3 … 2.6 (four in a row)
 *  runs                        ●      33
 *  steals    ////////////////////     blind throughout
 */
function chainView(): TimelineView {
  return {
    from: iso(0),
    to: iso(40),
    anchor: iso(0),
    total: 8,
    binSeconds: 1,
    bins: [],
    clock: null,
    nextCursor: null,
    events: [
      event('svg', 0, { stage: 'arrives', entityId: 'outlook' }),
      event('open', 2, { stage: 'opens', kind: 'process_start' }),
      ...[2.3, 2.4, 2.5, 2.6].map((second) => event(`noise-${second}`, second)),
      event('run', 33, { stage: 'runs', kind: 'process_start', entityId: 'wscript' }),
      event('late', 39, { kind: 'dns_query', entityId: 'teams' }),
    ],
    blind: [{ kind: 'file_access', from: iso(10), to: iso(30), reason: 'no file reads recorded' }],
  };
}

function options(more: Partial<TimelineLayoutOptions> = {}): TimelineLayoutOptions {
  return {
    width: 800,
    mode: 'stage',
    window: { from: at(0), to: at(40) },
    stages: [
      stage('arrives', ['outlook']),
      stage('opens', ['edge']),
      stage('runs', ['wscript']),
      stage('steals', [], 'blind'),
    ],
    processes: [
      { entityId: 'outlook', name: 'OUTLOOK.EXE', pid: 1 },
      { entityId: 'edge', name: 'msedge.exe', pid: 2 },
      { entityId: 'wscript', name: 'wscript.exe', pid: 3 },
    ],
    ...more,
  };
}

describe('layoutTimeline', () => {
  it('gives each stage its lane, and what satisfies none the lane of its process', () => {
    const layout = layoutTimeline(chainView(), options());
    expect(layout.lanes.map((lane) => [lane.id, lane.total])).toEqual([
      ['arrives', 1],
      ['opens', 5],
      ['runs', 1],
      ['steals', 0],
      ['other', 1],
    ]);
  });

  it('draws exact marks when they fit and density when they would lie on one another', () => {
    const wide = layoutTimeline(chainView(), options());
    expect(wide.density.map((density) => [density.laneId, density.count])).toEqual([['opens', 4]]);
    const near = layoutTimeline(chainView(), options({ window: { from: at(2), to: at(3) } }));
    expect(near.density).toEqual([]);
    expect(near.marks.map((mark) => mark.event.eventId)).toEqual([
      'open',
      'noise-2.3',
      'noise-2.4',
      'noise-2.5',
      'noise-2.6',
    ]);
  });

  it('never hides a stage in density and never loses a count', () => {
    const layout = layoutTimeline(chainView(), options({ width: 40 }));
    expect(layout.marks.filter((mark) => mark.event.stage !== null)).toHaveLength(3);
    expect(layout.marks.length + layout.density.reduce((sum, density) => sum + density.count, 0)).toBe(8);
  });

  it('joins the first event of each matched stage in the order of time', () => {
    expect(layoutTimeline(chainView(), options()).chain.map((point) => point.eventId)).toEqual([
      'svg',
      'open',
      'run',
    ]);
  });

  it('hatches the lane of a blind stage; by kind, only the interval that was blind', () => {
    expect(layoutTimeline(chainView(), options()).blind).toMatchObject([
      { laneId: 'steals', x0: 0, x1: 800 },
    ]);
    expect(layoutTimeline(chainView(), options({ mode: 'kind' })).blind).toMatchObject([
      { laneId: 'access', x0: 200, x1: 600, reason: 'no file reads recorded' },
    ]);
    expect(layoutTimeline(chainView(), options({ mode: 'process' })).blind).toMatchObject([
      { laneId: 'blind:access' },
    ]);
  });

  it('does not depend on the order of events and leaves them as they were', () => {
    const view = chainView();
    const before = structuredClone(view);
    const { scale: _a, ...forwards } = layoutTimeline(view, options());
    const { scale: _b, ...backwards } = layoutTimeline(
      { ...view, events: [...view.events].reverse() },
      options(),
    );
    expect(backwards).toEqual(forwards);
    expect(view).toEqual(before);
  });

  it('bounds what is drawn by the width, not by the number of events', () => {
    const events = Array.from({ length: 20_000 }, (_, i) => event(`e${i}`, (i * 40) / 20_000));
    const layout = layoutTimeline({ ...chainView(), events }, options());
    expect(layout.marks.length + layout.density.reduce((sum, d) => sum + d.bars.length, 0)).toBeLessThan(800);
  });

  it('finds the mark nearest to a click, and nothing far from all', () => {
    const layout = layoutTimeline(chainView(), options());
    expect(nearestMark(layout, 4, 16)?.event.eventId).toBe('svg');
    expect(nearestMark(layout, 500, 14)).toBeUndefined();
  });
});

describe('timeScale', () => {
  it('shrinks long silences on request and says where', () => {
    const times = [at(0), at(1), at(900), at(901)];
    const scale = timeScale({ from: at(0), to: at(901) }, 800, times, true);
    expect(scale.gaps).toHaveLength(1);
    expect(scale.toX(at(1)) - scale.toX(at(0))).toBeGreaterThan(2);
    expect(scale.toX(at(901))).toBeCloseTo(800);
    expect(scale.toTime(scale.toX(at(900)))).toBeCloseTo(at(900), -1);
    expect(timeScale({ from: at(0), to: at(901) }, 800, times, false).gaps).toEqual([]);
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

describe('spanOf', () => {
  it('covers all events and leaves air at both ends', () => {
    const span = spanOf({ ...chainView(), to: iso(5) });
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

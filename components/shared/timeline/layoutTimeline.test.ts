import { describe, expect, it } from 'vitest';
import type { TimelineView } from '@/lib/contracts/timeline';
import { nearestMark } from './hitTest';
import type { LaneMode } from './lane';
import { layoutTimeline, type TimelineLayoutOptions } from './layoutTimeline';
import { answer, at, event, iso, stage } from './testTimeline';
import { chooseTimeline, type DensityKey, type TimelineData } from './timelineData';
import { arrangeLanes } from './timelineLanes';

/*
 *  arrives   ●           .            seconds 0, 0.2
 *  opens        ● ||||                2, and 2.3 … 2.6 (four in a row)
 *  runs                        ●      33
 *  steals    ////////////////////     blind throughout
 */
function chainView(): TimelineView {
  return answer({
    total: 8,
    events: [
      event('svg', 0, { stage: 'arrives', entityId: 'outlook' }),
      event('open', 2, { stage: 'opens', kind: 'process_start' }),
      ...[2.3, 2.4, 2.5, 2.6].map((second) => event(`noise-${second}`, second)),
      event('run', 33, { stage: 'runs', kind: 'process_start', entityId: 'wscript' }),
      event('late', 39, { kind: 'dns_query', entityId: 'teams' }),
    ],
    blind: [{ kind: 'file_access', from: iso(10), to: iso(30), reason: 'no file reads recorded' }],
  });
}

const STAGES = [
  stage('arrives', ['outlook']),
  stage('opens', ['edge']),
  stage('runs', ['wscript']),
  stage('steals', [], 'blind'),
];
const PROCESSES = [
  { entityId: 'outlook', name: 'OUTLOOK.EXE', pid: 1 },
  { entityId: 'edge', name: 'msedge.exe', pid: 2 },
  { entityId: 'wscript', name: 'wscript.exe', pid: 3 },
];

const dataOf = (view: TimelineView, by: DensityKey = 'process') =>
  chooseTimeline({ overview: view, part: null, by, overviewBy: by });

function draw(
  data: TimelineData,
  options: Partial<TimelineLayoutOptions> = {},
  mode: LaneMode = 'stage',
  stages = STAGES,
) {
  return layoutTimeline(arrangeLanes(data, { mode, stages, processes: PROCESSES }), {
    width: 800,
    window: { from: at(0), to: at(40) },
    ...options,
  });
}

const counted = (layout: ReturnType<typeof draw>) =>
  layout.marks.length + layout.density.reduce((sum, run) => sum + run.count, 0);

describe('a timeline whose events are all known', () => {
  it('gives each stage its lane, and what satisfies none the lane of its process', () => {
    expect(draw(dataOf(chainView())).lanes.map((lane) => [lane.id, lane.total])).toEqual([
      ['arrives', 1],
      ['opens', 5],
      ['runs', 1],
      ['steals', 0],
      ['other', 1],
    ]);
  });

  it('draws exact marks when they fit and density when they would lie on one another', () => {
    const wide = draw(dataOf(chainView()));
    expect(wide.density.map((density) => [density.laneId, density.count])).toEqual([['opens', 4]]);
    const near = draw(dataOf(chainView()), { window: { from: at(2), to: at(3) } });
    expect(near.density).toEqual([]);
    expect(near.marks.map((mark) => mark.event.eventId)).toEqual([
      'open',
      'noise-2.3',
      'noise-2.4',
      'noise-2.5',
      'noise-2.6',
    ]);
  });

  it('never hides in density what is of a stage, flagged or commented, and never loses a count', () => {
    const view = chainView();
    view.events = view.events.map((each) =>
      each.eventId === 'noise-2.4'
        ? { ...each, flagged: true }
        : each.eventId === 'noise-2.5'
          ? { ...each, comments: 2 }
          : each,
    );
    const layout = draw(dataOf(view), { width: 40 });
    expect(layout.marks.filter((mark) => mark.special).map((mark) => mark.event.eventId)).toEqual([
      'svg',
      'open',
      'noise-2.4',
      'noise-2.5',
      'run',
    ]);
    expect(counted(layout)).toBe(8);
  });

  it('draws the selected event as itself in the densest crowd', () => {
    const layout = draw(dataOf(chainView()), { width: 40, keep: 'noise-2.4' });
    expect(layout.marks.map((mark) => mark.event.eventId)).toContain('noise-2.4');
    expect(counted(layout)).toBe(8);
  });

  it('joins the first event of each matched stage in the order of time', () => {
    expect(draw(dataOf(chainView())).chain.map((point) => point.eventId)).toEqual(['svg', 'open', 'run']);
  });

  it('does not depend on the order of events and leaves them as they were', () => {
    const view = chainView();
    const before = structuredClone(view);
    const { scale: _a, ...forwards } = draw(dataOf(view));
    const { scale: _b, ...backwards } = draw(dataOf({ ...view, events: [...view.events].reverse() }));
    expect(backwards).toEqual(forwards);
    expect(view).toEqual(before);
  });

  it('bounds what is drawn by the width, not by the number of events', () => {
    const events = Array.from({ length: 20_000 }, (_, i) => event(`e${i}`, (i * 40) / 20_000));
    const layout = draw(dataOf({ ...chainView(), events, total: events.length }));
    expect(layout.marks.length + layout.density.reduce((sum, d) => sum + d.bars.length, 0)).toBeLessThan(800);
    expect(counted(layout)).toBe(20_000);
  });

  it('finds the mark nearest to a click, and nothing far from all', () => {
    const layout = draw(dataOf(chainView()));
    expect(nearestMark(layout, 4, 16)?.event.eventId).toBe('svg');
    expect(nearestMark(layout, 500, 14)).toBeUndefined();
  });
});

describe('a timeline known by number only', () => {
  /** 400 stretches of 0.1 s over 40 s, each with `per` events of every key; the three stage events are known. */
  function crowded(keys: readonly (string | null)[], per: number): TimelineView {
    const density = keys.flatMap((key) =>
      Array.from({ length: 400 }, (_, bin) => ({ key, bin, count: per })),
    );
    return {
      ...chainView(),
      exact: false,
      events: chainView().events.filter((each) => each.stage !== null),
      density,
      total: density.length * per,
    };
  }

  it('draws each known event once and counts the rest', () => {
    const layout = draw(dataOf(crowded(['outlook', 'edge', 'wscript', null], 125)));
    expect(layout.marks).toHaveLength(3);
    expect(counted(layout)).toBe(200_000);
  });

  it('puts counts by process in the lane of the stage the process took part in at that time', () => {
    const view = crowded(['edge', null], 1);
    view.events.push(event('again', 20, { stage: 'runs', entityId: 'edge' }));
    const layout = draw(dataOf(view));
    const of = (laneId: string) =>
      layout.density.filter((run) => run.laneId === laneId).reduce((sum, run) => sum + run.count, 0);
    // edge opens at 2 s and runs from 20 s on: 200 stretches each, its two stage events taken out.
    expect([of('opens'), of('runs')]).toEqual([199, 199]);
    // svg and run are of processes counted by themselves nowhere: they are among the unnamed ones.
    expect(of('other')).toBe(398);
  });

  it('puts counts by kind in the lane of their kind, and counts by process in none of those', () => {
    const view = crowded(['file_create', 'file_stream', 'dns_query', 'unheard_of'], 2);
    const layout = draw(dataOf(view, 'kind'), {}, 'kind');
    const lanes = new Map(layout.lanes.map((lane) => [lane.id, lane.total]));
    expect([lanes.get('file'), lanes.get('dns'), lanes.get('other')]).toEqual([1600, 800, 800]);
    expect(draw(dataOf(crowded(['edge'], 5)), {}, 'kind').density).toEqual([]);
  });

  it('costs width times lanes whatever it stands for', () => {
    const width = 800;
    const keys = Array.from({ length: 30 }, (_, i) => PROCESSES[i % 3]?.entityId ?? null);
    for (const window of [
      { from: at(0), to: at(40) },
      { from: at(10), to: at(10.05) },
      { from: at(-1e6), to: at(1e6) },
    ]) {
      const layout = draw(dataOf(crowded(keys, 1e6)), { width, window }, 'process');
      const drawn = layout.marks.length + layout.density.reduce((sum, run) => sum + run.bars.length, 0);
      expect(drawn).toBeLessThanOrEqual((width / 4 + 1) * layout.lanes.length + 3);
    }
  });

  it('shortens the silence between counts, never a stretch that holds some', () => {
    const view = answer({
      exact: false,
      total: 80,
      events: [],
      densitySeconds: 10,
      density: [
        { key: 'edge', bin: 0, count: 40 },
        { key: 'edge', bin: 3, count: 40 },
      ],
    });
    const { gaps } = draw(dataOf(view), { compress: true });
    expect(gaps).toHaveLength(1);
    expect(gaps[0]?.from).toBeGreaterThan(at(10));
    expect(gaps[0]?.to).toBeLessThan(at(30));
  });
});

describe('what could not be seen', () => {
  it('tells of a blind stage which interval its reason is about, where one alone says the same', () => {
    const view = chainView();
    const reason = 'telemetry begins at 08:00:00Z';
    const stages = [
      { ...stage('steals', [], 'blind'), stateReason: `${reason}, inside the window for file_access` },
    ];
    const told = () => draw(dataOf(view), {}, 'stage', stages).blind.map((band) => band.told);
    view.blind = [{ kind: 'file_access', from: iso(5), to: iso(9), reason }];
    expect(told()).toEqual([{ from: at(5), to: at(9) }]);
    view.blind = [...view.blind, { kind: 'dns_query', from: iso(20), to: iso(30), reason }];
    expect(told()).toEqual([undefined]);
  });

  it('hatches the lane of a blind stage; by kind, only the interval that was blind', () => {
    expect(draw(dataOf(chainView())).blind).toMatchObject([{ laneId: 'steals', x0: 0, x1: 800 }]);
    expect(draw(dataOf(chainView()), {}, 'kind').blind).toMatchObject([
      { laneId: 'access', x0: 200, x1: 600, reason: 'no file reads recorded' },
    ]);
    expect(draw(dataOf(chainView()), {}, 'process').blind).toMatchObject([{ laneId: 'blind:access' }]);
  });

  it('is cut to the window and keeps its true ends', () => {
    const [band] = draw(dataOf(chainView()), { window: { from: at(20), to: at(40) } }, 'kind').blind;
    expect(band).toMatchObject({ x0: 0, x1: 400, from: at(10), to: at(30) });
    expect(draw(dataOf(chainView()), { window: { from: at(31), to: at(40) } }, 'kind').blind).toEqual([]);
  });

  it('keeps every reason of intervals that share a lane and their ends', () => {
    const view = chainView();
    view.blind = [
      { kind: 'file_create', from: iso(0), to: iso(9), reason: 'a' },
      { kind: 'file_stream', from: iso(0), to: iso(9), reason: 'b' },
      { kind: 'file_time', from: iso(0), to: iso(9), reason: 'b' },
      { kind: 'file_time', from: iso(9), to: iso(9), reason: 'nothing' },
    ];
    expect(draw(dataOf(view), {}, 'kind').blind.map((band) => band.reason)).toEqual([
      'file created: a; file stream, file time changed: b',
    ]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holesOf } from './holes';
import { createRecordRuns, joinRuns } from './recordRuns';

const LOG = 'Security';

/** The runs of numbers as they come, one second apart by number. */
function runsOf(ids: readonly number[]) {
  const runs = createRecordRuns();
  for (const id of ids) runs.add('pc', LOG, id, id * 1_000_000);
  return runs.all()[0]?.runs ?? [];
}

const upTo = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe('runs of record numbers', () => {
  it('are one where the numbers follow one another, up or down', () => {
    const one = [{ fromId: 5, toId: 9, held: 5, fromTime: 5_000_000, toTime: 9_000_000 }];
    expect(runsOf([5, 6, 7, 8, 9])).toEqual(one);
    expect(runsOf([9, 8, 7, 6, 5])).toEqual(one);
  });

  it('count a number that comes again once', () => {
    expect(runsOf([1, 1, 2, 2, 3, 1])).toMatchObject([{ fromId: 1, toId: 3, held: 3 }]);
  });

  it('end where numbers are missing', () => {
    expect(runsOf([...upTo(1, 10), ...upTo(21, 30)])).toMatchObject([
      { fromId: 1, toId: 10, held: 10 },
      { fromId: 21, toId: 30, held: 10 },
    ]);
  });

  it('are kept apart by host and log', () => {
    const runs = createRecordRuns();
    for (const [host, channel] of [
      ['a', 'Security'],
      ['b', 'Security'],
      ['a', 'System'],
    ] as const)
      runs.add(host, channel, 1, 0);
    expect(runs.all()).toHaveLength(3);
  });

  it('are at most fifty, and then the widest holes stay', () => {
    // Every other number of a thousand, and one wide hole.
    const runs = runsOf([...upTo(0, 500).map((i) => 2 * i), ...upTo(0, 500).map((i) => 5_000_000 + 2 * i)]);
    expect(runs).toHaveLength(50);
    expect(runs.reduce((sum, run) => sum + run.held, 0)).toBe(1002);
    expect(holesOf(runs)?.largest[0]).toMatchObject({ fromId: 1001, toId: 4_999_999 });
  });

  it('are found in any order', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 120 }), { minLength: 1 }), (ids) => {
        const sorted = [...ids].sort((a, b) => a - b);
        expect(runsOf(ids)).toEqual(runsOf(sorted));
        expect(runsOf(ids).reduce((sum, run) => sum + run.held, 0)).toBe(ids.length);
      }),
    );
  });

  it('never grow with what comes', () => {
    expect(runsOf(upTo(1, 60_000).map((i) => i * 1_000_003))).toHaveLength(50);
    const runs = createRecordRuns();
    for (let i = 0; i < 12_000; i++) runs.add(`host ${i}`, LOG, 1, 0);
    expect(runs.all()).toHaveLength(10_000);
  });
});

describe('holes in a log', () => {
  it('are none where imports together have every number', () => {
    expect(holesOf([...runsOf(upTo(1, 50)), ...runsOf(upTo(40, 90)), ...runsOf(upTo(91, 95))])).toBe(
      undefined,
    );
    expect(holesOf([])).toBe(undefined);
  });

  it('are told with their numbers and the times of the records around them', () => {
    expect(holesOf(runsOf([...upTo(1, 10), ...upTo(21, 30), ...upTo(33, 40)]))).toEqual({
      held: 0.7,
      missing: 12,
      largest: [
        { fromId: 11, toId: 20, records: 10, from: 10_000_000, to: 21_000_000 },
        { fromId: 31, toId: 32, records: 2, from: 30_000_000, to: 33_000_000 },
      ],
    });
  });

  it('are closed by the import that brings the numbers', () => {
    const first = runsOf([...upTo(1, 10), ...upTo(21, 30)]);
    expect(holesOf([...first, ...runsOf(upTo(8, 24))])).toBe(undefined);
    expect(holesOf([...first, ...runsOf(upTo(8, 15))])).toMatchObject({ missing: 5 });
  });

  it('are counted, not placed, within a run that tells only how many came; the fuller of two counts', () => {
    const sparse = { fromId: 1, toId: 100, held: 25, fromTime: 0, toTime: 1 };
    expect(holesOf([sparse, { ...sparse, held: 40 }])).toEqual({ held: 0.4, missing: 60, largest: [] });
  });

  it('agree with counting one by one', () => {
    const run = fc
      .tuple(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 0, max: 30 }))
      .map(([from, length]) => runsOf(upTo(from, from + length)));
    fc.assert(
      fc.property(fc.array(run, { minLength: 1, maxLength: 12 }), (all) => {
        const runs = all.flat();
        const there = new Set(runs.flatMap(({ fromId, toId }) => upTo(fromId, toId)));
        const span = Math.max(...there) - Math.min(...there) + 1;
        const holes = holesOf(runs);
        expect(holes?.missing ?? 0).toBe(span - there.size);
        expect(holes?.held ?? 1).toBeCloseTo(there.size / span, 12);
        for (const { fromId, toId } of holes?.largest ?? [])
          for (const id of upTo(fromId, toId)) expect(there.has(id)).toBe(false);
        // Joined, they say the same: nothing is lost but where.
        const joined = joinRuns(runs, 1)[0];
        expect(joined?.held).toBe(there.size);
      }),
    );
  });
});

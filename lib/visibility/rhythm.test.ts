import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rhythmSilences } from './rhythm';

const DAY = 24;
/** A Monday in 2026, in hours since 1970. */
const START = 20_514 * DAY;

/** Office hours, 8 to 17, of so many days. */
const office = (days: number): number[] =>
  Array.from({ length: days }, (_, day) =>
    Array.from({ length: 9 }, (__, i) => START + day * DAY + 8 + i),
  ).flat();

const steady = (hours: readonly number[], events = 10) => new Map(hours.map((hour) => [hour, events]));

describe('a silence against the host’s own rhythm', () => {
  it('is an afternoon without a kind that comes every afternoon', () => {
    const alive = office(10);
    const silent = { fromHour: START + 5 * DAY + 12, toHour: START + 5 * DAY + 17 };
    const kind = steady(alive.filter((hour) => hour < silent.fromHour || hour >= silent.toHour));
    expect(rhythmSilences(kind, new Set(alive))).toEqual([{ ...silent, expected: 50 }]);
  });

  it('is told in the stretches in which the machine was on', () => {
    const alive = office(10);
    const kind = steady(alive.slice(0, 9 * 8));
    expect(
      rhythmSilences(kind, new Set(alive)).map(({ fromHour, toHour, expected }) => [
        fromHour - START,
        toHour - START,
        expected,
      ]),
    ).toEqual([
      [8 * DAY + 8, 8 * DAY + 17, 90],
      [9 * DAY + 8, 9 * DAY + 17, 90],
    ]);
  });

  it('is none at night, when the machine is off', () => {
    const alive = office(20);
    expect(rhythmSilences(steady(alive), new Set(alive))).toEqual([]);
  });

  it('is none in hours in which the kind never comes, although the machine is on', () => {
    const day = office(20);
    const alive = new Set(Array.from({ length: 20 * DAY }, (_, i) => START + i));
    expect(rhythmSilences(steady(day), alive)).toEqual([]);
  });

  it('is none before seven days with the kind', () => {
    const alive = office(8);
    expect(rhythmSilences(steady(alive.slice(0, 9 * 6)), new Set(alive))).toEqual([]);
    expect(rhythmSilences(steady(alive.slice(0, 9 * 7)), new Set(alive))).toHaveLength(1);
  });

  it('is none of a rare kind', () => {
    const alive = office(30);
    const rare = steady(
      alive.filter((_, i) => i % 20 === 0),
      1,
    );
    expect(rhythmSilences(rare, new Set(alive))).toEqual([]);
  });

  it('is none of a kind that comes in bursts at times of its own', () => {
    const alive = office(30);
    const bursts = steady(
      alive.filter((_, i) => (i * 7) % 13 === 0),
      5000,
    );
    expect(rhythmSilences(bursts, new Set(alive))).toEqual([]);
  });

  it('is none before the kind first came: it was not recorded yet', () => {
    const alive = office(30);
    expect(rhythmSilences(steady(alive.slice(9 * 10)), new Set(alive))).toEqual([]);
  });

  it('counts times before 1970 like any other', () => {
    const alive = office(10).map((hour) => hour - START - 100 * DAY);
    const kind = steady(alive.filter((_, i) => i < 36 || i > 42));
    expect(rhythmSilences(kind, new Set(alive))).toHaveLength(1);
  });
});

describe('for any hours', () => {
  const hours = fc.array(
    fc.tuple(fc.integer({ min: -300, max: 300 }), fc.integer({ min: 0, max: 60 }), fc.boolean()),
    { maxLength: 400 },
  );
  const told = (all: readonly (readonly [number, number, boolean])[]) => {
    const kind = new Map(all.filter(([, , has]) => has).map(([hour, events]) => [hour, events]));
    return { kind, alive: new Set(all.map(([hour]) => hour)) };
  };

  it('silences hold only hours that were alive without the kind, in order and apart', () => {
    fc.assert(
      fc.property(hours, (all) => {
        const { kind, alive } = told(all);
        let end = Number.NEGATIVE_INFINITY;
        for (const { fromHour, toHour, expected } of rhythmSilences(kind, alive)) {
          expect(fromHour).toBeGreaterThan(end);
          expect(expected).toBeGreaterThanOrEqual(0);
          for (let hour = fromHour; hour < toHour; hour++)
            expect(alive.has(hour) && !((kind.get(hour) ?? 0) > 0)).toBe(true);
          end = toHour;
        }
      }),
    );
  });

  it('an event in an hour means no silence there', () => {
    fc.assert(
      fc.property(hours, fc.integer({ min: -300, max: 300 }), (all, hour) => {
        const { kind, alive } = told(all);
        const more = new Map(kind).set(hour, (kind.get(hour) ?? 0) + 1);
        const there = rhythmSilences(more, alive).some((one) => one.fromHour <= hour && hour < one.toHour);
        expect(there).toBe(false);
      }),
    );
  });

  it('the order in which hours are given does not matter', () => {
    fc.assert(
      fc.property(hours, (all) => {
        const { kind, alive } = told(all);
        expect(rhythmSilences(new Map([...kind].reverse()), new Set([...alive].reverse()))).toEqual(
          rhythmSilences(kind, alive),
        );
      }),
    );
  });
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MICROS_PER_HOUR, micros } from '../base/time';
import { joinStretches, type Stretch, stretchesBetween, withoutStretches } from './stretches';

const stretches = fc.array(
  fc.tuple(fc.nat({ max: 40 }), fc.nat({ max: 8 })).map(([from, length]) => stretch(from, from + length)),
  { maxLength: 12 },
);

it('joins what meets or overlaps, whatever the order, and takes away to the microsecond', () => {
  fc.assert(
    fc.property(stretches, stretches, (a, b) => {
      const [one, other] = [joinStretches(a), joinStretches(b)];
      expect(joinStretches([...a].reverse())).toEqual(one);
      expect(momentsOf(one)).toEqual(momentsOf(a));
      expectApart(one);
      const left = withoutStretches(one, other);
      expectApart(left);
      expect(momentsOf(left)).toEqual(momentsOf(one).filter((at) => !momentsOf(other).includes(at)));
    }),
  );
});

it('finds the whole hours between those in which anything came', () => {
  expect(stretchesBetween([])).toEqual([]);
  expect(stretchesBetween([-3, -1, 0, 4])).toEqual(
    [
      [-2, -1],
      [1, 4],
    ].map(([from = 0, to = 0]) => stretch(from * MICROS_PER_HOUR, to * MICROS_PER_HOUR)),
  );
});

function expectApart(list: readonly Stretch[]): void {
  for (const [i, { from, to }] of list.entries()) {
    expect(from).toBeLessThan(to);
    expect(from).toBeGreaterThan(list[i - 1]?.to ?? -1);
  }
}

function momentsOf(list: readonly Stretch[]): readonly number[] {
  return Array.from({ length: 60 }, (_, at) => at).filter((at) =>
    list.some(({ from, to }) => from <= at && at < to),
  );
}

function stretch(from: number, to: number): Stretch {
  return { from: micros(from), to: micros(to) };
}

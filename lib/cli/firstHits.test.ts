import { describe, expect, it } from 'vitest';
import { createFirstHits, fairLength } from './firstHits';

type Hit = { readonly time: number; readonly eventId: string };

const hit = (time: number): Hit => ({ time, eventId: `e${time}` });

describe('the first hits of many groups', () => {
  it('are those of the earliest times, whatever order they come in', () => {
    const times = Array.from({ length: 1_000 }, (_, i) => (i * 7) % 1_000);
    const firsts = createFirstHits<Hit>({ each: 10, all: 100 });
    for (const time of times) firsts.take('a', hit(time), () => hit(time));
    expect(firsts.of('a').map(({ time }) => time)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(firsts.lost()).toBe(990);
  });

  it('share the room: what comes first, and often, never takes that of the others', () => {
    const firsts = createFirstHits<Hit>({ each: 100, all: 100 });
    for (let time = 0; time < 5_000; time++) firsts.take('noisy', hit(time), () => hit(time));
    for (let time = 0; time < 5_000; time++) firsts.take('noisy too', hit(time), () => hit(time));
    for (const group of ['rare', 'seldom'])
      for (const time of [1, 2, 3]) firsts.take(group, hit(time), () => hit(time));
    expect(firsts.of('rare')).toHaveLength(3);
    expect(firsts.of('noisy')).toHaveLength(47);
    expect(firsts.of('noisy too').map(({ time }) => time)).toEqual(Array.from({ length: 47 }, (_, i) => i));
    expect(firsts.all().length).toBeLessThanOrEqual(100);
    expect(firsts.lost()).toBe(10_006 - firsts.all().length);
  });

  it('are made only where there is room for them', () => {
    const firsts = createFirstHits<Hit>({ each: 10, all: 100 });
    let made = 0;
    const make = (time: number) => (): Hit => {
      made++;
      return hit(time);
    };
    for (let time = 0; time < 100_000; time++) firsts.take('a', hit(time), make(time));
    expect(made).toBeLessThan(200);
  });

  it('hold a record once, and no more groups than there is room for', () => {
    const firsts = createFirstHits<Hit>({ each: 10, all: 50 });
    for (let n = 0; n < 200; n++) for (const _ of [1, 2]) firsts.take(`g${n}`, hit(n), () => hit(n));
    expect(firsts.of('g1')).toEqual([hit(1)]);
    expect(firsts.all()).toHaveLength(50);
  });
});

describe('the length that groups are cut to', () => {
  it.each([
    [[3, 3, 5_000, 5_000], 100, 47],
    [[10, 20], 100, 20],
    [[500], 100, 100],
    [[1, 1, 1], 2, 1],
    [[], 10, 1],
  ])('of %j in a room of %i is %i', (lengths, room, length) => {
    expect(fairLength(lengths, room)).toBe(length);
  });
});

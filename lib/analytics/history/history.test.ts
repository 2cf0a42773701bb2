import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MICROS_PER_DAY, micros } from '../../base/time';
import { digest } from '../testStory';
import {
  boundKey,
  createHistory,
  type HistoryFacts,
  type HistoryKey,
  type HostSpan,
  listenTo,
  MOST_HOSTS,
  maturityOf,
  NEW_FOR,
  NO_HISTORY,
  RARITY_SPAN,
} from './history';
import { changesAnswer, type HistoryChange, maturityChanges } from './historyChange';

const day = (n: number) => micros(n * MICROS_PER_DAY);
const KEY: HistoryKey = 'destination:example.com';
const span = (first: number, last: number): HostSpan => ({ first: day(first), last: day(last) });
const facts = (spans: readonly HostSpan[], mature?: number): HistoryFacts => ({
  spans: new Map([[KEY, spans]]),
  matureFrom: mature === undefined ? new Map() : new Map([['destination', day(mature)]]),
});

describe('the history of the environment', () => {
  it('counts the hosts of the thirty days up to the time asked about, never those that came later', () => {
    const history = createHistory(facts([span(1, 2), span(20, 25), span(50, 60)]));
    expect(history.seen(KEY, day(21))).toEqual({ hosts: 2, first: day(1) });
    expect(history.seen(KEY, day(40))).toEqual({ hosts: 1, first: day(1) });
    expect(history.seen(KEY, day(55))).toEqual({ hosts: 2, first: day(1) });
    expect(history.seen('destination:other.example', day(55))).toBeUndefined();
  });

  it('stops counting where nothing is rare any more', () => {
    const many = Array.from({ length: 300 }, () => span(1, 2));
    expect(createHistory(facts(many)).seen(KEY, day(2))?.hosts).toBe(MOST_HOSTS);
  });

  it('is mature from a week on, and not before it holds enough keys', () => {
    expect(maturityOf(day(1), day(2))).toBe(day(8));
    expect(maturityOf(day(1), day(30))).toBe(day(30));
    const history = createHistory(facts([], 8));
    expect(history.isMature('destination', micros(day(8) - 1))).toBe(false);
    expect(history.isMature('destination', day(8))).toBe(true);
    expect(history.isMature('pair', day(8))).toBe(false);
  });

  it('remembers what it was asked, by key and time, and for a class by its name alone', () => {
    const heard = listenTo(NO_HISTORY, digest);
    heard.history.seen(KEY, day(5));
    heard.history.seen(KEY, day(3));
    heard.history.isMature('pair', day(4));
    expect([...heard.lookups]).toEqual([
      [KEY, span(3, 5)],
      ['pair:', span(4, 4)],
    ]);
  });

  it('bounds long keys and keeps them apart', () => {
    const long = (end: string): HistoryKey => `image:${'\u{1f600}'.repeat(300)}${end}`;
    const [a, b] = [boundKey(long('a'), digest), boundKey(long('b'), digest)];
    expect(a.length).toBeLessThanOrEqual(200);
    expect(a).not.toBe(b);
    expect(encodeURIComponent(a)).toContain('image');
    expect(boundKey(KEY, digest)).toBe(KEY);
  });
});

describe('a change of history', () => {
  const spans = fc
    .tuple(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 0, max: 90 }))
    .map(([a, b]) => span(Math.min(a, b), Math.max(a, b)));

  it('is never missed by whoever would get another answer', () => {
    fc.assert(
      fc.property(
        fc.option(spans, { nil: undefined }),
        fc.option(spans, { nil: undefined }),
        fc.array(spans, { maxLength: 30 }),
        spans,
        (before, after, others, asked) => {
          const change: HistoryChange = { key: KEY, before, after };
          const firsts = others.map((other) => other.first);
          const standing = {
            ...asked,
            othersFirst: firsts.length === 0 ? undefined : micros(Math.min(...firsts)),
            others: others.filter(
              (other) => other.first <= asked.first && other.last >= asked.last - RARITY_SPAN,
            ).length,
          };
          const answers = (side: HostSpan | undefined) => {
            const history = createHistory(facts(side === undefined ? others : [...others, side]));
            return Array.from({ length: 200 }, (_, i) => micros(i * (MICROS_PER_DAY / 2)))
              .filter((at) => at >= asked.first && at <= asked.last)
              .map((at) => {
                const seen = history.seen(KEY, at);
                return [seen?.hosts ?? 0, seen === undefined || at - seen.first <= NEW_FOR];
              });
          };
          if (JSON.stringify(answers(before)) !== JSON.stringify(answers(after)))
            expect(changesAnswer(change, standing)).toBe(true);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['that came after the time asked about', undefined, span(50, 60), false],
    ['that ended a month before it', undefined, span(1, 5), false],
    ['of how long it went on, while it counted anyway', span(30, 36), span(30, 39), false],
    ['of how long it went on, a month before the time asked about', span(1, 5), span(1, 10), true],
    ['by a host that is new to it', undefined, span(30, 36), true],
    ['by a host that shows it no more', span(30, 36), undefined, true],
  ])('%s', (_, before, after, changes) => {
    const asked = { ...span(38, 40), othersFirst: day(0), others: 3 };
    expect(changesAnswer({ key: KEY, before, after }, asked)).toBe(changes);
  });

  it('of one host among many changes nothing', () => {
    const asked = { ...span(38, 40), othersFirst: day(0), others: MOST_HOSTS };
    expect(changesAnswer({ key: KEY, before: undefined, after: span(30, 36) }, asked)).toBe(false);
  });

  it('of maturity matters between the two times, or for good', () => {
    const at = (n: number | undefined) => new Map(n === undefined ? [] : ([['pair', day(n)]] as const));
    expect(maturityChanges(at(undefined), at(8))).toEqual([
      { keyClass: 'pair', from: day(8), to: undefined },
    ]);
    expect(maturityChanges(at(9), at(8))).toEqual([{ keyClass: 'pair', from: day(8), to: day(9) }]);
    expect(maturityChanges(at(8), at(8))).toEqual([]);
  });
});

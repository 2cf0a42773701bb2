import { describe, expect, it } from 'vitest';
import { answer, at, event, iso } from './testTimeline';
import { chooseTimeline } from './timelineData';
import { timelineRows } from './timelineRows';
import { blindWords, countWords } from './timeWords';

const dataOf = (view: ReturnType<typeof answer>) =>
  chooseTimeline({ overview: view, part: null, by: 'kind', overviewBy: 'kind' });
const shown = { from: at(0), to: at(40) };

describe('the sequence as rows', () => {
  it('tells events and what could not be recorded in order of time', () => {
    const view = answer({
      events: [event('late', 30), event('early', 1), event('outside', 50)],
      blind: [{ kind: 'dns_query', from: iso(10), to: iso(20), reason: 'log cleared' }],
    });
    expect(timelineRows(dataOf(view), shown).map((row) => [row.type, row.time])).toEqual([
      ['event', at(1)],
      ['blind', at(10)],
      ['event', at(30)],
    ]);
  });

  it('keeps the true ends of a blind interval that began before the window', () => {
    const view = answer({
      span: { from: iso(-500), to: iso(500) },
      blind: [{ kind: 'dns_query', from: iso(-100), to: iso(20), reason: 'log cleared' }],
    });
    expect(timelineRows(dataOf(view), shown)).toMatchObject([
      { type: 'blind', time: at(0), from: at(-100), to: at(20), what: 'DNS' },
    ]);
  });

  it('counts what it cannot list, by what it is, in at most ten stretches each, and loses none', () => {
    const view = answer({
      exact: false,
      total: 8000,
      densitySeconds: 0.1,
      density: ['file_create', 'file_stream', 'dns_query'].flatMap((key) =>
        Array.from({ length: 400 }, (_, bin) => ({ key, bin, count: key === 'dns_query' ? 10 : 5 })),
      ),
      events: [event('flagged', 3, { flagged: true })],
    });
    const rows = timelineRows(dataOf(view), shown).filter((row) => row.type === 'count');
    expect(rows).toHaveLength(20);
    expect(rows.reduce((sum, row) => sum + row.count, 0)).toBe(7999);
    expect(new Set(rows.map((row) => row.what))).toEqual(new Set(['file events', 'DNS events']));
  });
});

describe('words', () => {
  const write = (time: number) => String((time - at(0)) / 1e6);
  it('say how much is shown, and how', () => {
    expect(countWords(dataOf(answer({ events: [event('a', 1)] })), shown)).toBe('1 event');
    const many = answer({ exact: false, total: 214_003, events: [event('a', 1)] });
    expect(countWords(dataOf(many), shown)).toBe('1 of 214,003 events one by one, the rest by number');
  });

  it('leave an end of blindness open that lies beyond all that was recorded', () => {
    const blind = (from: number, to: number) =>
      dataOf(answer({ blind: [{ kind: 'logon', from: iso(from), to: iso(to), reason: 'x' }] })).blind.map(
        (span) => blindWords(span, write),
      );
    expect(blind(0, 40)).toEqual(['All of this time: x.']);
    expect(blind(5, 40)).toEqual(['From 5 on: x.']);
    expect(blind(0, 7)).toEqual(['Until 7: x.']);
    expect(blind(5, 7)).toEqual(['From 5 to 7: x.']);
    expect(blind(7, 7)).toEqual([]);
  });

  it('tell when a reason is about where all of a lane is hatched', () => {
    const span = { from: null, to: null, reason: 'x', told: { from: at(5), to: at(7) } };
    expect(blindWords(span, write)).toBe('From 5 to 7: x.');
  });
});

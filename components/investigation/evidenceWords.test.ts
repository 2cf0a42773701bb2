import { describe, expect, it } from 'vitest';
import { likenessCounts, pastVerdicts, type Similar } from './similarWords';
import { blindAround } from './telemetryWords';
import { windowSentence } from './windowSentence';

const similar = (because: Similar['because'], verdict: Similar['verdict'] = null): Similar => ({
  because,
  verdict,
  destination: null,
  analytic: 'AN1',
  verdictBy: null,
  verdictReason: null,
  id: 'x',
  host: 'ws01',
  headline: 'h',
  from: '2026-03-02T09:00:00.000000Z',
  severity: 'high',
});

describe('past verdicts', () => {
  it('are one sentence, the most frequent first', () => {
    const given = [
      similar(['shape'], 'benign_true_positive'),
      similar(['shape'], 'benign_true_positive'),
      similar(['root'], 'false_positive'),
      similar(['root']),
    ];
    expect(pastVerdicts(given)).toBe(
      '2 of 4 findings like it were called benign true positive, 1 false positive.',
    );
    expect(pastVerdicts(given.slice(3))).toBe('None of 1 finding like it has a verdict yet.');
  });

  it('are told beside what the findings share, and only what any shares', () => {
    expect(likenessCounts([similar(['shape', 'root']), similar(['root'])])).toEqual([
      { likeness: 'shape', count: 1 },
      { likeness: 'root', count: 2 },
    ]);
  });
});

describe('the time a stage used', () => {
  it('is a sentence in every case', () => {
    const say = (usedSeconds: number | null, limitSeconds: number | null) =>
      windowSentence({ usedSeconds, limitSeconds }, 'Start');
    expect(say(4.2, 600)).toMatch(/^4\.2 s after \u201cStart\u201d; at most 10 min.* are allowed\.$/);
    expect(say(0, null)).toBe('At the same moment as \u201cStart\u201d; no time limit is set.');
    expect(say(-33, null)).toMatch(/^33.* s before \u201cStart\u201d; no time limit is set\.$/);
    expect(say(null, 60)).toMatch(/^At most 1 min.* after \u201cStart\u201d\.$/);
    expect(say(null, null)).toBe('No time limit is set.');
  });
});

describe('what was blind around a finding', () => {
  const finding = { from: '2026-03-02T09:00:00.000000Z', to: '2026-03-02T09:10:00.000000Z' };
  const blind = (kind: 'dns_query' | 'file_create', from: string, to: string) => ({
    kind,
    from: `2026-03-02T${from}:00.000000Z`,
    to: `2026-03-02T${to}:00.000000Z`,
    reason: `no ${kind} events`,
  });

  it('tells wholly blind kinds before those blind in part, and leaves out other times', () => {
    const told = blindAround(
      [
        blind('file_create', '09:05', '09:20'),
        blind('dns_query', '08:00', '12:00'),
        blind('file_create', '06:00', '07:00'),
      ],
      finding,
    );
    expect(told.map(({ kind, whole }) => [kind, whole])).toEqual([
      ['dns_query', true],
      ['file_create', false],
    ]);
    expect(told[1]?.intervals).toHaveLength(1);
  });

  it('lists the first few of many and counts the rest', () => {
    const many = Array.from({ length: 9 }, (_, i) => blind('dns_query', `09:0${i}`, `09:0${i}`));
    expect(blindAround(many, finding)[0]).toMatchObject({ more: 5 });
  });
});

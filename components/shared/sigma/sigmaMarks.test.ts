import { describe, expect, it } from 'vitest';
import { testHit } from '../../sigma/testSigma';
import { hitsAt, hitsWords, NO_MARKS, recordOfHit, ruleTitles, sigmaMarks, worstOf } from './sigmaMarks';

const rule = testHit().rule;
const low = testHit({ ref: 'low', rule: { ...rule, title: 'Low one', level: 'low' } });
const high = testHit({ ref: 'high', time: '2026-11-20T11:00:00.000Z' });
const bare = testHit({ ref: 'bare', eventId: null, kind: null, source: 'Sysmon 10' });
const same = testHit({ ref: 'same', eventId: null, rule: { ...rule, level: 'critical' } });

describe('marks of hits', () => {
  it('stand on the process and the event of each hit, the worst first', () => {
    const marks = sigmaMarks([low, high], 2);
    expect(marks.byEvent.get('77')?.map(({ ref }) => ref)).toEqual(['high', 'low']);
    expect(marks.byProcess.get('{p1}')).toHaveLength(2);
    expect(marks.byRecord).toEqual([]);
  });

  it('stand by record where it became no event: two rules on one record are one mark', () => {
    const other = testHit({
      ref: 'other',
      eventId: null,
      time: '2026-11-20T09:00:00Z',
      record: { ...bare.record, index: 9 },
    });
    const marks = sigmaMarks([bare, same, other], 3);
    expect(marks.byRecord.map((hits) => hits.map(({ ref }) => ref))).toEqual([['other'], ['same', 'bare']]);
    expect(recordOfHit(marks, 'bare')?.[0]?.ref).toBe('same');
    expect(recordOfHit(marks, 'unknown')).toBeUndefined();
  });

  it('leave processes that are not known without a mark, and nothing is made of no hits', () => {
    const none = testHit({ process: { ...high.process, entityId: null } });
    expect(sigmaMarks([none], 1).byProcess.size).toBe(0);
    expect(sigmaMarks([], 0)).toBe(NO_MARKS);
  });

  it('do not hang on the order hits come in', () => {
    const all = [low, high, bare, same];
    expect(sigmaMarks(all.toReversed(), 4)).toEqual(sigmaMarks(all, 4));
  });
});

describe('what is told of a selection', () => {
  const marks = sigmaMarks([low, high, bare, same], 4);
  const nothing = { hitRef: null, eventId: null, entityId: null };

  it('is the record of a hit, else the event, else the process', () => {
    expect(hitsAt(marks, { ...nothing, hitRef: 'bare' }).map(({ ref }) => ref)).toEqual(['same', 'bare']);
    expect(hitsAt(marks, { ...nothing, eventId: '77', entityId: '{p1}' })).toHaveLength(2);
    expect(hitsAt(marks, { ...nothing, entityId: '{p1}' })).toHaveLength(4);
    expect(hitsAt(marks, nothing)).toEqual([]);
  });
});

describe('hits in words', () => {
  it('say how many and how bad the worst is', () => {
    expect(hitsWords([low])).toBe('1 Sigma hit, low');
    expect(hitsWords([low, high])).toBe('2 Sigma hits, worst high');
    expect(worstOf([])).toBe('informational');
  });

  it('name three rules at most, each once', () => {
    const titles = ['a', 'b', 'b', 'c', 'd', 'e'].map((title) => ({ rule: { ...rule, title } }));
    expect(ruleTitles(titles)).toBe('a; b; c; 2 more');
  });
});

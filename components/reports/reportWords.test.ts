import { describe, expect, it } from 'vitest';
import { addressesIn, asSent, NEW_SCHEDULE, problemsOf, rhythmText } from './reportWords';

describe('a schedule in words', () => {
  it('says when it is made', () => {
    expect(rhythmText({ every: 'day', dayOf: 1, hour: 6 })).toBe('each day at 06:00 UTC');
    expect(rhythmText({ every: 'week', dayOf: 7, hour: 0 })).toBe('each Sunday at 00:00 UTC');
    expect(rhythmText({ every: 'month', dayOf: 28, hour: 23 })).toBe('on day 28 of each month at 23:00 UTC');
  });

  it('takes addresses as people type them', () => {
    expect(addressesIn(' a@b.example, c@d.example;\n\ne@f.example ')).toEqual([
      'a@b.example',
      'c@d.example',
      'e@f.example',
    ]);
  });

  it('is refused without anybody to send to, and with what is no address', () => {
    expect(problemsOf(NEW_SCHEDULE)).toHaveProperty('mailTo');
    expect(problemsOf({ ...NEW_SCHEDULE, webhooks: ['3'] })).toEqual({});
    expect(problemsOf({ ...NEW_SCHEDULE, mailTo: ['board'] }).mailTo).toMatch(/^board is not/);
    expect(problemsOf({ ...NEW_SCHEDULE, what: 'validation' })).toEqual({});
  });

  it('is sent without what does not belong to it', () => {
    const board = { ...NEW_SCHEDULE, webhooks: ['3'], dayOf: 5 };
    expect(asSent(board, 'a@b.example')).toEqual({ ...board, mailTo: ['a@b.example'] });
    expect(asSent({ ...board, what: 'validation', every: 'day' }, 'a@b.example')).toEqual({
      ...board,
      what: 'validation',
      every: 'day',
      dayOf: 1,
      webhooks: [],
    });
  });
});

import { describe, expect, it } from 'vitest';
import { joinBody, joinProblems } from './joinDraft';

const whole = {
  handle: 'anna.berg',
  name: 'Anna Berg',
  email: 'anna@soc.example',
  password: 'four words in a row',
};

describe('joining', () => {
  it('takes a whole draft', () => {
    expect(joinProblems(whole, true)).toEqual({});
    expect(joinProblems({ handle: '', name: '', email: '', password: whole.password }, false)).toEqual({});
  });

  it('names what is missing in the order it stands on the page', () => {
    expect(Object.keys(joinProblems({ handle: '', name: '', email: '', password: '' }, true))).toEqual([
      'name',
      'handle',
      'email',
      'password',
    ]);
  });

  it('says in whole sentences what is wrong', () => {
    const wrong = joinProblems({ handle: 'Anna Berg', name: 'A', email: 'anna', password: 'short' }, true);
    expect(wrong.password).toBe('At least 12 characters.');
    expect(wrong.handle).toMatch(/^3 to 40 of a-z/);
    expect(wrong.email).toMatch(/\.$/);
  });

  it('sends who one is only where the link does not say it', () => {
    expect(joinBody('t', whole, false)).toEqual({ token: 't', password: whole.password });
    expect(joinBody('t', { ...whole, name: ' Anna ' }, true)).toMatchObject({
      name: 'Anna',
      handle: 'anna.berg',
    });
  });
});

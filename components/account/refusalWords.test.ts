import { expect, it } from 'vitest';
import { refusalWords } from './refusalWords';

it('says why single sign-on sent somebody back', () => {
  expect(refusalWords('signup_disabled')).toMatch(/^Nobody with your address works here/);
  expect(refusalWords(null)).toBeNull();
});

it('never shows what somebody else wrote into the address', () => {
  for (const code of ['Call 555-0100 to unlock', '<b>x</b>', 'toString', '__proto__'])
    expect(refusalWords(code)).toBe('Single sign-on did not come to its end.');
});

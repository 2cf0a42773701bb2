import { expect, it } from 'vitest';
import { blindRequired, VERDICT_KEY, VERDICTS } from './verdictWords';

it('names only required stages that are blind as a reason against a false positive', () => {
  expect(
    blindRequired([
      { title: 'Launch', required: true, state: 'matched' },
      { title: 'Callback', required: true, state: 'blind' },
      { title: 'Credentials', required: false, state: 'blind' },
      { title: 'Drop', required: true, state: 'absent' },
    ]),
  ).toEqual(['Callback']);
});

it('gives each verdict a key of its own', () => {
  expect(new Set(VERDICTS.map((value) => VERDICT_KEY[value])).size).toBe(VERDICTS.length);
});

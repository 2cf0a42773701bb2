import { expect, it } from 'vitest';
import { type FindState, findWords } from './findWords';

const STATE: FindState = { wanted: 'cmd', server: 'answered', at: -1, hits: 17, beyond: 0, hidden: 0 };

it('says how many were found, which of them the reader is at, and how many are folded away', () => {
  expect(findWords(STATE)).toBe('17 found');
  expect(findWords({ ...STATE, at: 2, hidden: 14 })).toBe('3 of 17 · 14 in folded branches');
  expect(findWords({ ...STATE, wanted: '' })).toBe('');
});

it('says that a search of the host failed instead of that nothing is there', () => {
  expect(findWords({ ...STATE, hits: 0, server: 'reading' })).toBe('looking');
  expect(findWords({ ...STATE, hits: 0 })).toBe('not found');
  expect(findWords({ ...STATE, hits: 0, server: 'failed' })).toBe(
    'not found · only what is loaded was searched',
  );
  expect(findWords({ ...STATE, hits: 2, server: 'failed' })).toBe(
    '2 found · only what is loaded was searched',
  );
});

it('never counts among the hits to step through what can only be counted', () => {
  expect(findWords({ ...STATE, at: 0, hits: 500, beyond: 2500 })).toBe('1 of the first 500 of 3,000');
});

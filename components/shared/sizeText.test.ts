import { expect, it } from 'vitest';
import { sizeText } from './sizeText';

it('says sizes by thousands, with a digit after the point where there is only one before it', () => {
  expect([0, 812, 999, 1000, 12_345, 4_200_000, 123_000_000, 2_000_000_000].map(sizeText)).toEqual([
    '0 B',
    '812 B',
    '999 B',
    '1.0 kB',
    '12 kB',
    '4.2 MB',
    '123 MB',
    '2.0 GB',
  ]);
});

it('goes to the next unit where rounding reaches it', () => {
  expect([9_960, 999_400, 999_600].map(sizeText)).toEqual(['10 kB', '999 kB', '1.0 MB']);
});

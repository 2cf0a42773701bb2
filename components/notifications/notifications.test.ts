import { expect, it } from 'vitest';
import { kindTitle } from './kindTitle';
import { bellName, unreadBadge } from './unreadWords';

it('says how much is unread in a number that stays small, and in words', () => {
  expect([0, 3, 99, 100, 12_345].map(unreadBadge)).toEqual(['', '3', '99', '99+', '99+']);
  expect([0, 3, 12_345].map(bellName)).toEqual([
    'Notifications, none unread',
    'Notifications, 3 unread',
    'Notifications, 12,345 unread',
  ]);
});

it('names a kind it does not know by itself', () => {
  expect(kindTitle('case.assigned')).toBe('A case is given to me');
  expect(kindTitle('toString')).toBe('toString');
});

import { expect, it } from 'vitest';
import { ROLES } from '@/lib/access/can';
import { homeOf } from './homeOf';

it('leads on to where one wanted to go', () => {
  expect(homeOf('manager', '/findings/1?tab=event')).toBe('/findings/1?tab=event');
});

it('leads to where the role begins when nothing of ours was wanted', () => {
  for (const next of [null, '', 'https://evil.example', '//evil.example', '/sign-in'])
    expect(homeOf('engineer', next)).toBe('/analytics');
});

it('leads managers to what can be seen', () => {
  expect(homeOf('manager', null)).toBe('/coverage');
});

it('has a page of ours for every role', () => {
  for (const role of ROLES) expect(homeOf(role, null)).toMatch(/^\/(?!\/)/);
});

import { expect, it } from 'vitest';
import { PERMISSIONS, ROLES } from '@/lib/access/can';
import { ROLE_MEANING, ROLE_WORD, refusalOf } from './permissionWords';

it('says of every role and permission in one sentence why a control is not there', () => {
  for (const role of ROLES)
    for (const permission of PERMISSIONS)
      expect(refusalOf(role, permission)).toMatch(/^[A-Z][a-z ]+s cannot [a-z][\w ,&]+\.$/);
  expect(refusalOf('manager', 'findings.decide')).toBe('Managers cannot give verdicts or assign findings.');
});

it('names and explains every role', () => {
  for (const role of ROLES) {
    expect(ROLE_WORD[role]).toMatch(/^[A-Z]/);
    expect(ROLE_MEANING[role]).toMatch(/\.$/);
  }
});

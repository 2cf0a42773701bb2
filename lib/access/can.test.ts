import { describe, expect, it } from 'vitest';
import { can, PERMISSIONS, type Permission, permissionsOf, ROLES, type Role, SCOPES } from './can';

const actor = (role: Role) => ({ name: 'somebody', role });
/** Everything but looking at things, and one's own account. */
const CHANGES = PERMISSIONS.filter(
  (permission) => !/\.(read|export|evidence)$/.test(permission) && permission !== 'account.own',
);

describe('the table of permissions', () => {
  it('names each as resource and verb, and each is held by somebody, an administrator among them', () => {
    for (const permission of PERMISSIONS) {
      expect(permission).toMatch(/^[a-z]+\.[a-z]+$/);
      expect(can(actor('administrator'), permission), permission).toBe(true);
    }
  });

  it('lets a manager read, export and change nothing', () => {
    const holds = permissionsOf(actor('manager'));
    expect(holds.filter((permission) => CHANGES.includes(permission))).toEqual([]);
    expect(holds).toContain('findings.read');
    expect(holds).toContain('audit.read');
    expect(holds).toContain('workload.read');
  });

  it.each([
    ['findings.decide', ['analyst', 'lead', 'administrator']],
    ['cases.write', ['analyst', 'lead', 'administrator']],
    ['cases.review', ['lead', 'administrator']],
    ['imports.write', ['analyst', 'lead', 'engineer', 'administrator']],
    ['imports.change', ['lead', 'engineer', 'administrator']],
    ['analytics.tune', ['lead', 'engineer', 'administrator']],
    ['baselines.write', ['lead', 'engineer', 'administrator']],
    ['people.manage', ['administrator']],
    ['keys.manage', ['administrator']],
    ['clocks.manage', ['administrator']],
    ['webhooks.manage', ['administrator']],
  ] satisfies [Permission, Role[]][])('gives %s to %j and to nobody else', (permission, holders) => {
    expect(ROLES.filter((role) => can(actor(role), permission))).toEqual(holders);
  });

  it('lets everybody read what all work rests on', () => {
    // Who has how much before them, and to whom reports go.
    for (const role of ROLES)
      for (const permission of PERMISSIONS.filter((each) => each.endsWith('.read')))
        if (permission !== 'workload.read' && permission !== 'reports.read')
          expect(can(actor(role), permission), permission).toBe(true);
  });
});

describe('the scopes of a key', () => {
  it('never open more than the role of its owner holds', () => {
    for (const role of ROLES)
      for (const scope of SCOPES) {
        const key = { ...actor(role), scopes: [scope] };
        for (const permission of permissionsOf(key)) expect(can(actor(role), permission)).toBe(true);
      }
    expect(can({ ...actor('manager'), scopes: ['triage'] }, 'findings.decide')).toBe(false);
  });

  it('let a collector send exports and watch them, and nothing else', () => {
    expect(permissionsOf({ ...actor('administrator'), scopes: ['collect'] })).toEqual([
      'imports.read',
      'imports.write',
    ]);
  });

  it('never reach people, keys or an account, and reading changes nothing', () => {
    const all = permissionsOf({ ...actor('administrator'), scopes: SCOPES });
    for (const permission of ['people.manage', 'keys.own', 'keys.manage', 'account.own', 'imports.change'])
      expect(all).not.toContain(permission);
    const reading = permissionsOf({ ...actor('administrator'), scopes: ['read'] });
    expect(reading.filter((permission) => CHANGES.includes(permission))).toEqual([]);
    expect(permissionsOf({ ...actor('administrator'), scopes: [] })).toEqual([]);
  });
});

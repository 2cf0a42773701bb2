import { describe, expect, it } from 'vitest';
import { can, ROLES } from './can';

describe('can', () => {
  it('lets a viewer look at everything and change nothing', () => {
    const viewer = { name: 'v', role: 'viewer' } as const;
    expect(can(viewer, 'findings.read')).toBe(true);
    expect(can(viewer, 'findings.decide')).toBe(false);
    expect(can(viewer, 'imports.write')).toBe(false);
  });

  it('lets a collector send evidence, and only a lead take it out again', () => {
    const collector = { name: 'api key', role: 'analyst' } as const;
    expect(can(collector, 'imports.write')).toBe(true);
    expect(can(collector, 'imports.change')).toBe(false);
    expect(can({ name: 'l', role: 'lead' }, 'imports.change')).toBe(true);
  });

  it.each([
    ['analytics.read', 'viewer'],
    ['analytics.test', 'analyst'],
    ['analytics.tune', 'lead'],
    ['analytics.run', 'lead'],
    ['baselines.read', 'viewer'],
    ['baselines.write', 'lead'],
  ] as const)('gives %s to a %s and those above, and to nobody below', (permission, least) => {
    for (const role of ROLES)
      expect(can({ name: 'x', role }, permission), role).toBe(ROLES.indexOf(role) >= ROLES.indexOf(least));
  });

  it('lets each role do what the roles before it may', () => {
    expect(can({ name: 'l', role: 'lead' }, 'findings.decide')).toBe(true);
    expect(can({ name: 'a', role: 'analyst' }, 'analytics.run')).toBe(false);
    expect(can({ name: 'root', role: 'administrator' }, 'analytics.run')).toBe(true);
  });
});

import { expect, it } from 'vitest';
import { permissionsOf } from '@/lib/access/can';
import { adminPagesFor } from './adminPages';

const pagesOf = (role: Parameters<typeof permissionsOf>[0]['role']) =>
  adminPagesFor(permissionsOf({ name: 'x', role })).map(({ href }) => href);

it('shows an administrator all that is looked after for all, and others what they may read', () => {
  expect(pagesOf('administrator')).toContain('/admin/people');
  for (const role of ['analyst', 'lead', 'manager', 'engineer'] as const)
    expect(pagesOf(role)).toEqual(['/admin/audit']);
});

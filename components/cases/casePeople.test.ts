import { expect, it } from 'vitest';
import { can, ROLES } from '@/lib/access/can';
import { casePeople } from './casePeople';

it('offers for cases whoever is here and may write them', () => {
  const people = ROLES.flatMap((role) => [
    { role, active: true },
    { role, active: false },
  ]);
  expect(casePeople(people).map(({ role }) => role)).toEqual(
    ROLES.filter((role) => can({ name: 'x', role }, 'cases.write')),
  );
});

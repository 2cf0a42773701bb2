import { type PersonView, rolesWith } from '@/lib/contracts/people';

const WORKS_ON_CASES = rolesWith('cases.write');

/** Those who are here and may work on cases: who can own one or be given its tasks. */
export function casePeople<Person extends Pick<PersonView, 'active' | 'role'>>(
  people: readonly Person[],
): readonly Person[] {
  return people.filter(({ active, role }) => active && WORKS_ON_CASES.includes(role));
}

import type { PersonView } from '@/lib/contracts/people';

/**
 * How a screen names who did something: "you" for `me`, "Anna Berg", "Anna Berg (left)" once she is gone, and the
 * handle itself when nobody has it: programs, what was done before people signed in, and names still being read.
 */
export function namePerson(handle: string, person: PersonView | undefined, me: string): string {
  if (handle === me) return 'you';
  if (person === undefined) return handle;
  return person.active ? person.name : `${person.name} (left)`;
}

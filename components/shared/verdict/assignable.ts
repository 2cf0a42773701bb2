import { type PersonView, rolesWith } from '@/lib/contracts/people';

/** Roles that may decide on findings; the server judges again. */
const DECIDE = rolesWith('findings.decide');

/** Whom a finding can be given to: those who are here and may decide, matching what was typed, oneself first. */
export function assignable(people: readonly PersonView[], me: string, typed: string): PersonView[] {
  const wanted = typed.trim().toLowerCase();
  return people
    .filter(({ active, role }) => active && DECIDE.includes(role))
    .filter(
      ({ name, handle }) => name.toLowerCase().includes(wanted) || handle.toLowerCase().includes(wanted),
    )
    .toSorted((a, b) => Number(b.handle === me) - Number(a.handle === me) || a.name.localeCompare(b.name));
}

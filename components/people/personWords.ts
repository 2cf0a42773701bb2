import type { ManagedPerson } from '@/lib/contracts/people';

type Standing = 'here' | 'invited' | 'left';

/** Whether a person works here, was asked to and has not come yet, or left. */
export function standingOf(person: Pick<ManagedPerson, 'active' | 'invited'>): Standing {
  if (!person.active) return 'left';
  return person.invited ? 'invited' : 'here';
}

/** What signs a person in beside a password: "app, 2 passkeys". */
export function factorsText({ twoFactor, passkeys }: Pick<ManagedPerson, 'twoFactor' | 'passkeys'>): string {
  const parts = [
    ...(twoFactor ? ['app'] : []),
    ...(passkeys === 0 ? [] : [passkeys === 1 ? '1 passkey' : `${passkeys} passkeys`]),
  ];
  return parts.length === 0 ? 'password only' : parts.join(', ');
}

/** Those who are here in front, then those asked to join, then those who left; each by name. */
export function inOrder(people: readonly ManagedPerson[]): ManagedPerson[] {
  const rank: Record<Standing, number> = { here: 0, invited: 1, left: 2 };
  return people.toSorted(
    (a, b) =>
      rank[standingOf(a)] - rank[standingOf(b)] ||
      a.name.localeCompare(b.name, 'en') ||
      (a.handle < b.handle ? -1 : 1),
  );
}

/** A handle for somebody of this name, to begin with: "Anna Berg" gives `anna.berg`; empty when no letter is Latin. */
export function handleFor(name: string): string {
  const plain = name.normalize('NFD').toLowerCase();
  const words = plain.replaceAll(/[^a-z0-9\s._-]/g, '').split(/[\s._-]+/);
  return words
    .filter((word) => word !== '')
    .join('.')
    .replace(/^[^a-z]+/, '')
    .slice(0, 40)
    .replace(/[._-]+$/, '');
}

import type { ProcessNode } from './lineage';

type Owned = Pick<ProcessNode, 'user' | 'userId'>;

/**
 * Whether two processes run as one user: by SID if both have one, else by name, with the domain where both have
 * it. Undefined when it cannot be said. Accounts of the system itself are users like any other here.
 */
export function sameUser(a: Owned, b: Owned): boolean | undefined {
  if (a.userId !== undefined && b.userId !== undefined)
    return a.userId.toLowerCase() === b.userId.toLowerCase();
  if (a.user === undefined || b.user === undefined) return undefined;
  const [one, other] = [a.user.toLowerCase(), b.user.toLowerCase()];
  if (one.includes('\\') && other.includes('\\')) return one === other;
  return lastPart(one) === lastPart(other);
}

/** True for `SYSTEM`, `LOCAL SERVICE` and `NETWORK SERVICE`; false when the user is another or not known. */
export function isSystemAccount({ user, userId }: Owned): boolean {
  if (userId !== undefined) return /^s-1-5-(?:18|19|20)$/i.test(userId);
  return user !== undefined && /^(?:system|local service|network service)$/i.test(lastPart(user));
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('\\') + 1);
}

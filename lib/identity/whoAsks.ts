import { type Actor, isRole, type Scope } from '../access/can';
import { findPerson } from '../storage/people';
import { scopesIn } from './keys';
import { identityServer } from './server';
import { keepCookies, type Visit } from './visit';

/** A person who is signed in, and the session they are in. */
export type SignedIn = {
  readonly personId: string;
  readonly sessionId: string;
  readonly actor: Actor;
};

/**
 * Who is signed in in the browser of a visit; undefined: nobody, or one who left meanwhile. The session goes on from
 * now and its cookie with it, unless `onlyLook`. Asked of the database every time.
 */
export async function whoIsSignedIn(visit: Visit, onlyLook = false): Promise<SignedIn | undefined> {
  if (!visit.headers.has('cookie')) return undefined;
  const { response, headers } = await identityServer(visit.origin).api.getSession({
    headers: visit.headers,
    query: { disableRefresh: onlyLook },
    returnHeaders: true,
  });
  if (!onlyLook) keepCookies(visit, headers);
  if (response === null) return undefined;
  const { handle, role, deactivatedAt } = response.user;
  if (typeof handle !== 'string' || !isRole(role) || deactivatedAt != null) return undefined;
  return { personId: response.user.id, sessionId: response.session.id, actor: { name: handle, role } };
}

/**
 * Who a key speaks for: its owner with the key's scopes. Undefined when it is unknown, revoked or expired, or its owner
 * left.
 */
export async function whoseKey(key: string, origin: string): Promise<Actor | undefined> {
  const { valid, key: found } = await identityServer(origin).api.verifyApiKey({ body: { key } });
  if (!valid || found === null) return undefined;
  const owner = await findPerson('id', found.referenceId);
  if (owner === undefined || owner.deactivatedAt !== null || !isRole(owner.role)) return undefined;
  const scopes: readonly Scope[] = scopesIn(found.permissions ?? null);
  return { name: owner.handle, role: owner.role, scopes };
}

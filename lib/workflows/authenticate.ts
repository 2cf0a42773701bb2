import { createHash, timingSafeEqual } from 'node:crypto';
import type { Actor } from '../access/can';
import { DEMO_HANDLE, isDemo } from '../access/demo';
import { AppError } from '../base/appError';
import type { Visit } from '../identity/visit';
import { whoIsSignedIn, whoseKey } from '../identity/whoAsks';

/** Everyone, where nobody signs in. */
export const DEMO: Actor = { name: DEMO_HANDLE, role: 'administrator' };
/** Programs with the key of the environment, SEQUELA_API_KEY: they can send exports and nothing else. */
const COLLECTOR: Actor = { name: 'collector', role: 'engineer', scopes: ['collect'] };

/**
 * Who makes a request: the owner of the key in its Authorization header, or who is signed in in its browser, or in demo
 * mode everyone. Asked of the database every time; the session goes on from now unless `onlyLook`. Throws
 * `unauthenticated`.
 */
export async function authenticate(
  visit: Visit,
  authorization: string | null,
  onlyLook = false,
): Promise<Actor> {
  if (authorization !== null) return actorOfKey(visit, authorization);
  if (isDemo()) return DEMO;
  const signedIn = await whoIsSignedIn(visit, onlyLook);
  if (signedIn === undefined)
    throw new AppError('unauthenticated', 'Sign in, or send an API key as "Authorization: Bearer …".');
  return signedIn.actor;
}

async function actorOfKey(visit: Visit, authorization: string): Promise<Actor> {
  const key = /^Bearer (\S{1,400})$/i.exec(authorization)?.[1];
  if (key !== undefined && isCollectorKey(key)) return COLLECTOR;
  const actor = key === undefined ? undefined : await whoseKey(key, visit.origin);
  if (actor === undefined)
    throw new AppError(
      'unauthenticated',
      'The API key is not one of this server, has expired or was revoked.',
    );
  return actor;
}

function isCollectorKey(key: string): boolean {
  const known = process.env.SEQUELA_API_KEY;
  return known !== undefined && known !== '' && timingSafeEqual(hashOf(key), hashOf(known));
}

/** Of equal length whatever the key's, as the comparison needs. */
function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

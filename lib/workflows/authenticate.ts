import { createHash, timingSafeEqual } from 'node:crypto';
import type { Actor } from '../access/can';
import { AppError } from '../base/appError';

/** The one person of an installation without sign-in: whoever sits at the machine. */
const LOCAL: Actor = { name: 'local', role: 'administrator' };

/**
 * Who makes a request, from its Authorization header. Without one it is the local person, unless
 * SEQUELA_SIGN_IN=required. A bearer key is checked whenever one is given. Throws `unauthenticated`.
 */
export function authenticate(authorization: string | null): Actor {
  if (authorization === null) {
    if (process.env.SEQUELA_SIGN_IN === 'required')
      throw new AppError('unauthenticated', 'Send an API key as "Authorization: Bearer …".');
    return LOCAL;
  }
  const key = /^Bearer (\S+)$/i.exec(authorization)?.[1];
  const actor = key === undefined ? undefined : actorOfKey(key);
  if (actor === undefined) throw new AppError('unauthenticated', 'The API key is not one of this server.');
  return actor;
}

/** The program a key belongs to. Today there is one key at most, SEQUELA_API_KEY, for collectors. */
function actorOfKey(key: string): Actor | undefined {
  const known = process.env.SEQUELA_API_KEY;
  if (known === undefined || known === '') return undefined;
  return timingSafeEqual(hashOf(key), hashOf(known)) ? { name: 'api key', role: 'analyst' } : undefined;
}

/** Of equal length whatever the key's, as the comparison needs. */
function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

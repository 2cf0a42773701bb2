import { AppError } from '../base/appError';
import type { MeView } from '../contracts/people';
import { visitOf } from '../identity/visit';
import { readMe } from '../workflows/account';
import { authenticate } from '../workflows/authenticate';
import { guard, listening } from './guard';

/**
 * Who a page is for, from the headers of its request; null: nobody is signed in. A page cannot set cookies, so the
 * session goes on from what the page asks of the API. Asked of the database every time. Throws `forbidden` when the
 * server is addressed by a name that is not its own.
 */
export async function whoIsHere(headers: Headers): Promise<MeView | null> {
  const visit = visitOf(headers);
  guard(new Request(visit.origin, { headers: { host: headers.get('host') ?? '' } }), listening());
  try {
    return await readMe(await authenticate(visit, null, true));
  } catch (error) {
    if (error instanceof AppError && error.code === 'unauthenticated') return null;
    throw error;
  }
}

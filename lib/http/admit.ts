import { type Actor, can, type Permission } from '../access/can';
import { AppError } from '../base/appError';
import type { Route } from '../contracts/routes';
import type { Visit } from '../identity/visit';
import { noteRefusal } from '../workflows/accountAudit';
import { authenticate } from '../workflows/authenticate';
import { guard, listening } from './guard';
import { countRequest, countVisit, isNewRefusal } from './requestLimits';

/**
 * Who makes a request, once it may: from a page of our own or from a program, signed in or with a key, not too often,
 * and with a role and scopes that include the operation. Null where anyone may ask. Throws `forbidden`,
 * `unauthenticated`, `too_many`.
 */
export async function admit(request: Request, route: Route, visit: Visit): Promise<Actor | null> {
  const authorization = request.headers.get('authorization');
  const { permit } = route;
  // A key is not sent by a browser on its own, so with one no foreign page can be behind the request.
  if (authorization === null || permit === 'anyone') guard(request, listening());
  if (permit === 'anyone') {
    await countVisit(visit);
    return null;
  }
  const actor = await authenticated(visit, authorization);
  await countRequest(actor);
  if (!can(actor, permit)) await refuse(actor, route, permit);
  return actor;
}

async function authenticated(visit: Visit, authorization: string | null): Promise<Actor> {
  try {
    return await authenticate(visit, authorization);
  } catch (error) {
    // Guesses of keys and cookies are counted by where they come from.
    await countVisit(visit);
    throw error;
  }
}

async function refuse(actor: Actor, route: Route, permit: Permission): Promise<never> {
  const operation = `${route.method} ${route.path}`;
  if (route.method !== 'GET' && (await isNewRefusal(actor, operation)))
    await noteRefusal(actor, operation, permit);
  throw new AppError(
    'forbidden',
    actor.scopes === undefined
      ? `The role ${actor.role} does not include this. Ask an administrator for a role that does.`
      : 'The scopes of this key, or the role of its owner, do not include this. Make a key that does.',
  );
}

import { rm } from 'node:fs/promises';
import { isDemo } from '../access/demo';
import { AppError } from '../base/appError';
import type { InvitationView } from '../contracts/people';
import { passwordHash } from '../identity/account';
import { isReservedHandle } from '../identity/handles';
import { newPersonId } from '../identity/people';
import { signInByLink } from '../identity/signIn';
import type { Visit } from '../identity/visit';
import { accountSubject, addAudit } from '../storage/audit';
import { type Connection, transaction } from '../storage/client';
import { findInvitation, type StoredInvitation, useInvitation } from '../storage/invitations';
import { revokeKeys } from '../storage/keys';
import { notify } from '../storage/notifications';
import {
  dropFactors,
  findPerson,
  insertPerson,
  isNobodyHere,
  lockPeople,
  type StoredPerson,
  setPasswordHash,
} from '../storage/people';
import { endSessions } from '../storage/sessions';
import { noteAccount, securityNote } from './accountAudit';

/** What comes with a link: a password, and for the first administrator who they are. */
export type Acceptance = {
  readonly token: string;
  readonly password: string;
  readonly handle?: string | undefined;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
};

/** What a one-time link is for. Throws `not_found` for one that never was, that expired, was used or replaced. */
export async function readInvitation(token: string): Promise<InvitationView> {
  const found = await findInvitation(token);
  if (found === undefined || found.usedAt !== null || found.expiresAt.getTime() <= Date.now()) throw noLink();
  const person = found.personId === null ? undefined : await findPerson('id', found.personId);
  if (person !== undefined && person.deactivatedAt !== null) throw noLink();
  return {
    purpose: found.purpose,
    handle: person?.handle ?? null,
    name: person?.name ?? null,
    expiresAt: found.expiresAt.toISOString(),
  };
}

/**
 * Uses a one-time link: becomes the first administrator, joins, or sets a new password, and signs in. Of two uses at
 * once one succeeds. Throws `not_found`, `bad_request`, `conflict`.
 */
export async function acceptInvitation(
  visit: Visit,
  acceptance: Acceptance,
): Promise<{ state: 'signed_in' | 'two_factor' }> {
  if (isDemo()) throw new AppError('conflict', 'This is a demo: nobody joins here.');
  // A hash costs time and memory: nobody gets one for a made-up token.
  await readInvitation(acceptance.token);
  const hash = await passwordHash(visit.origin, acceptance.password);
  const person = await transaction(async (connection) => {
    await lockPeople(connection);
    const invitation = await useInvitation(connection, acceptance.token);
    if (invitation === undefined) throw noLink();
    return invitation.purpose === 'first'
      ? becomeFirst(connection, acceptance, hash)
      : setOwnPassword(connection, invitation, hash);
  });
  if (process.env.SEQUELA_LINK_FILE) await rm(process.env.SEQUELA_LINK_FILE, { force: true });
  const state = await signInByLink(visit, { email: person.email, password: acceptance.password });
  await noteAccount(person.handle, 'signin.succeeded', person.handle, {
    method: 'link',
    from: visit.address,
  });
  return { state };
}

type Joined = Pick<StoredPerson, 'handle' | 'email'>;

async function becomeFirst(connection: Connection, acceptance: Acceptance, hash: string): Promise<Joined> {
  const { handle, name, email } = acceptance;
  const missing = (['handle', 'name', 'email'] as const).find((field) => acceptance[field] === undefined);
  if (handle === undefined || name === undefined || email === undefined)
    throw new AppError('bad_request', `There is a mistake at "${missing}" in the body: it is needed.`, {
      errors: [{ path: missing ?? '', message: 'is needed' }],
    });
  if (isReservedHandle(handle)) throw reservedHandle();
  if (!(await isNobodyHere(connection))) throw noLink();
  const person = { id: newPersonId(), handle, name, email: email.toLowerCase(), role: 'administrator' };
  await insertPerson(connection, person);
  await setPasswordHash(connection, person.id, hash);
  await addAudit(connection, {
    by: handle,
    action: 'person.added',
    subject: accountSubject(handle),
    details: { role: person.role, method: 'first link' },
  });
  return person;
}

const RESET =
  'A new password was set for your account by a one-time link. Its authenticator app, passkeys and API keys of before open nothing any more.';

async function setOwnPassword(
  connection: Connection,
  { personId, purpose }: StoredInvitation,
  hash: string,
): Promise<Joined> {
  const person = await findPerson('id', personId ?? '', connection);
  if (person === undefined || person.deactivatedAt !== null) throw noLink();
  await setPasswordHash(connection, person.id, hash);
  const dropped = await dropFactors(connection, person.id);
  const sessions = await endSessions(connection, person.id);
  // Whoever needs a new password may have lost the old one to somebody, who may have made keys with it.
  const keys = purpose === 'password' ? await revokeKeys(connection, person.id) : 0;
  if (purpose === 'password') await notify(connection, [securityNote(person.handle, RESET)]);
  await addAudit(connection, {
    by: person.handle,
    action: 'invitation.used',
    subject: accountSubject(person.handle),
    details: {
      purpose,
      appsRemoved: dropped.apps,
      passkeysRemoved: dropped.passkeys,
      sessionsEnded: sessions,
      keysRevoked: keys,
    },
  });
  return person;
}

/** That a handle stands for something else. */
export function reservedHandle(): AppError {
  const message = 'This handle stands for something else here; take another.';
  return new AppError('bad_request', message, { errors: [{ path: 'handle', message }] });
}

function noLink(): AppError {
  return new AppError(
    'not_found',
    'This link no longer works: it was used, replaced by a newer one, or is older than a day. Ask an administrator for a new one; the first one is printed when Sequela starts.',
  );
}

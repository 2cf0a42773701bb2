import { type Actor, isRole, permissionsOf } from '../access/can';
import { isDemo } from '../access/demo';
import { AppError } from '../base/appError';
import type { MeView, PasskeyView, SessionView, TotpSetup } from '../contracts/people';
import {
  askToRegister,
  beginTotp,
  changePassword,
  confirmTotp,
  listPasskeys,
  registerPasskey,
  renewBackupCodes,
  stopTotp,
} from '../identity/account';
import { takesPasskeys } from '../identity/config';
import type { Visit } from '../identity/visit';
import { type SignedIn, whoIsSignedIn } from '../identity/whoAsks';
import { accountSubject, addAudit } from '../storage/audit';
import { transaction } from '../storage/client';
import { notify } from '../storage/notifications';
import { removePasskey } from '../storage/passkeys';
import { findPerson, renamePerson, type StoredPerson } from '../storage/people';
import { endSession, listSessions } from '../storage/sessions';
import { noteAccount, securityNote } from './accountAudit';

/** Who asks, and what they may do. */
export async function readMe(actor: Actor): Promise<MeView> {
  const person = isDemo() ? undefined : await findPerson('handle', actor.name);
  return {
    handle: actor.name,
    name: person?.name ?? (isDemo() ? 'Demo' : actor.name),
    email: person?.email ?? null,
    role: isRole(person?.role) ? person.role : actor.role,
    permissions: [...permissionsOf(actor)],
    demo: isDemo(),
    twoFactor: person?.twoFactor ?? false,
  };
}

/** Changes the name one is shown by. */
export async function rename(name: string, actor: Actor): Promise<MeView> {
  await transaction(async (connection) => {
    const person = await findPerson('handle', actor.name, connection);
    if (person === undefined) throw noAccount();
    await renamePerson(connection, person.id, name);
    await addAudit(connection, {
      by: actor.name,
      action: 'person.changed',
      subject: accountSubject(actor.name),
      details: { fields: 'name' },
    });
  });
  return readMe(actor);
}

/** Changes one's password; other sessions end. */
export async function renewPassword(
  visit: Visit,
  body: { readonly current: string; readonly next: string },
  actor: Actor,
): Promise<{ done: true }> {
  await mine(visit);
  await changePassword({ visit, handle: actor.name }, body.current, body.next);
  await noteAccount(
    actor.name,
    'password.changed',
    actor.name,
    {},
    'Your password was changed, and your other sessions ended.',
  );
  return { done: true };
}

/** Begins with an authenticator app. */
export async function setUpTotp(visit: Visit, password: string, actor: Actor): Promise<TotpSetup> {
  await mine(visit);
  const { uri, backupCodes } = await beginTotp({ visit, handle: actor.name }, password);
  return { uri, secret: new URL(uri).searchParams.get('secret') ?? '', backupCodes: [...backupCodes] };
}

/** Puts the authenticator app in force. */
export async function confirmOwnTotp(visit: Visit, code: string, actor: Actor): Promise<MeView> {
  await mine(visit);
  await confirmTotp({ visit, handle: actor.name }, code);
  await noteAccount(
    actor.name,
    'two_factor.on',
    actor.name,
    {},
    'Signing in to your account now asks for a code of an authenticator app.',
  );
  return readMe(actor);
}

/** Signs in without the authenticator app from now on. */
export async function stopOwnTotp(visit: Visit, password: string, actor: Actor): Promise<MeView> {
  await mine(visit);
  await stopTotp({ visit, handle: actor.name }, password);
  await noteAccount(
    actor.name,
    'two_factor.off',
    actor.name,
    {},
    'Signing in to your account no longer asks for a code of an authenticator app.',
  );
  return readMe(actor);
}

/** New backup codes. */
export async function renewOwnCodes(
  visit: Visit,
  password: string,
  actor: Actor,
): Promise<{ backupCodes: string[] }> {
  await mine(visit);
  const codes = await renewBackupCodes({ visit, handle: actor.name }, password);
  await noteAccount(actor.name, 'two_factor.codes_renewed', actor.name);
  return { backupCodes: [...codes] };
}

/** One's own passkeys; none in demo mode. */
export async function readPasskeys(visit: Visit): Promise<{ items: PasskeyView[] }> {
  if (isDemo()) return { items: [] };
  const items = await listPasskeys(visit);
  return {
    items: items.map(({ id, name, createdAt }) => ({
      id,
      name,
      createdAt: createdAt?.toISOString() ?? null,
    })),
  };
}

/** What the browser needs to make a passkey. */
export async function askForNewPasskey(visit: Visit): Promise<Record<string, unknown>> {
  await mine(visit);
  if (!takesPasskeys(visit.origin))
    throw new AppError('conflict', 'Browsers keep passkeys for names such as localhost, not for addresses.');
  return askToRegister(visit);
}

/** Keeps a passkey the browser made. */
export async function keepPasskey(
  visit: Visit,
  body: { readonly name?: string | undefined; readonly response: Record<string, unknown> },
  actor: Actor,
): Promise<{ items: PasskeyView[] }> {
  await mine(visit);
  const passkey = await registerPasskey(visit, body.response, body.name);
  await noteAccount(
    actor.name,
    'passkey.added',
    actor.name,
    { passkey },
    'A passkey that opens your account was added.',
  );
  return readPasskeys(visit);
}

/** Removes one of one's passkeys. Throws `not_found`, also for another person's. */
export async function dropPasskey(visit: Visit, id: string, actor: Actor): Promise<{ items: PasskeyView[] }> {
  const { personId } = await mine(visit);
  await transaction(async (connection) => {
    if (!(await removePasskey(connection, id, personId)))
      throw new AppError('not_found', 'There is no such passkey of yours.');
    await notify(connection, [securityNote(actor.name, 'A passkey of your account was removed.')]);
    await addAudit(connection, {
      by: actor.name,
      action: 'passkey.removed',
      subject: accountSubject(actor.name),
      details: { passkey: id },
    });
  });
  return readPasskeys(visit);
}

/** Where one is signed in; nowhere in demo mode. */
export async function readSessions(visit: Visit): Promise<{ items: SessionView[] }> {
  if (isDemo()) return { items: [] };
  const { personId, sessionId } = await mine(visit);
  const items = await listSessions(personId);
  return {
    items: items.map((session) => ({
      id: session.id,
      current: session.id === sessionId,
      createdAt: session.createdAt.toISOString(),
      lastSeenAt: session.updatedAt.toISOString(),
      expiresAt: session.expiresAt.toISOString(),
      userAgent: session.userAgent,
      ipAddress: session.ipAddress,
    })),
  };
}

/** Ends one of one's sessions. Throws `not_found`, also for another person's. */
export async function dropSession(visit: Visit, id: string, actor: Actor): Promise<{ items: SessionView[] }> {
  const { personId, sessionId } = await mine(visit);
  await transaction(async (connection) => {
    if (!(await endSession(connection, id, personId)))
      throw new AppError('not_found', 'There is no such session of yours.');
    await addAudit(connection, {
      by: actor.name,
      action: 'session.ended',
      subject: accountSubject(actor.name),
      details: { sessions: 1 },
    });
  });
  if (id === sessionId) return { items: [] };
  return readSessions(visit);
}

/** The session of one who changes their account; where nobody signs in nobody has one. */
async function mine(visit: Visit): Promise<SignedIn> {
  if (isDemo()) throw noAccount();
  const signedIn = await whoIsSignedIn(visit, true);
  if (signedIn === undefined) throw new AppError('unauthenticated', 'Sign in again.');
  return signedIn;
}

/** The person behind an actor. Throws `conflict` for the actors that are nobody: in demo mode, of the environment's key. */
export async function personOf(actor: Actor): Promise<StoredPerson> {
  const person = await findPerson('handle', actor.name);
  if (person === undefined) throw noAccount();
  return person;
}

function noAccount(): AppError {
  return new AppError('conflict', 'This is a demo: nobody has an account here.');
}

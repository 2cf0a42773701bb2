import { APIError } from 'better-auth/api';
import { AppError } from '../base/appError';
import { identityServer } from './server';
import { countPassword, countPasswordCheck, forgivePasswords } from './signInLimits';
import { keepCookies, type Visit } from './visit';

/** One who changes their own account: their browser's visit, and their handle for counting tries. */
export type Owner = { readonly visit: Visit; readonly handle: string };

/** A passkey as its owner sees it. */
export type OwnPasskey = {
  readonly id: string;
  readonly name: string | null;
  readonly createdAt: Date | null;
};

/** Hash of a password, as the library keeps it. */
export async function passwordHash(origin: string, password: string): Promise<string> {
  return (await identityServer(origin).$context).password.hash(password);
}

/** Changes the password of one who knows it; all other sessions end, and this one goes on under a new id. */
export async function changePassword(owner: Owner, current: string, next: string): Promise<void> {
  await sure(owner, (server) =>
    server.api.changePassword({
      body: { currentPassword: current, newPassword: next, revokeOtherSessions: true },
      headers: owner.visit.headers,
      returnHeaders: true,
    }),
  );
}

/** Begins with an authenticator app: in force once a code of it was given. Throws `conflict` when there is one. */
export async function beginTotp(
  owner: Owner,
  password: string,
): Promise<{ readonly uri: string; readonly backupCodes: readonly string[] }> {
  const begun = await sure(owner, (server) =>
    server.api.enableTwoFactor({
      body: { password, method: 'totp' },
      headers: owner.visit.headers,
      returnHeaders: true,
    }),
  );
  if (begun.method !== 'totp') throw new Error('a second factor other than asked for was set up');
  return { uri: begun.totpURI, backupCodes: begun.backupCodes };
}

/** Puts the authenticator app in force by its first code. The session goes on under a new id. */
export async function confirmTotp(owner: Owner, code: string): Promise<void> {
  await library(owner.visit, (server) =>
    server.api.verifyTOTP({ body: { code }, headers: owner.visit.headers, returnHeaders: true }),
  );
}

/** Takes the authenticator app and its backup codes away. The session goes on under a new id. */
export async function stopTotp(owner: Owner, password: string): Promise<void> {
  await sure(owner, (server) =>
    server.api.disableTwoFactor({ body: { password }, headers: owner.visit.headers, returnHeaders: true }),
  );
}

/** New backup codes in place of the old ones. */
export async function renewBackupCodes(owner: Owner, password: string): Promise<readonly string[]> {
  const made = await sure(owner, (server) =>
    server.api.generateBackupCodes({ body: { password }, headers: owner.visit.headers, returnHeaders: true }),
  );
  return made.backupCodes;
}

/** One's own passkeys. */
export async function listPasskeys(visit: Visit): Promise<readonly OwnPasskey[]> {
  const listed = await identityServer(visit.origin).api.listPasskeys({ headers: visit.headers });
  return listed.map(({ id, name, createdAt }) => ({ id, name: name ?? null, createdAt: createdAt ?? null }));
}

/** What the browser needs to make a passkey. Throws `forbidden` when one signed in too long ago. */
export async function askToRegister(visit: Visit): Promise<Record<string, unknown>> {
  const options = await library(visit, (server) =>
    server.api.generatePasskeyRegistrationOptions({ query: {}, headers: visit.headers, returnHeaders: true }),
  );
  return { ...options };
}

/** Keeps a passkey the browser made; answers its id. */
export async function registerPasskey(
  visit: Visit,
  response: Record<string, unknown>,
  name: string | undefined,
): Promise<string> {
  const kept = await library(visit, (server) =>
    server.api.verifyPasskeyRegistration({
      body: { response, ...(name ? { name } : {}) },
      headers: visit.headers,
      returnHeaders: true,
    }),
  );
  return kept.id;
}

type Server = ReturnType<typeof identityServer>;
type Answered<Response> = { readonly headers: Headers; readonly response: Response };

/** An operation that asks for the password: tries are counted. */
async function sure<Response>(
  owner: Owner,
  operation: (server: Server) => Promise<Answered<Response>>,
): Promise<Response> {
  await countPassword(owner.handle);
  await countPasswordCheck();
  const response = await library(owner.visit, operation);
  await forgivePasswords(owner.handle);
  return response;
}

/** An operation of the library for the visit's session, its cookies taken along and its refusals in our words. */
async function library<Response>(
  visit: Visit,
  operation: (server: Server) => Promise<Answered<Response>>,
): Promise<Response> {
  try {
    const { headers, response } = await operation(identityServer(visit.origin));
    keepCookies(visit, headers);
    return response;
  } catch (error) {
    throw error instanceof APIError ? inOurWords(String(error.body?.code ?? '')) : error;
  }
}

function inOurWords(code: string): AppError {
  switch (code) {
    case 'INVALID_PASSWORD':
      return refused('password', 'The password is wrong.');
    case 'INVALID_CODE':
      return refused('code', 'The code is wrong. Take the one the app shows now.');
    case 'CREDENTIAL_ACCOUNT_NOT_FOUND':
      return new AppError('conflict', 'This account has no password: it signs in with single sign-on.');
    case 'TOTP_ALREADY_ENABLED':
      return new AppError(
        'conflict',
        'An authenticator app is in force already. Stop it first to set up another.',
      );
    case 'TOTP_NOT_ENABLED':
    case 'TWO_FACTOR_NOT_ENABLED':
      return new AppError('conflict', 'No authenticator app is set up. Begin again.');
    case 'SESSION_NOT_FRESH':
      return new AppError('forbidden', 'Sign in again first: this needs a sign-in within the last hour.');
    case 'UNAUTHORIZED':
      return new AppError('unauthenticated', 'Sign in again.');
    default:
      return new AppError('bad_request', 'This was not accepted. Begin again.');
  }
}

function refused(path: string, message: string): AppError {
  return new AppError('bad_request', message, { errors: [{ path, message }] });
}

import { APIError } from 'better-auth/api';
import { z } from 'zod';
import { AppError } from '../base/appError';
import { forgetSession } from '../storage/sessions';
import { CHALLENGE_COOKIE, SESSION_COOKIE, signedValue, withCookies } from './cookies';
import { identityServer } from './server';
import { countPasswordCheck, countSignIn, forgiveSignIns } from './signInLimits';
import { keepCookies, type Visit } from './visit';
import { whoIsSignedIn } from './whoAsks';

/** How far one has come: `two_factor` asks for a code next. */
export type SignInState = 'signed_in' | 'two_factor';

/**
 * Signs in with address and password, in a session of its own; the one the browser was in ends. Throws `too_many`, and
 * `unauthenticated` with one text whatever was wrong: it does not tell which addresses have an account.
 */
export async function signInWithPassword(
  visit: Visit,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<SignInState> {
  const address = email.trim().toLowerCase();
  await countSignIn(address, visit);
  if (!z.email().safeParse(address).success) throw wrongPassword();
  await countPasswordCheck();
  return checkPassword(visit, { email: address, password });
}

/**
 * Signs in with the password that was just set by a one-time link: the link proves who it is, so tries that others made
 * at the account neither refuse it nor stand any longer.
 */
export async function signInByLink(
  visit: Visit,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<SignInState> {
  return checkPassword(visit, { email: email.trim().toLowerCase(), password });
}

/** Signs in, and forgets the tries at the account after the right password. */
async function checkPassword(
  visit: Visit,
  { email: address, password }: { readonly email: string; readonly password: string },
): Promise<SignInState> {
  const answer = await identityServer(visit.origin)
    .api.signInEmail({ body: { email: address, password }, headers: visit.headers, returnHeaders: true })
    .catch((error: unknown) => {
      if (error instanceof APIError) throw wrongPassword();
      throw error;
    });
  await forgiveSignIns(address, visit);
  // Its types know nothing of what the second factor's plugin answers instead.
  const state = 'twoFactorRedirect' in answer.response ? 'two_factor' : 'signed_in';
  await enter(visit, answer.headers);
  return state;
}

/**
 * Signs in with the code that was asked for after the password, in a new session. Throws `unauthenticated` for a wrong
 * code or when the time for it is over, `too_many` when the account is locked for a while.
 */
export async function signInWithCode(visit: Visit, code: string, kind: 'totp' | 'backup'): Promise<void> {
  const { api } = identityServer(visit.origin);
  // Without the session's cookie: inside a session the library would check the code of whoever is in it, uncounted.
  const headers = withCookies(visit.headers, (name) => name !== SESSION_COOKIE);
  const wanted = { body: { code }, headers, returnHeaders: true } as const;
  const answer = await (kind === 'totp' ? api.verifyTOTP(wanted) : api.verifyBackupCode(wanted)).catch(
    (error: unknown) => {
      throw refusedCode(error);
    },
  );
  await enter(visit, answer.headers);
}

/** The identifier of the second factor's question that this browser was asked; undefined when it was not. */
export function challengeOf(visit: Visit): string | undefined {
  return signedValue(visit.headers, CHALLENGE_COOKIE);
}

/** What the browser needs to ask for a passkey. */
export async function passkeyQuestion(visit: Visit): Promise<Record<string, unknown>> {
  const headers = withCookies(visit.headers, (name) => name !== SESSION_COOKIE);
  const answer = await identityServer(visit.origin).api.generatePasskeyAuthenticationOptions({
    headers,
    returnHeaders: true,
  });
  keepCookies(visit, answer.headers);
  return { ...answer.response };
}

/** As much of a passkey's answer as must be text before it is looked up; the library checks the rest. */
const passkeyAnswer = z.looseObject({
  id: z.string().regex(/^[\w-]{1,1400}$/),
  rawId: z.string(),
  type: z.literal('public-key'),
  response: z.looseObject({
    clientDataJSON: z.string(),
    authenticatorData: z.string(),
    signature: z.string(),
  }),
  clientExtensionResults: z.looseObject({}),
});
type PasskeyAnswer = NonNullable<
  Parameters<ReturnType<typeof identityServer>['api']['verifyPasskeyAuthentication']>[0]
>['body']['response'];

/** Signs in with a passkey's answer; tells whose it was. Throws `unauthenticated`. */
export async function signInWithPasskey(
  visit: Visit,
  given: Record<string, unknown>,
): Promise<{ readonly personId: string }> {
  const parsed = passkeyAnswer.safeParse(given);
  if (!parsed.success) throw unknownPasskey();
  const response = parsed.data as unknown as PasskeyAnswer;
  const answer = await identityServer(visit.origin)
    .api.verifyPasskeyAuthentication({ body: { response }, headers: visit.headers, returnHeaders: true })
    .catch((error: unknown) => {
      if (error instanceof APIError) throw unknownPasskey();
      throw error;
    });
  await enter(visit, answer.headers);
  return { personId: answer.response.user.id };
}

/** Ends the session of this browser and takes its cookie back. */
export async function signOut(visit: Visit): Promise<void> {
  const { headers } = await identityServer(visit.origin).api.signOut({
    body: {},
    headers: visit.headers,
    returnHeaders: true,
  });
  keepCookies(visit, headers);
}

/** Takes the new session's cookies along, and ends the session the browser was in: its id opens nothing any more. */
async function enter(visit: Visit, headers: Headers): Promise<void> {
  const before = await whoIsSignedIn(visit, true);
  if (before !== undefined) await forgetSession(before.sessionId);
  keepCookies(visit, headers);
}

function wrongPassword(): AppError {
  return new AppError('unauthenticated', 'The address or the password is wrong.');
}

function unknownPasskey(): AppError {
  return new AppError('unauthenticated', 'This passkey does not open an account here.');
}

function refusedCode(error: unknown): unknown {
  if (!(error instanceof APIError)) return error;
  const code: unknown = error.body?.code;
  if (code === 'ACCOUNT_TEMPORARILY_LOCKED')
    return new AppError(
      'too_many',
      'There were too many wrong codes for this account. Try again in 15 minutes.',
      {
        retryAfterSeconds: 900,
      },
    );
  if (code === 'INVALID_CODE' || code === 'INVALID_BACKUP_CODE')
    return new AppError('unauthenticated', 'The code is wrong, or no longer valid.', { wrongCode: true });
  return new AppError(
    'unauthenticated',
    'This took too long or was tried too often: sign in again with the password.',
    {
      startAgain: true,
    },
  );
}

import type { Actor } from '../access/can';
import { isDemo } from '../access/demo';
import { AppError } from '../base/appError';
import { cutText } from '../base/cutText';
import { safeNext } from '../base/safeNext';
import type { SignInOptions } from '../contracts/people';
import { STORABLE } from '../contracts/scalars';
import { singleSignOnConfig, takesPasskeys } from '../identity/config';
import {
  challengeOf,
  passkeyQuestion,
  type SignInState,
  signInWithCode,
  signInWithPasskey,
  signInWithPassword,
  signOut,
} from '../identity/signIn';
import { finishSingleSignOn, startSingleSignOn } from '../identity/singleSignOn';
import type { Visit } from '../identity/visit';
import { findPerson, isNobodyHere, personOfChallenge, type StoredPerson } from '../storage/people';
import { ANONYMOUS, noteAccount } from './accountAudit';

type Answer = { state: SignInState };

/** How one can sign in here. */
export async function readSignInOptions(visit: Visit): Promise<SignInOptions> {
  const provider = singleSignOnConfig();
  return {
    password: true,
    passkey: takesPasskeys(visit.origin),
    singleSignOn: provider === undefined ? null : { name: provider.name },
    demo: isDemo(),
    empty: await isNobodyHere(),
  };
}

/** Signs in with address and password. Throws `unauthenticated`, `too_many`. */
export async function givePassword(
  visit: Visit,
  given: { readonly email: string; readonly password: string },
): Promise<Answer> {
  refuseInDemo();
  const email = cutText(given.email.trim().toLowerCase(), 254);
  const person = STORABLE.test(email) ? await findPerson('email', email) : undefined;
  try {
    const state = await signInWithPassword(visit, given);
    if (state === 'signed_in') await noteEntry(person, 'password', visit);
    return { state };
  } catch (error) {
    if (error instanceof AppError && error.code === 'unauthenticated')
      await noteAccount(person?.handle ?? ANONYMOUS, 'signin.failed', person?.handle ?? ANONYMOUS, {
        method: 'password',
        address: email,
        from: visit.address,
        ...(person?.deactivatedAt == null ? {} : { deactivated: true }),
      });
    throw error;
  }
}

/** Signs in with the code asked for after the password. Throws `unauthenticated`, `too_many`. */
export async function giveSecondFactor(
  visit: Visit,
  given: { readonly code: string; readonly kind: 'totp' | 'backup' },
): Promise<Answer> {
  refuseInDemo();
  const challenge = challengeOf(visit);
  const person = challenge === undefined ? undefined : await personOfChallenge(challenge);
  try {
    await signInWithCode(visit, given.code, given.kind);
  } catch (error) {
    if (error instanceof AppError && (error.details.wrongCode === true || error.code === 'too_many'))
      await noteAccount(
        person?.handle ?? ANONYMOUS,
        'signin.two_factor_failed',
        person?.handle ?? ANONYMOUS,
        {
          kind: given.kind,
          locked: error.code === 'too_many',
          from: visit.address,
        },
      );
    throw error;
  }
  await noteEntry(person, given.kind === 'totp' ? 'password and code' : 'password and backup code', visit);
  return { state: 'signed_in' };
}

/** What the browser needs to ask for a passkey. */
export async function askForPasskey(visit: Visit): Promise<Record<string, unknown>> {
  refuseInDemo();
  if (!takesPasskeys(visit.origin))
    throw new AppError('conflict', 'Browsers keep passkeys for names such as localhost, not for addresses.');
  return passkeyQuestion(visit);
}

/** Signs in with a passkey. Throws `unauthenticated`. */
export async function givePasskey(visit: Visit, response: Record<string, unknown>): Promise<Answer> {
  refuseInDemo();
  try {
    const { personId } = await signInWithPasskey(visit, response);
    await noteEntry(await findPerson('id', personId), 'passkey', visit);
  } catch (error) {
    if (error instanceof AppError && error.code === 'unauthenticated')
      await noteAccount(ANONYMOUS, 'signin.failed', ANONYMOUS, { method: 'passkey', from: visit.address });
    throw error;
  }
  return { state: 'signed_in' };
}

/** Where to send the browser for single sign-on. Throws `not_found`, `unavailable`. */
export async function goToSingleSignOn(visit: Visit, next: string | undefined): Promise<{ url: string }> {
  refuseInDemo();
  return { url: await startSingleSignOn(visit, safeNext(next) ?? '/') };
}

/** The way back from single sign-on: a redirect, into a session when it worked. */
export async function comeBackFromSingleSignOn(visit: Visit, request: Request): Promise<Response> {
  refuseInDemo();
  const { answer, arrival } = await finishSingleSignOn(visit, request);
  if (arrival === undefined) {
    await noteAccount(ANONYMOUS, 'signin.failed', ANONYMOUS, {
      method: 'single sign-on',
      reason: errorIn(answer),
      from: visit.address,
    });
    return answer;
  }
  const person = await findPerson('id', arrival.personId);
  if (arrival.isNew && person !== undefined)
    await noteAccount(person.handle, 'person.added', person.handle, {
      role: person.role,
      method: 'single sign-on',
    });
  await noteEntry(person, 'single sign-on', visit);
  return answer;
}

/** Ends this browser's session. */
export async function leave(visit: Visit, actor: Actor): Promise<{ done: true }> {
  if (!isDemo()) {
    await signOut(visit);
    await noteAccount(actor.name, 'signout', actor.name);
  }
  return { done: true };
}

async function noteEntry(person: StoredPerson | undefined, method: string, visit: Visit): Promise<void> {
  const handle = person?.handle ?? ANONYMOUS;
  await noteAccount(handle, 'signin.succeeded', handle, { method, from: visit.address });
}

/** The library's code for why single sign-on did not work, out of its redirect. */
function errorIn(answer: Response): string {
  const to = answer.headers.get('location') ?? '';
  const code = URL.canParse(to, 'http://here.invalid')
    ? new URL(to, 'http://here.invalid').searchParams.get('error')
    : null;
  return cutText(code ?? `status ${answer.status}`, 80);
}

function refuseInDemo(): void {
  if (isDemo()) throw new AppError('conflict', 'This is a demo: nobody signs in here.');
}

import { createHash } from 'node:crypto';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { AppError } from '../base/appError';
import { secondsToWait } from '../base/secondsToWait';
import { forgiveTries, type Limit, spendTry } from '../storage/tryLimits';
import type { Visit } from './visit';

const QUARTER_HOUR_S = 900;
/** All tries at one account, from wherever. */
const BY_ACCOUNT: Limit = { name: 'signin', points: 10, seconds: QUARTER_HOUR_S };
/** From one place: fewer, so that whoever tries from one place does not lock the owner out. */
const BY_PLACE: Limit = { name: 'signin_from', points: 5, seconds: QUARTER_HOUR_S };
/** Tries of a password by one who is signed in: whoever found an open browser does not find the password as well. */
const BY_PERSON: Limit = { name: 'password', points: 10, seconds: QUARTER_HOUR_S };

/**
 * Counts a try to sign in to the account of an address, whether or not there is one, before the password is looked at.
 * Throws `too_many` with the seconds to wait.
 */
export async function countSignIn(email: string, visit: Visit): Promise<void> {
  const account = accountKey(email);
  const what = 'There were too many tries to sign in to this account.';
  // What is refused by place does not use up the account's tries.
  refuse(await spendTry(BY_PLACE, `${account}:${visit.address}`), what);
  refuse(await spendTry(BY_ACCOUNT, account), what);
}

/** Forgets the tries after the right password. */
export async function forgiveSignIns(email: string, visit: Visit): Promise<void> {
  await forgiveTries(BY_PLACE, `${accountKey(email)}:${visit.address}`);
  await forgiveTries(BY_ACCOUNT, accountKey(email));
}

/** Counts a password given by one who is signed in. Throws `too_many`. */
export async function countPassword(handle: string): Promise<void> {
  refuse(await spendTry(BY_PERSON, handle), 'The password was wrong too often.');
}

/** Forgets wrong passwords after the right one. */
export async function forgivePasswords(handle: string): Promise<void> {
  await forgiveTries(BY_PERSON, handle);
}

/** Password checks a minute of one process, whoever asks: each takes time and memory, and addresses can be invented. */
const CHECKS_PER_MINUTE = 120;
const holder = globalThis as typeof globalThis & { sequelaPasswordChecks?: RateLimiterMemory };

/** Counts a check of a password against all others of this process, before its hash is made. Throws `too_many`. */
export async function countPasswordCheck(): Promise<void> {
  holder.sequelaPasswordChecks ??= new RateLimiterMemory({ points: CHECKS_PER_MINUTE, duration: 60 });
  refuse(
    await secondsToWait(holder.sequelaPasswordChecks, 'all'),
    'Too many passwords are being checked here at once.',
  );
}

function refuse(seconds: number, what: string): void {
  if (seconds === 0) return;
  const minutes = Math.ceil(seconds / 60);
  throw new AppError('too_many', `${what} Try again in ${minutes} minute${minutes === 1 ? '' : 's'}.`, {
    retryAfterSeconds: seconds,
  });
}

/** Of one length, whatever was typed. */
function accountKey(email: string): string {
  return createHash('sha256').update(email.trim().toLowerCase()).digest('hex');
}

import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Actor } from '../access/can';
import { isDemo } from '../access/demo';
import { AppError } from '../base/appError';
import { secondsToWait } from '../base/secondsToWait';
import type { Visit } from '../identity/visit';

/** Requests a minute, of one process: far beyond what people and their screens make, short of what hurts. */
const PER_MINUTE = { person: 3_000, key: 6_000, signedOut: 600 } as const;

type Limiters = Readonly<Record<keyof typeof PER_MINUTE | 'refusals', RateLimiterMemory>>;

const holder = globalThis as typeof globalThis & { sequelaLimits?: Limiters };

function limiters(): Limiters {
  holder.sequelaLimits ??= {
    person: new RateLimiterMemory({ points: PER_MINUTE.person, duration: 60 }),
    key: new RateLimiterMemory({ points: PER_MINUTE.key, duration: 60 }),
    signedOut: new RateLimiterMemory({ points: PER_MINUTE.signedOut, duration: 60 }),
    refusals: new RateLimiterMemory({ points: 1, duration: 600 }),
  };
  return holder.sequelaLimits;
}

/**
 * Counts a request of a person or of a person's keys; in demo mode, on one's own machine, nothing is counted. Throws
 * `too_many` with the seconds to wait.
 */
export async function countRequest(actor: Actor): Promise<void> {
  if (isDemo()) return;
  await spend(limiters()[actor.scopes === undefined ? 'person' : 'key'], actor.name);
}

/** Counts a request of somebody who has not signed in, by where it comes from. Throws `too_many`. */
export async function countVisit(visit: Visit): Promise<void> {
  await spend(limiters().signedOut, visit.address);
}

/** Whether this refusal is the first of its kind for a while, and so worth an entry in the audit trail. */
export async function isNewRefusal(actor: Actor, operation: string): Promise<boolean> {
  return (
    (await secondsToWait(limiters().refusals, `${actor.name} ${actor.scopes?.join() ?? ''} ${operation}`)) ===
    0
  );
}

async function spend(limiter: RateLimiterMemory, key: string): Promise<void> {
  const seconds = await secondsToWait(limiter, key);
  if (seconds > 0)
    throw new AppError('too_many', `There were too many requests. Try again in ${seconds} s.`, {
      retryAfterSeconds: seconds,
    });
}

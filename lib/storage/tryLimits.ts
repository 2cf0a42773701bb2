import type pg from 'pg';
import { RateLimiterPostgres } from 'rate-limiter-flexible';
import { secondsToWait } from '../base/secondsToWait';
import { pool } from './client';

/** How often something may be tried within a time, by key; counted in the database, so for all servers together. */
export type Limit = { readonly name: string; readonly points: number; readonly seconds: number };

const limiters = new WeakMap<pg.Pool, Map<string, RateLimiterPostgres>>();

function limiterOf({ name, points, seconds }: Limit): RateLimiterPostgres {
  const ofPool = limiters.get(pool()) ?? new Map<string, RateLimiterPostgres>();
  limiters.set(pool(), ofPool);
  const known = ofPool.get(name);
  if (known !== undefined) return known;
  const made = new RateLimiterPostgres({
    storeClient: pool(),
    storeType: 'pool',
    tableName: 'limited_keys',
    tableCreated: true,
    keyPrefix: name,
    points,
    duration: seconds,
    clearExpiredByTimeout: true,
  });
  ofPool.set(name, made);
  return made;
}

/** Counts one try, before it is made. Answers 0, or the seconds to wait when there were too many. */
export async function spendTry(limit: Limit, key: string): Promise<number> {
  return secondsToWait(limiterOf(limit), key);
}

/** Forgets the tries of a key: one of them was right. */
export async function forgiveTries(limit: Limit, key: string): Promise<void> {
  await limiterOf(limit).delete(key);
}

import { setTimeout as sleep } from 'node:timers/promises';

/** What the same work gets past when it is done again: deadlocks, servers that restart, connections that break. */
const PASSING = /^(08...|40001|40P01|53300|57P0[123]|ECONNRESET|ECONNREFUSED|EPIPE)$/;
/** The driver names a connection that ends under a query by words alone. */
const LOST = /^Connection terminated/;

/** Whether an error of the database is likely gone when the work is done again. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('code' in error && PASSING.test(String(error.code))) || LOST.test(error.message);
}

const ATTEMPTS = 3;
const PAUSE_MS = 200;

/**
 * Does work that may be done twice, again after an error that passes, three times at most; then the error is thrown.
 * `also` names others that a new attempt gets past. Nothing is tried again once `signal` is aborted.
 */
export async function retried<Result>(
  work: () => Promise<Result>,
  {
    also = () => false,
    signal,
  }: { readonly also?: (error: unknown) => boolean; readonly signal?: AbortSignal | undefined } = {},
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= ATTEMPTS || signal?.aborted === true || !(isPassing(error) || also(error))) throw error;
      await sleep(PAUSE_MS * attempt);
    }
  }
}

/** What counts in windows of time, as limiters of rate-limiter-flexible do: it refuses with when the window ends. */
type Limiter = { readonly consume: (key: string) => Promise<unknown> };

/** Counts one of a key, before it happens. Answers 0, or the whole seconds until the next may come. Throws what a limiter that failed throws. */
export async function secondsToWait(limiter: Limiter, key: string): Promise<number> {
  try {
    await limiter.consume(key);
    return 0;
  } catch (refused) {
    // A refusal is no error: an answer with the time left.
    const left = (refused as { readonly msBeforeNext?: unknown } | null)?.msBeforeNext;
    if (refused instanceof Error || typeof left !== 'number') throw refused;
    return Math.max(1, Math.ceil(left / 1000));
  }
}

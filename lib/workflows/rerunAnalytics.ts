import { setTimeout as sleep } from 'node:timers/promises';
import { correlationProgress, hostsWaiting, queueAllHosts } from '../storage/hosts';

const LOOK_MS = 50;

/**
 * Runs all analytics again over all that is stored, host by host on the workers. Returns how many hosts were
 * queued; with `wait`, once they are done.
 */
export async function rerunAnalytics(options: {
  readonly wait: boolean;
  readonly signal?: AbortSignal;
}): Promise<{ hosts: number }> {
  const hosts = await queueAllHosts();
  while (options.wait && options.signal?.aborted !== true && (await hostsWaiting()) > 0) await sleep(LOOK_MS);
  return { hosts };
}

/** How far the analytics have come: host groups that wait to be correlated, of all that have events. */
export function readRerun(): Promise<{ waiting: number; hosts: number }> {
  return correlationProgress();
}

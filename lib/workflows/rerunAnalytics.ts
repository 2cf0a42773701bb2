import { setTimeout as sleep } from 'node:timers/promises';
import { addAudit } from '../storage/audit';
import { transaction } from '../storage/client';
import { correlationProgress, hostsWaiting, queueHostsOf } from '../storage/hosts';

const LOOK_MS = 50;

/**
 * Runs all analytics again over all that is stored, host by host on the workers. Returns how many hosts were
 * queued; with `wait`, once they are done.
 */
export async function rerunAnalytics(options: {
  readonly by: string;
  readonly wait: boolean;
  readonly signal?: AbortSignal;
}): Promise<{ hosts: number }> {
  const hosts = await transaction(async (connection) => {
    const queued = await queueHostsOf(connection);
    await addAudit(connection, {
      by: options.by,
      action: 'analytics.rerun',
      subject: 'analytics',
      details: { hosts: queued },
    });
    return queued;
  });
  while (options.wait && options.signal?.aborted !== true && (await hostsWaiting()) > 0) await sleep(LOOK_MS);
  return { hosts };
}

/** How far the analytics have come: host groups that wait to be correlated, of all that have events. */
export function readRerun(): Promise<{ waiting: number; hosts: number }> {
  return correlationProgress();
}

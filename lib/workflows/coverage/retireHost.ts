import type { z } from 'zod';
import type { Actor } from '../../access/can';
import { AppError } from '../../base/appError';
import type { HostRetirements, retirementBody } from '../../contracts/coverage';
import { loadRetirements, saveRetirement } from '../../storage/coverage/retirements';
import { loadHostGroup } from '../../storage/hosts';
import { hostOrRefuse } from '../readLineage';

/**
 * Takes a person's word on whether a host, by id or name, is still expected to report. Throws `not_found`, also for a host
 * that is to be expected again and was not retired.
 */
export async function setHostRetirement(
  host: string,
  body: z.output<typeof retirementBody>,
  actor: Actor,
): Promise<{ done: true }> {
  const group = await loadHostGroup(await hostOrRefuse(host));
  if (group === undefined) throw new AppError('not_found', 'There is no host with this id or name.');
  if (!(await saveRetirement(group, body, actor.name)))
    throw new AppError('not_found', 'This host was not retired: it is expected to report as it is.');
  return { done: true };
}

/** Hosts that are no longer expected to report, in order of name. */
export async function listHostRetirements(): Promise<HostRetirements> {
  const items = await loadRetirements();
  return {
    items: items.map(({ hostId, at, ...one }) => ({
      ...one,
      hostId: hostId === null ? null : String(hostId),
      at: at.toISOString(),
    })),
  };
}

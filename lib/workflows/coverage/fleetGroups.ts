import type { z } from 'zod';
import type { Actor } from '../../access/can';
import { AppError } from '../../base/appError';
import type { FleetGroups, fleetGroupsBody } from '../../contracts/coverage';
import { kindsNeeded } from '../../correlate/kindsNeeded';
import { groupFinder } from '../../coverage/fleetGroups';
import { loadCoverageHosts } from '../../storage/coverage/coverageHosts';
import { loadFleetGroups, replaceFleetGroups } from '../../storage/coverage/fleetGroups';
import { readCatalogue } from '../readCatalogue';
import { NONE } from './coverageFacts';

/** The groups of hosts in order, with how many hosts that are not retired are in each and in none. */
export async function readFleetGroups(): Promise<FleetGroups> {
  const { catalogue } = await readCatalogue();
  const [{ items, revision }, hosts] = await Promise.all([
    loadFleetGroups(),
    loadCoverageHosts(kindsNeeded(catalogue)),
  ]);
  const groupOf = groupFinder(items);
  const counts = new Map<string | undefined, number>();
  for (const { name, retired } of hosts) {
    if (retired) continue;
    const group = groupOf(name);
    counts.set(group, (counts.get(group) ?? 0) + 1);
  }
  return {
    items: items.map(({ name, patterns, by, at }) => ({
      name,
      patterns: [...patterns],
      hosts: counts.get(name) ?? 0,
      by,
      at: at.toISOString(),
    })),
    rest: counts.get(undefined) ?? 0,
    revision,
  };
}

/** Replaces the groups. Throws `conflict` when somebody changed them meanwhile, `bad_request` for a name that means none. */
export async function setFleetGroups(
  { items, revision }: z.output<typeof fleetGroupsBody>,
  actor: Actor,
): Promise<FleetGroups> {
  const reserved = items.findIndex(({ name }) => name.toLowerCase() === NONE);
  if (reserved >= 0)
    throw new AppError('bad_request', `No group can be called ${NONE}: it stands for hosts in no group.`, {
      errors: [{ path: `items.${reserved}.name`, message: 'stands for hosts in no group' }],
    });
  await replaceFleetGroups(items, revision, actor.name);
  return readFleetGroups();
}

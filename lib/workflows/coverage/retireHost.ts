import type { z } from 'zod';
import type { Actor } from '../../access/can';
import { AppError } from '../../base/appError';
import type { retirementBody } from '../../contracts/coverage';
import { saveRetirement } from '../../storage/coverage/retirements';
import { loadHostGroup } from '../../storage/hosts';
import { hostOrRefuse } from '../readLineage';

/** Takes a person's word on whether a host, by id or name, is still expected to report. Throws `not_found`. */
export async function setHostRetirement(
  host: string,
  body: z.output<typeof retirementBody>,
  actor: Actor,
): Promise<{ done: true }> {
  const group = await loadHostGroup(await hostOrRefuse(host));
  if (group === undefined) throw new AppError('not_found', 'There is no host with this id or name.');
  await saveRetirement(group, body, actor.name);
  return { done: true };
}

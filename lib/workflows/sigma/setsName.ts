import { AppError } from '../../base/appError';
import type { Connection } from '../../storage/client';
import { setOfName } from '../../storage/sigma/sets';

/** What a set is called in the audit trail. */
export const subjectOf = (setId: number): string => `sigma-set:${setId}`;

/** Throws `conflict` when another set than `setId` has the name. */
export async function refuseTaken(
  connection: Connection,
  name: string,
  setId: number | undefined,
): Promise<void> {
  const taken = await setOfName(connection, name);
  if (taken !== undefined && taken.id !== setId)
    throw new AppError(
      'conflict',
      `There is a set "${name}" already. Give another name, or add a version to it.`,
      { set: String(taken.id) },
    );
}

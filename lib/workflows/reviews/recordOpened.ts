import { addOpened } from '../../storage/reviews/evidenceOpened';
import { findingOrRefuse } from '../readFinding';

/** Notes what of a finding a person opened. Throws `not_found`. */
export async function recordOpened(
  findingId: string,
  what: readonly string[],
  by: string,
): Promise<{ done: true }> {
  await findingOrRefuse(findingId);
  await addOpened(findingId, by, what);
  return { done: true };
}

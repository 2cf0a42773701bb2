import type { z } from 'zod';
import { AppError } from '../../base/appError';
import type { ValidationRunSummary, validationRunBody } from '../../contracts/validation';
import { addAudit, validationSubject } from '../../storage/audit';
import { type Connection, transaction } from '../../storage/client';
import { listRecordings } from '../../storage/validation/recordings';
import { addRun, loadRun, stopRun } from '../../storage/validation/runs';
import { storedRun, toSummary } from './runViews';

/** Who wants a run: a person, by handle, or a schedule, by whose it is. */
export type Asker = { readonly cause: 'asked' | 'schedule'; readonly askedBy: string | null };

/** Who does what nobody asked for, in history. */
const SYSTEM = 'sequela';

/**
 * Queues a validation, or answers the one that waits or runs already (`created` false). Throws `not_found` for a
 * recording that there is not, `bad_request` when nothing would be replayed.
 */
export async function startValidation(
  body: z.output<typeof validationRunBody>,
  asker: Asker,
): Promise<{ readonly run: ValidationRunSummary; readonly created: boolean }> {
  const recordingIds = await chosenRecordings(body.recordings);
  const { ablation, shipped } = body;
  // None of the uploaded ones is a choice too, and an empty list of ids would mean all of them.
  const none = body.recordings?.length === 0;
  if (!shipped && (none || (await listRecordings(recordingIds)).length === 0))
    throw new AppError(
      'bad_request',
      'There is nothing to replay: upload a recording, or take the shipped.',
      {
        errors: [{ path: 'shipped', message: 'no recording is left without the shipped ones' }],
      },
    );
  return transaction(async (connection) => {
    const wanted = { ...asker, ablation, shipped, recordingIds: none ? NONE : recordingIds };
    const { id, created } = await queueValidation(connection, wanted);
    const run = await loadRun(id, connection);
    if (run === undefined) throw new Error(`validation ${id} is gone`);
    return { run: toSummary(run), created };
  });
}

/**
 * Queues a run within the caller's transaction, as its last act there, or gives back the one that waits or runs already;
 * `same` says whether that one is as good: over the same recordings, with ablation where it is wanted.
 */
export async function queueValidation(
  connection: Connection,
  wanted: Parameters<typeof addRun>[1],
): Promise<{ readonly id: number; readonly created: boolean; readonly same: boolean }> {
  const { id, created, same } = await addRun(connection, wanted);
  if (created) {
    const { cause, askedBy, ablation, shipped, recordingIds } = wanted;
    const uploaded =
      recordingIds === NONE ? 'none' : recordingIds.length === 0 ? 'all' : String(recordingIds.length);
    await addAudit(connection, {
      by: askedBy ?? SYSTEM,
      action: 'validation.asked',
      subject: validationSubject(id),
      details: { cause, ablation, shipped, uploaded },
    });
  }
  return { id, created, same };
}

/** An id that no recording has: a run limited to it takes none of the uploaded ones. */
const NONE: readonly number[] = [0];

async function chosenRecordings(given: readonly string[] | undefined): Promise<readonly number[]> {
  if (given === undefined || given.length === 0) return [];
  const ids = [...new Set(given.map(Number))].sort((a, b) => a - b);
  const known = new Set((await listRecordings(ids)).map(({ id }) => id));
  const missing = ids.find((id) => !known.has(id));
  if (missing !== undefined) throw new AppError('not_found', `There is no recording ${missing}.`);
  return ids;
}

/** Stops a run; one that has ended stays as it is. Throws `not_found`. */
export async function cancelValidation(id: string, by: string): Promise<ValidationRunSummary> {
  const run = await storedRun(id);
  await transaction(async (connection) => {
    if (!(await stopRun(run.id, { state: 'cancelled' }, connection))) return;
    await addAudit(connection, {
      by,
      action: 'validation.cancelled',
      subject: validationSubject(run.id),
      details: {},
    });
  });
  return toSummary(await storedRun(id));
}

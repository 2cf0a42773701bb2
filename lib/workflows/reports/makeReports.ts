import type { Actor } from '../../access/can';
import { AppError } from '../../base/appError';
import { addAudit } from '../../storage/audit';
import { type Connection, transaction } from '../../storage/client';
import { addDeliveries, type MessageBody } from '../../storage/deliveries';
import {
  claimDueSchedule,
  lockSchedule,
  noteMade,
  noteNotMade,
  type StoredSchedule,
  scheduleSubject,
} from '../../storage/reportSchedules';
import { loadBoardReport } from '../coverage/boardReport';
import { boardSentence } from '../coverage/boardReportWords';
import { queueValidation } from '../validation/startValidation';
import { noSuchSchedule, reportWebhooks } from './reportSchedules';
import { nextTime, reportedDays } from './scheduleTimes';

const ERROR_CHARACTERS = 300;
/** Who does what nobody asked for, in history. */
const SYSTEM = 'sequela';

/**
 * Makes everything that is due at `now`, each once: times that were missed are made up for by one. What is sent is queued
 * in the transaction that moves the schedule on, so that whenever the worker dies none is sent twice and none is lost. One
 * that cannot be made says why, stays due and holds up no other. Returns how many were made; throws what the first of
 * those threw once all were tried, for the log, unless it only waits for people or for another run.
 */
export async function makeReports(now: Date, signal?: AbortSignal): Promise<number> {
  const outcomes: Outcome[] = [];
  for (;;) {
    signal?.throwIfAborted();
    const outcome = await makeNext(
      now,
      outcomes.map(({ id }) => id),
    );
    if (outcome === undefined) break;
    outcomes.push(outcome);
    if (outcome.failed) await noteNotMade(outcome.id, describe(outcome.error));
  }
  const failed = outcomes.filter((outcome) => outcome.failed);
  const broken = failed.find(({ error }) => !(error instanceof AppError && error.code === 'conflict'));
  if (broken !== undefined) throw broken.error;
  return outcomes.length - failed.length;
}

/**
 * Makes and sends one now; when it is due again stays as it was. Throws `not_found`, `conflict` when nobody is left to
 * send it to or a validation of something else runs, and what making it throws.
 */
export async function runReportSchedule(actor: Actor, id: number, now: Date): Promise<{ done: true }> {
  await transaction(async (connection) => {
    const schedule = await lockSchedule(connection, id);
    if (schedule === undefined) throw noSuchSchedule();
    await noteMade(connection, id, now);
    await make(connection, schedule, now, actor.name);
  });
  return { done: true };
}

type Outcome = { readonly id: number; readonly failed: boolean; readonly error?: unknown };

async function makeNext(now: Date, tried: readonly number[]): Promise<Outcome | undefined> {
  let claimed: number | undefined;
  try {
    return await transaction(async (connection) => {
      const schedule = await claimDueSchedule(connection, now, tried);
      if (schedule === undefined) return undefined;
      claimed = schedule.id;
      await noteMade(connection, schedule.id, now, nextTime(schedule, now));
      await make(connection, schedule, now, null);
      return { id: schedule.id, failed: false };
    });
  } catch (error) {
    if (claimed === undefined) throw error;
    return { id: claimed, failed: true, error };
  }
}

/** Makes it for the person `by`, null for its time having come, with the word of it in the audit last. */
async function make(
  connection: Connection,
  schedule: StoredSchedule,
  now: Date,
  by: string | null,
): Promise<void> {
  const told =
    schedule.what === 'validation'
      ? await askValidation(connection, by)
      : await sendBoardReport(connection, schedule, now);
  await addAudit(connection, {
    by: by ?? SYSTEM,
    action: 'report.sent',
    subject: scheduleSubject(schedule.id),
    details: { what: schedule.what, asked: by !== null, ...told },
  });
}

/** Queues a run over all recordings; one of the same that waits or runs already is as good. Throws `conflict` for another. */
async function askValidation(connection: Connection, by: string | null): Promise<{ readonly run: number }> {
  const asker =
    by === null
      ? ({ cause: 'schedule', askedBy: null } as const)
      : ({ cause: 'asked', askedBy: by } as const);
  const { id, created, same } = await queueValidation(connection, {
    ...asker,
    ablation: true,
    shipped: true,
    recordingIds: [],
  });
  if (!created && !same)
    throw new AppError(
      'conflict',
      `Validation ${id}, which replays something else, waits or runs: all recordings are replayed once it has ended.`,
    );
  return { run: id };
}

/** Queues its messages. Throws `conflict` when nobody is left to send it to. */
async function sendBoardReport(
  connection: Connection,
  schedule: StoredSchedule,
  now: Date,
): Promise<{ readonly addresses: number; readonly webhooks: string }> {
  // What an administrator took away from a webhook since is not sent to it.
  const known = new Set((await reportWebhooks()).map(({ id }) => Number(id)));
  const webhookIds = schedule.webhookIds.filter((id) => known.has(id));
  if (schedule.mailTo.length + webhookIds.length === 0)
    throw new AppError(
      'conflict',
      'Nobody is left to send it to: its webhooks are gone, off, or no longer told of board reports.',
    );
  const days = reportedDays(schedule, now);
  const payload: MessageBody = {
    kind: 'report.board',
    subject: scheduleSubject(schedule.id),
    by: null,
    text: boardSentence(await loadBoardReport({ ...days, by: 'group' }, now)),
    link: `/api/v1/coverage/report?from=${days.from}&to=${days.to}`,
    people: [],
  };
  await addDeliveries(connection, [
    ...schedule.mailTo.map((address) => ({ channel: 'mail' as const, address, payload })),
    ...webhookIds.map((webhookId) => ({ channel: 'webhook' as const, webhookId, payload })),
  ]);
  return { addresses: schedule.mailTo.length, webhooks: webhookIds.join(', ') };
}

function describe(error: unknown): string {
  if (error instanceof AppError) return error.message.slice(0, ERROR_CHARACTERS);
  // Messages of others may quote what was read.
  const code = (error as { readonly code?: unknown } | null)?.code;
  return `The report could not be made${typeof code === 'string' ? ` (${code})` : ''}: the server's log names the cause.`;
}

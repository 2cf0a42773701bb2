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
import { noSuchSchedule } from './reportSchedules';
import { nextTime, reportedDays } from './scheduleTimes';

const ERROR_CHARACTERS = 300;

/**
 * Makes everything that is due at `now`, each once: times that were missed are made up for by one. What is sent is queued
 * in the transaction that moves the schedule on, so that whenever the worker dies none is sent twice and none is lost. One
 * that cannot be made says why, stays due and holds up no other. Returns how many were made; throws what the first of
 * those threw once all were tried, for the log.
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
  if (failed[0] !== undefined) throw failed[0].error;
  return outcomes.length;
}

/** Makes and sends one now; when it is due again stays as it was. Throws `not_found`, and what making it throws. */
export async function runReportSchedule(actor: Actor, id: number, now: Date): Promise<{ done: true }> {
  await transaction(async (connection) => {
    const schedule = await lockSchedule(connection, id);
    if (schedule === undefined) throw noSuchSchedule();
    await noteMade(connection, id, now);
    await make(connection, schedule, now);
    await addAudit(connection, {
      by: actor.name,
      action: 'report.sent',
      subject: scheduleSubject(id),
      details: { what: schedule.what },
    });
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
      await make(connection, schedule, now);
      return { id: schedule.id, failed: false };
    });
  } catch (error) {
    if (claimed === undefined) throw error;
    return { id: claimed, failed: true, error };
  }
}

async function make(connection: Connection, schedule: StoredSchedule, now: Date): Promise<void> {
  if (schedule.what === 'validation') {
    // One that waits or runs already is as good.
    await queueValidation(connection, {
      cause: 'schedule',
      askedBy: null,
      ablation: true,
      shipped: true,
      recordingIds: [],
    });
    return;
  }
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
    ...schedule.webhookIds.map((webhookId) => ({ channel: 'webhook' as const, webhookId, payload })),
  ]);
}

function describe(error: unknown): string {
  if (error instanceof AppError) return error.message.slice(0, ERROR_CHARACTERS);
  // Messages of others may quote what was read.
  const code = (error as { readonly code?: unknown } | null)?.code;
  return `The report could not be made${typeof code === 'string' ? ` (${code})` : ''}: the server's log names the cause.`;
}

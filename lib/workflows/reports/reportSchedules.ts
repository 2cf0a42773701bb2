import type { z } from 'zod';
import type { Actor } from '../../access/can';
import { AppError } from '../../base/appError';
import type {
  changeScheduleBody,
  ReportSchedule,
  reportScheduleBody,
  reportScheduleList,
} from '../../contracts/reports';
import { addAudit } from '../../storage/audit';
import type { AuditAction } from '../../storage/auditActions';
import { listAudit } from '../../storage/auditEntries';
import { type Connection, transaction } from '../../storage/client';
import { mailIsSet } from '../../storage/deliveries';
import {
  deleteSchedule,
  insertSchedule,
  listSchedules,
  lockSchedule,
  type ScheduleSettings,
  scheduleSubject,
  updateSchedule,
  type WatchedSchedule,
} from '../../storage/reportSchedules';
import { listWebhooks } from '../../storage/webhooks';
import { nextTime } from './scheduleTimes';

/** More than anybody reads; each costs a report again and again. */
const MOST_SCHEDULES = 50;

type Asked = z.output<typeof reportScheduleBody>;

/** All schedules, and where a report can go. */
export async function readReportSchedules(): Promise<z.output<typeof reportScheduleList>> {
  const [schedules, webhooks] = await Promise.all([listSchedules(), reportWebhooks()]);
  return { items: schedules.map(toView), mail: mailIsSet(), webhooks: [...webhooks] };
}

/** Adds a schedule, due the next time it means. Throws `bad_request`, and `conflict` when there are too many. */
export async function addReportSchedule(actor: Actor, body: Asked, now: Date): Promise<ReportSchedule> {
  const settings = await settingsOf(body, now);
  if ((await listSchedules()).length >= MOST_SCHEDULES)
    throw new AppError('conflict', `There are ${MOST_SCHEDULES} schedules already: remove one first.`);
  const id = await transaction(async (connection) => {
    const added = await insertSchedule(connection, { ...settings, createdBy: actor.name });
    await noteChange(connection, actor, 'report.scheduled', added, settings);
    return added;
  });
  return readSchedule(id);
}

/** Changes a schedule. Throws `not_found`, `bad_request`, and `conflict` when somebody else changed it meanwhile. */
export async function changeReportSchedule(
  actor: Actor,
  id: number,
  body: z.output<typeof changeScheduleBody>,
  now: Date,
): Promise<ReportSchedule> {
  const { revision, ...asked } = body;
  const settings = await settingsOf(asked, now);
  const newer = await transaction(async (connection) => {
    const before = await lockSchedule(connection, id);
    if (before === undefined) throw noSuchSchedule();
    if (before.revision !== revision) return before.revision;
    await updateSchedule(connection, id, settings);
    await noteChange(connection, actor, 'report.changed', id, settings, before);
    return undefined;
  });
  if (newer !== undefined) throw await changedMeanwhile(id, newer);
  return readSchedule(id);
}

/** The refusal of a change to a schedule that was changed since it was read; says by whom, which the audit knows. */
async function changedMeanwhile(id: number, revision: number): Promise<AppError> {
  const filter = { subject: scheduleSubject(id), actions: ['report.changed'] };
  const [last] = await listAudit(filter, { limit: 1 });
  return new AppError(
    'conflict',
    `${last?.by ?? 'Somebody else'} changed this schedule meanwhile. Look again.`,
    {
      revision: String(revision),
    },
  );
}

/** Removes a schedule; what it sent stays. Throws `not_found`. */
export async function removeReportSchedule(actor: Actor, id: number): Promise<{ done: true }> {
  await transaction(async (connection) => {
    const schedule = await lockSchedule(connection, id);
    if (schedule === undefined) throw noSuchSchedule();
    await deleteSchedule(connection, id);
    await noteChange(connection, actor, 'report.removed', id, schedule);
  });
  return { done: true };
}

/** The refusal for a number no schedule has. */
export function noSuchSchedule(): AppError {
  return new AppError('not_found', 'There is no schedule with this number.');
}

/** Webhooks a report can go to: an administrator subscribed them to it and switched them on. */
export async function reportWebhooks(): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const webhooks = await listWebhooks();
  return webhooks
    .filter(({ enabled, kinds }) => enabled && kinds.includes('report.board'))
    .map(({ id, name }) => ({ id: String(id), name }));
}

/** What is asked for, checked against what there is to send to; one that is switched off sends nothing and may name what is gone. */
async function settingsOf(asked: Asked, now: Date): Promise<ScheduleSettings> {
  const { what, every, hour, enabled } = asked;
  const dayOf = every === 'day' ? 1 : asked.dayOf;
  const mailTo = [...new Set(asked.mailTo.map((address) => address.toLowerCase()))];
  const webhookIds = [...new Set(asked.webhooks)].map(Number);
  if (what === 'validation' && mailTo.length + webhookIds.length > 0)
    throw refused(
      'mailTo',
      'a validation is not sent to anybody: a regression is told to those who may tune analytics',
    );
  if (what === 'board') {
    if (mailTo.length + webhookIds.length === 0) throw refused('mailTo', 'say to whom the report goes');
    if (enabled && mailTo.length > 0 && !mailIsSet())
      throw refused(
        'mailTo',
        'this server sends no mail: SEQUELA_SMTP_URL and SEQUELA_MAIL_FROM are not set',
      );
    const known = enabled && webhookIds.length > 0 ? await reportWebhooks() : undefined;
    const strange = known && webhookIds.find((id) => !known.some((webhook) => webhook.id === String(id)));
    if (strange !== undefined)
      throw refused('webhooks', `webhook ${strange} is not one that is told of board reports`);
  }
  const nextAt = nextTime({ every, dayOf, hour }, now);
  return { what, every, dayOf, hour, mailTo, webhookIds, enabled, nextAt };
}

function refused(path: string, message: string): AppError {
  return new AppError('bad_request', 'The schedule cannot be kept like this.', {
    errors: [{ path, message }],
  });
}

async function readSchedule(id: number): Promise<ReportSchedule> {
  const schedule = (await listSchedules()).find((one) => one.id === id);
  if (schedule === undefined) throw noSuchSchedule();
  return toView(schedule);
}

/** Whom it goes to is counted, and written where it changed: numbers about the fleet leave the house with it. */
async function noteChange(
  connection: Connection,
  actor: Actor,
  action: Extract<AuditAction, `report.${string}`>,
  id: number,
  schedule: ScheduleSettings,
  before?: ScheduleSettings,
): Promise<void> {
  const { what, every, dayOf, hour, mailTo, webhookIds, enabled } = schedule;
  const after = action === 'report.removed' ? [] : mailTo;
  const had = action === 'report.removed' ? mailTo : (before?.mailTo ?? []);
  await addAudit(connection, {
    by: actor.name,
    action,
    subject: scheduleSubject(id),
    details: {
      what,
      every,
      dayOf,
      hour,
      addresses: mailTo.length,
      addressesAdded: after.filter((address) => !had.includes(address)).join(', '),
      addressesRemoved: had.filter((address) => !after.includes(address)).join(', '),
      webhooks: webhookIds.join(', '),
      enabled,
    },
  });
}

function toView(schedule: WatchedSchedule): ReportSchedule {
  const { id, what, every, dayOf, hour, mailTo, webhookIds, enabled, nextAt, lastAt } = schedule;
  return {
    id: String(id),
    what,
    every,
    dayOf,
    hour,
    mailTo: [...mailTo],
    webhooks: webhookIds.map(String),
    enabled,
    nextAt: nextAt.toISOString(),
    lastAt: lastAt?.toISOString() ?? null,
    lastError:
      schedule.lastError ?? (schedule.sendError === null ? null : `Not delivered: ${schedule.sendError}`),
    createdBy: schedule.createdBy,
    revision: schedule.revision,
  };
}

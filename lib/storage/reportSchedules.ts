import { type Connection, pool } from './client';

/** What is made and sent again and again, as it is kept. */
export type StoredSchedule = {
  readonly id: number;
  readonly what: 'board' | 'validation';
  readonly every: 'day' | 'week' | 'month';
  /** Monday is 1; day of the month, at most 28; 1 for `day`. */
  readonly dayOf: number;
  /** UTC. */
  readonly hour: number;
  readonly mailTo: readonly string[];
  readonly webhookIds: readonly number[];
  readonly enabled: boolean;
  readonly nextAt: Date;
  readonly lastAt: Date | null;
  /** Why it could not be made the last time; null when it could. */
  readonly lastError: string | null;
  readonly createdBy: string;
  readonly revision: number;
};

/** A schedule with why a message of its last time did not arrive, so far or for good; null when all did or wait. */
export type WatchedSchedule = StoredSchedule & { readonly sendError: string | null };

/** What people set of one, and when it is due for the first time. */
export type ScheduleSettings = Pick<
  StoredSchedule,
  'what' | 'every' | 'dayOf' | 'hour' | 'mailTo' | 'webhookIds' | 'enabled' | 'nextAt'
>;

/** Subject of the entries of a schedule, and of the messages it sends. */
export function scheduleSubject(id: number): string {
  return `report:${id}`;
}

const COLUMNS = `s.id, s.what, s.every, s.day_of AS "dayOf", s.hour, s.mail_to AS "mailTo", s.webhook_ids AS "webhookIds",
  s.enabled, s.next_at AS "nextAt", s.last_at AS "lastAt", s.last_error AS "lastError", s.created_by AS "createdBy",
  s.revision`;

/** All schedules, in the order they were added. */
export async function listSchedules(): Promise<readonly WatchedSchedule[]> {
  const { rows } = await pool().query<WatchedSchedule>(
    `SELECT ${COLUMNS}, (SELECT d.last_error FROM deliveries d WHERE d.payload->>'subject' = 'report:' || s.id
         AND d.created_at > s.last_at - interval '1 minute' AND d.last_error IS NOT NULL ORDER BY d.id DESC LIMIT 1) AS "sendError"
     FROM report_schedules s ORDER BY s.id`,
  );
  return rows;
}

/** One schedule, held until the transaction ends; undefined when there is none with this number. */
export async function lockSchedule(connection: Connection, id: number): Promise<StoredSchedule | undefined> {
  const { rows } = await connection.query<StoredSchedule>(
    `SELECT ${COLUMNS} FROM report_schedules s WHERE s.id = $1 FOR UPDATE`,
    [id],
  );
  return rows[0];
}

/**
 * The schedule that is due the longest at `now`, held until the transaction ends; one that somebody else holds is passed
 * over, and so are those of `tried`. Undefined when there is none.
 */
export async function claimDueSchedule(
  connection: Connection,
  now: Date,
  tried: readonly number[],
): Promise<StoredSchedule | undefined> {
  const { rows } = await connection.query<StoredSchedule>(
    `SELECT ${COLUMNS} FROM report_schedules s WHERE s.enabled AND s.next_at <= $1 AND s.id <> ALL($2::int[])
     ORDER BY s.next_at, s.id LIMIT 1 FOR UPDATE SKIP LOCKED`,
    [now, tried],
  );
  return rows[0];
}

/** Adds a schedule, and returns its number. */
export async function insertSchedule(
  connection: Connection,
  schedule: ScheduleSettings & Pick<StoredSchedule, 'createdBy'>,
): Promise<number> {
  const { what, every, dayOf, hour, mailTo, webhookIds, enabled, nextAt, createdBy } = schedule;
  const { rows } = await connection.query<{ id: number }>(
    `INSERT INTO report_schedules (what, every, day_of, hour, mail_to, webhook_ids, enabled, next_at, created_by)
     VALUES ($1, $2, $3, $4, $5::text[], $6::int[], $7, $8, $9) RETURNING id`,
    [what, every, dayOf, hour, mailTo, webhookIds, enabled, nextAt, createdBy],
  );
  return rows[0]?.id ?? 0;
}

/** Writes a schedule the caller holds as it is to be; what went wrong before is forgotten. */
export async function updateSchedule(
  connection: Connection,
  id: number,
  schedule: ScheduleSettings,
): Promise<void> {
  const { what, every, dayOf, hour, mailTo, webhookIds, enabled, nextAt } = schedule;
  await connection.query(
    `UPDATE report_schedules SET what = $2, every = $3, day_of = $4, hour = $5, mail_to = $6::text[],
       webhook_ids = $7::int[], enabled = $8, next_at = $9, last_error = NULL, revision = revision + 1
     WHERE id = $1`,
    [id, what, every, dayOf, hour, mailTo, webhookIds, enabled, nextAt],
  );
}

/** Notes that a schedule the caller holds was made at `at`; without `nextAt` it is due when it was before. */
export async function noteMade(
  connection: Connection,
  id: number,
  at: Date,
  nextAt: Date | null = null,
): Promise<void> {
  await connection.query(
    `UPDATE report_schedules SET last_at = $2, last_error = NULL, next_at = coalesce($3, next_at) WHERE id = $1`,
    [id, at, nextAt],
  );
}

/** Notes why a schedule could not be made; it stays due. */
export async function noteNotMade(id: number, error: string): Promise<void> {
  await pool().query('UPDATE report_schedules SET last_error = $2 WHERE id = $1', [id, error]);
}

/** Deletes a schedule the caller holds. */
export async function deleteSchedule(connection: Connection, id: number): Promise<void> {
  await connection.query('DELETE FROM report_schedules WHERE id = $1', [id]);
}

import { type Connection, pool } from './client';
import { jsonText } from './jsonText';
import { addJobs } from './queue';

export type DeliveryChannel = 'mail' | 'webhook';
export type DeliveryState = 'waiting' | 'sent' | 'failed';

/** What a message says; the link is a path of this server. */
export type MessageBody = {
  readonly kind: string;
  readonly subject: string;
  readonly by: string | null;
  readonly text: string;
  readonly link: string;
  /** Handles of those it concerns. */
  readonly people: readonly string[];
};

/** One message on its way out. */
export type StoredDelivery = {
  readonly id: number;
  readonly channel: DeliveryChannel;
  readonly webhookId: number | null;
  readonly address: string | null;
  readonly payload: MessageBody;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly lastError: string | null;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
};

/** A message to be sent: to an address by mail, or to a webhook. */
export type Outgoing =
  | { readonly channel: 'mail'; readonly address: string; readonly payload: MessageBody }
  | { readonly channel: 'webhook'; readonly webhookId: number; readonly payload: MessageBody };

const COLUMNS = `id, channel, webhook_id AS "webhookId", address, payload, state, attempts, last_error AS "lastError",
  created_at AS "createdAt", ended_at AS "endedAt"`;

/** Whether this process was told of a mail server (SEQUELA_SMTP_URL and SEQUELA_MAIL_FROM). */
export function mailIsSet(): boolean {
  return (process.env.SEQUELA_SMTP_URL ?? '') !== '' && (process.env.SEQUELA_MAIL_FROM ?? '') !== '';
}

/** Adds messages and the jobs that send them within the caller's transaction. Returns their ids, in order. */
export async function addDeliveries(
  connection: Connection,
  outgoing: readonly Outgoing[],
): Promise<readonly number[]> {
  if (outgoing.length === 0) return [];
  const { rows } = await connection.query<{ id: number }>(
    `INSERT INTO deliveries (channel, webhook_id, address, payload)
     SELECT o.channel, o.webhook_id, o.address, o.payload
     FROM unnest($1::text[], $2::int[], $3::text[], $4::text[]::jsonb[])
       WITH ORDINALITY AS o(channel, webhook_id, address, payload, place)
     ORDER BY o.place RETURNING id`,
    [
      outgoing.map((one) => one.channel),
      outgoing.map((one) => (one.channel === 'webhook' ? one.webhookId : null)),
      outgoing.map((one) => (one.channel === 'mail' ? one.address : null)),
      outgoing.map((one) => jsonText(one.payload)),
    ],
  );
  const ids = rows.map((row) => row.id);
  await addJobs(
    connection,
    'deliver_message',
    ids.map((deliveryId) => ({ payload: { deliveryId }, key: deliveryKey(deliveryId) })),
    LINE,
  );
  return ids;
}

/** Messages leave one after the other: an address that lets one wait holds up no more than one job of the worker. */
const LINE = 'messages';

function queueDelivery(connection: Connection, deliveryId: number, runAt?: Date): Promise<void> {
  const job = { payload: { deliveryId }, key: deliveryKey(deliveryId) };
  return addJobs(connection, 'deliver_message', [runAt === undefined ? job : { ...job, runAt }], LINE);
}

/** Key of the job that sends a message. */
function deliveryKey(deliveryId: number): string {
  return `delivery:${deliveryId}`;
}

/** One message; undefined when there is none with this id. */
export async function findDelivery(id: number): Promise<StoredDelivery | undefined> {
  const { rows } = await pool().query<StoredDelivery>(`SELECT ${COLUMNS} FROM deliveries WHERE id = $1`, [
    id,
  ]);
  return rows[0];
}

/** Messages of a webhook, newest first, with an id below `before`. */
export async function listDeliveries(
  webhookId: number,
  limit: number,
  before?: number,
): Promise<readonly StoredDelivery[]> {
  const { rows } = await pool().query<StoredDelivery>(
    `SELECT ${COLUMNS} FROM deliveries WHERE webhook_id = $1 AND ($2::bigint IS NULL OR id < $2)
     ORDER BY id DESC LIMIT $3`,
    [webhookId, before ?? null, limit],
  );
  return rows;
}

/** Notes that a message arrived. */
export async function noteSent(id: number): Promise<void> {
  await pool().query(
    `UPDATE deliveries SET state = 'sent', attempts = attempts + 1, last_error = NULL, ended_at = now()
     WHERE id = $1 AND state = 'waiting'`,
    [id],
  );
}

/** Notes that a message did not arrive, and asks for another attempt then; without a time it is given up. */
export async function noteFailedAttempt(
  connection: Connection,
  id: number,
  error: string,
  nextAt: Date | undefined,
): Promise<void> {
  const { rowCount } = await connection.query(
    `UPDATE deliveries SET attempts = attempts + 1, last_error = $2, state = $3,
       ended_at = CASE WHEN $3 = 'failed' THEN now() END
     WHERE id = $1 AND state = 'waiting'`,
    [id, error, nextAt === undefined ? 'failed' : 'waiting'],
  );
  if (rowCount === 1 && nextAt !== undefined) await queueDelivery(connection, id, nextAt);
}

/** Puts a message off without an attempt. */
export async function postponeDelivery(connection: Connection, id: number, until: Date): Promise<void> {
  await queueDelivery(connection, id, until);
}

/** Sends a message that was given up once more, with all its attempts; false when it is not one of those. */
export async function reviveDelivery(
  connection: Connection,
  webhookId: number,
  id: number,
): Promise<boolean> {
  const { rowCount } = await connection.query(
    `UPDATE deliveries SET state = 'waiting', attempts = 0, ended_at = NULL
     WHERE id = $1 AND webhook_id = $2 AND state = 'failed'`,
    [id, webhookId],
  );
  if (rowCount !== 1) return false;
  await queueDelivery(connection, id);
  return true;
}

/** Ended messages are kept this long. */
const KEPT_DAYS = 30;

/** Deletes messages that ended long ago; returns how many. */
export async function forgetOldDeliveries(): Promise<number> {
  const { rowCount } = await pool().query(
    `DELETE FROM deliveries WHERE state <> 'waiting' AND ended_at < now() - make_interval(days => $1)`,
    [KEPT_DAYS],
  );
  return rowCount ?? 0;
}

/** Mail that ended or waits, counted, and why the newest that did not arrive did not; null when all arrived. */
export async function countMail(): Promise<{
  readonly waiting: number;
  readonly sent: number;
  readonly failed: number;
  readonly lastError: string | null;
}> {
  const { rows } = await pool().query<{
    waiting: number;
    sent: number;
    failed: number;
    lastError: string | null;
  }>(
    `SELECT count(*) FILTER (WHERE state = 'waiting')::int AS waiting,
       count(*) FILTER (WHERE state = 'sent')::int AS sent, count(*) FILTER (WHERE state = 'failed')::int AS failed,
       (SELECT last_error FROM deliveries WHERE channel = 'mail' AND last_error IS NOT NULL ORDER BY id DESC LIMIT 1)
         AS "lastError"
     FROM deliveries WHERE channel = 'mail'`,
  );
  return rows[0] ?? { waiting: 0, sent: 0, failed: 0, lastError: null };
}

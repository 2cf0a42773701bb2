import { type Connection, pool } from './client';

/** An address outside that is told of what happens; `secret` is encrypted. */
export type StoredWebhook = {
  readonly id: number;
  readonly name: string;
  readonly url: string;
  readonly secret: string;
  readonly kinds: readonly string[];
  readonly enabled: boolean;
  readonly createdBy: string;
  readonly createdAt: Date;
};

/** A webhook with how its messages fared. */
export type WatchedWebhook = StoredWebhook & {
  /** State of its newest message; null while there was none. */
  readonly lastState: 'waiting' | 'sent' | 'failed' | null;
  /** Messages that were given up. */
  readonly failed: number;
};

const COLUMNS = `w.id, w.name, w.url, w.secret, w.kinds, w.enabled, w.created_by AS "createdBy",
  w.created_at AS "createdAt"`;
const WATCHED = `${COLUMNS},
  (SELECT d.state FROM deliveries d WHERE d.webhook_id = w.id ORDER BY d.id DESC LIMIT 1) AS "lastState",
  (SELECT count(*)::int FROM deliveries d WHERE d.webhook_id = w.id AND d.state = 'failed') AS failed`;

/** All webhooks, in the order they were added. */
export async function listWebhooks(): Promise<readonly WatchedWebhook[]> {
  const { rows } = await pool().query<WatchedWebhook>(`SELECT ${WATCHED} FROM webhooks w ORDER BY w.id`);
  return rows;
}

/** One webhook; undefined when there is none with this number. */
export async function findWebhook(id: number): Promise<WatchedWebhook | undefined> {
  const { rows } = await pool().query<WatchedWebhook>(`SELECT ${WATCHED} FROM webhooks w WHERE w.id = $1`, [
    id,
  ]);
  return rows[0];
}

/** One webhook, held until the transaction ends. */
export async function lockWebhook(connection: Connection, id: number): Promise<StoredWebhook | undefined> {
  const { rows } = await connection.query<StoredWebhook>(
    `SELECT ${COLUMNS} FROM webhooks w WHERE w.id = $1 FOR UPDATE`,
    [id],
  );
  return rows[0];
}

/** Adds a webhook and returns its number. */
export async function insertWebhook(
  connection: Connection,
  webhook: Pick<StoredWebhook, 'name' | 'url' | 'secret' | 'kinds' | 'createdBy'>,
): Promise<number> {
  const { rows } = await connection.query<{ id: number }>(
    `INSERT INTO webhooks (name, url, secret, kinds, created_by) VALUES ($1, $2, $3, $4::text[], $5) RETURNING id`,
    [webhook.name, webhook.url, webhook.secret, webhook.kinds, webhook.createdBy],
  );
  return rows[0]?.id ?? 0;
}

/** Writes a webhook the caller holds as it is to be; its secret stays. */
export async function updateWebhook(
  connection: Connection,
  webhook: Pick<StoredWebhook, 'id' | 'name' | 'url' | 'kinds' | 'enabled'>,
): Promise<void> {
  await connection.query(
    'UPDATE webhooks SET name = $2, url = $3, kinds = $4::text[], enabled = $5 WHERE id = $1',
    [webhook.id, webhook.name, webhook.url, webhook.kinds, webhook.enabled],
  );
}

/** Deletes a webhook the caller holds, and its messages; one that is being sent finds nothing left of it. */
export async function deleteWebhook(connection: Connection, id: number): Promise<void> {
  await connection.query('DELETE FROM deliveries WHERE webhook_id = $1', [id]);
  await connection.query('DELETE FROM webhooks WHERE id = $1', [id]);
}

import type { Actor } from '../access/can';
import { AppError } from '../base/appError';
import type { DeliveryList, DeliveryView } from '../contracts/notifications';
import { addAudit } from '../storage/audit';
import { transaction } from '../storage/client';
import {
  addDeliveries,
  findDelivery,
  listDeliveries,
  reviveDelivery,
  type StoredDelivery,
} from '../storage/deliveries';
import { findWebhook, lockWebhook } from '../storage/webhooks';
import { fromCursor, toCursor } from './cursor';
import { noSuchWebhook } from './notificationWebhooks';

const PAGE = 25;

/** Messages of a webhook, newest first. Throws `not_found`. */
export async function readDeliveries(
  webhookId: number,
  query: { readonly cursor?: string | undefined; readonly limit?: number | undefined },
): Promise<DeliveryList> {
  if ((await findWebhook(webhookId)) === undefined) throw noSuchWebhook();
  const limit = query.limit ?? PAGE;
  const before = fromCursor(query.cursor, 'number');
  const rows = await listDeliveries(
    webhookId,
    limit + 1,
    before === undefined ? undefined : Math.trunc(before[0]),
  );
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(toView),
    nextCursor: rows.length > limit && last !== undefined ? toCursor([last.id]) : null,
  };
}

/** Sends a webhook a test message, also one that is switched off. Throws `not_found`. */
export async function testWebhook(actor: Actor, webhookId: number): Promise<DeliveryView> {
  const id = await transaction(async (connection) => {
    if ((await lockWebhook(connection, webhookId)) === undefined) throw noSuchWebhook();
    const [added] = await addDeliveries(connection, [
      {
        channel: 'webhook',
        webhookId,
        payload: {
          kind: 'test',
          subject: `webhook:${webhookId}`,
          by: actor.name,
          text: 'A test message of Sequela.',
          link: '/admin/webhooks',
          people: [],
        },
      },
    ]);
    await addAudit(connection, {
      by: actor.name,
      action: 'webhook.tested',
      subject: `webhook:${webhookId}`,
      details: {},
    });
    return added;
  });
  return deliveryOrRefuse(id);
}

/** Sends a message that was given up once more. Throws `not_found`, and `conflict` for one that was not given up. */
export async function retryDelivery(
  actor: Actor,
  webhookId: number,
  deliveryId: number,
): Promise<DeliveryView> {
  const before = await findDelivery(deliveryId);
  if (before === undefined || before.webhookId !== webhookId)
    throw new AppError('not_found', 'This webhook has no message with this id.');
  await transaction(async (connection) => {
    if (!(await reviveDelivery(connection, webhookId, deliveryId)))
      throw new AppError('conflict', 'This message was not given up: it arrived, or is being sent.');
    await addAudit(connection, {
      by: actor.name,
      action: 'webhook.retried',
      subject: `webhook:${webhookId}`,
      details: { delivery: deliveryId },
    });
  });
  return deliveryOrRefuse(deliveryId);
}

async function deliveryOrRefuse(id: number | undefined): Promise<DeliveryView> {
  const delivery = id === undefined ? undefined : await findDelivery(id);
  if (delivery === undefined) throw new AppError('not_found', 'The message is no longer there.');
  return toView(delivery);
}

function toView(stored: StoredDelivery): DeliveryView {
  const { id, payload, state, attempts, lastError, createdAt, endedAt } = stored;
  return {
    id: String(id),
    kind: payload.kind,
    subject: payload.subject,
    state,
    attempts,
    lastError,
    createdAt: createdAt.toISOString(),
    endedAt: endedAt?.toISOString() ?? null,
  };
}

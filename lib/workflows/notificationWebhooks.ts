import { createHash } from 'node:crypto';
import type { Actor } from '../access/can';
import { AppError } from '../base/appError';
import type { NewWebhook, NotificationKind, WebhookList, WebhookView } from '../contracts/notifications';
import { addAudit } from '../storage/audit';
import { type Connection, transaction } from '../storage/client';
import { countMail, mailIsSet } from '../storage/deliveries';
import {
  deleteWebhook,
  findWebhook,
  insertWebhook,
  listWebhooks,
  lockWebhook,
  type StoredWebhook,
  updateWebhook,
  type WatchedWebhook,
} from '../storage/webhooks';
import { allowEntries, checkUrl, parseAllowList, Undeliverable } from './deliverAddress';
import { makeSecret, seal } from './deliverSignature';

/** More webhooks than anybody needs; each costs a row per message. */
const MOST_WEBHOOKS = 50;

/** All webhooks, and how mail fares. */
export async function readWebhooks(): Promise<WebhookList> {
  const [webhooks, mail] = await Promise.all([listWebhooks(), countMail()]);
  return {
    items: webhooks.map(toView),
    allowed: [...allowEntries(process.env.SEQUELA_WEBHOOK_ALLOW)],
    mail: { set: mailIsSet(), ...mail },
  };
}

/** One webhook. Throws `not_found`. */
export async function readWebhook(id: number): Promise<WebhookView> {
  const webhook = await findWebhook(id);
  if (webhook === undefined) throw noSuchWebhook();
  return toView(webhook);
}

/** Adds a webhook, and tells the secret of its signatures this once. Throws `bad_request` for an address inside. */
export async function addWebhook(
  actor: Actor,
  body: { readonly name: string; readonly url: string; readonly kinds: readonly NotificationKind[] },
): Promise<NewWebhook> {
  const url = urlOrRefuse(body.url);
  if ((await listWebhooks()).length >= MOST_WEBHOOKS)
    throw new AppError('conflict', `There are ${MOST_WEBHOOKS} webhooks already: remove one first.`);
  const secret = makeSecret();
  const id = await transaction(async (connection) => {
    const added = await insertWebhook(connection, {
      name: body.name,
      url,
      secret: seal(secret),
      kinds: unique(body.kinds),
      createdBy: actor.name,
    });
    await noteChange(connection, actor, 'webhook.added', {
      id: added,
      name: body.name,
      url,
      kinds: body.kinds,
      enabled: true,
    });
    return added;
  });
  return { webhook: await readWebhook(id), secret };
}

/** Changes a webhook. Throws `not_found`, `bad_request`, and `conflict` when somebody else changed it meanwhile. */
export async function changeWebhook(
  actor: Actor,
  id: number,
  body: {
    readonly name?: string | undefined;
    readonly url?: string | undefined;
    readonly kinds?: readonly NotificationKind[] | undefined;
    readonly enabled?: boolean | undefined;
    readonly revision: string;
  },
): Promise<WebhookView> {
  const url = body.url === undefined ? undefined : urlOrRefuse(body.url);
  await transaction(async (connection) => {
    const before = await lockWebhook(connection, id);
    if (before === undefined) throw noSuchWebhook();
    const revision = revisionOf(before);
    if (revision !== body.revision)
      throw new AppError('conflict', 'Somebody else changed this webhook meanwhile. Look again.', {
        revision,
      });
    const after = {
      id,
      name: body.name ?? before.name,
      url: url ?? before.url,
      kinds: unique(body.kinds ?? before.kinds),
      enabled: body.enabled ?? before.enabled,
    };
    await updateWebhook(connection, after);
    await noteChange(connection, actor, 'webhook.changed', after);
  });
  return readWebhook(id);
}

/** Removes a webhook with its messages. Throws `not_found`. */
export async function removeWebhook(actor: Actor, id: number): Promise<{ done: true }> {
  await transaction(async (connection) => {
    const webhook = await lockWebhook(connection, id);
    if (webhook === undefined) throw noSuchWebhook();
    await deleteWebhook(connection, id);
    await noteChange(connection, actor, 'webhook.removed', webhook);
  });
  return { done: true };
}

/** The refusal for a number no webhook has. */
export function noSuchWebhook(): AppError {
  return new AppError('not_found', 'There is no webhook with this number.');
}

async function noteChange(
  connection: Connection,
  actor: Actor,
  action: 'webhook.added' | 'webhook.changed' | 'webhook.removed',
  webhook: Pick<StoredWebhook, 'id' | 'name' | 'url' | 'kinds' | 'enabled'>,
): Promise<void> {
  await addAudit(connection, {
    by: actor.name,
    action,
    subject: `webhook:${webhook.id}`,
    // The host alone: paths of such addresses often are a secret of the receiver's.
    details: {
      name: webhook.name,
      host: URL.canParse(webhook.url) ? new URL(webhook.url).host : '',
      kinds: webhook.kinds.join(', '),
      enabled: webhook.enabled,
    },
  });
}

function urlOrRefuse(text: string): string {
  try {
    return checkUrl(text, parseAllowList(process.env.SEQUELA_WEBHOOK_ALLOW)).href;
  } catch (error) {
    if (!(error instanceof Undeliverable)) throw error;
    throw new AppError('bad_request', error.message, { errors: [{ path: 'url', message: error.message }] });
  }
}

function unique(kinds: readonly string[]): readonly string[] {
  return [...new Set(kinds)];
}

/** Differs whenever what people set differs. */
function revisionOf({ name, url, kinds, enabled }: StoredWebhook): string {
  return createHash('sha256')
    .update(JSON.stringify([name, url, kinds, enabled]))
    .digest('hex')
    .slice(0, 16);
}

function toView(webhook: WatchedWebhook): WebhookView {
  const { id, name, url, kinds, enabled, createdBy, createdAt, lastState, failed } = webhook;
  return {
    id,
    name,
    url,
    kinds: [...kinds],
    enabled,
    createdBy,
    createdAt: createdAt.toISOString(),
    revision: revisionOf(webhook),
    lastState,
    failed,
  };
}

import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { StoredDelivery } from '../storage/deliveries';
import type { StoredWebhook } from '../storage/webhooks';
import {
  type AllowList,
  checkedLookup,
  checkUrl,
  parseAllowList,
  type Resolve,
  Undeliverable,
} from './deliverAddress';
import { linkTo } from './deliverLink';
import { signatureOf, unseal } from './deliverSignature';

/** Nothing a receiver does may hold a job longer than this. */
const TIMEOUT_MS = 10_000;
/** What is read of an answer before the connection is cut; none of it is kept. */
const ANSWER_BYTES = 4_096;

/** How a message is sent, as tests may set it. */
export type PostOptions = {
  readonly allow?: AllowList;
  readonly resolve?: Resolve;
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
};

/**
 * Sends a message to a webhook: JSON, signed, with an id by which the receiver knows it again. Follows no redirect and
 * keeps nothing of the answer. Throws `Undeliverable` where it must not go, and any other error where it did not
 * arrive.
 */
export async function deliverWebhook(
  delivery: StoredDelivery,
  webhook: StoredWebhook,
  options: PostOptions = {},
): Promise<void> {
  const secret = unseal(webhook.secret);
  if (secret === undefined)
    throw new Undeliverable(
      'Its secret cannot be read: SEQUELA_SECRET is not the one it was added under. Remove the webhook and add it again.',
    );
  const body = messageOf(delivery);
  const status = await post(webhook.url, body, options, {
    'sequela-delivery': String(delivery.id),
    'sequela-signature': signatureOf(secret, body, Math.floor(Date.now() / 1000)),
  });
  if (status >= 200 && status < 300) return;
  throw new Error(
    status >= 300 && status < 400 ? `answered ${status}; redirects are not followed` : `answered ${status}`,
  );
}

/** What a webhook is told, as JSON. */
function messageOf({ id, createdAt, payload }: StoredDelivery): string {
  const { kind, subject, by, people, text, link } = payload;
  return JSON.stringify({
    id: String(id),
    at: createdAt.toISOString(),
    kind,
    subject,
    by,
    people,
    text,
    url: linkTo(link),
  });
}

/** Posts JSON and gives back the status of the answer. */
async function post(
  address: string,
  body: string,
  options: PostOptions,
  headers: Readonly<Record<string, string>>,
): Promise<number> {
  const allow = options.allow ?? parseAllowList(process.env.SEQUELA_WEBHOOK_ALLOW);
  const url = checkUrl(address, allow);
  const timeout = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS);
  const signal = options.signal === undefined ? timeout : AbortSignal.any([timeout, options.signal]);
  const { request, Agent } = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    let answered = false;
    const sending = request(url, {
      method: 'POST',
      // A connection of its own: none that was opened under other rules is used again, and no proxy.
      agent: new Agent({ keepAlive: false }),
      lookup: checkedLookup(allow, options.resolve),
      signal,
      headers: {
        ...headers,
        'content-type': 'application/json; charset=utf-8',
        'content-length': Buffer.byteLength(body),
        'user-agent': 'Sequela',
      },
    });
    sending.on('error', (error) => reject(timeout.aborted ? new Error('no answer within 10 s') : error));
    sending.on('response', (answer) => {
      answered = true;
      const status = answer.statusCode ?? 0;
      sending.on('close', () => resolve(status));
      leaveBody(answer, () => resolve(status));
    });
    // 101: a receiver that wants to speak something else than HTTP.
    sending.on('upgrade', (answer, socket) => {
      socket.destroy();
      reject(new Error(`answered ${answer.statusCode ?? 101}`));
    });
    // After an answer or an error this changes nothing.
    sending.on('close', () => {
      if (!answered) reject(new Error('closed the connection without an answer'));
    });
    sending.end(body);
  });
}

/** Lets a short answer end, so that the connection closes in order, and cuts a long one. */
function leaveBody(answer: IncomingMessage, done: () => void): void {
  let bytes = 0;
  answer.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > ANSWER_BYTES) answer.destroy();
  });
  // The status says all: an answer that breaks off afterwards changes nothing.
  answer.on('error', done);
  answer.on('close', done);
}

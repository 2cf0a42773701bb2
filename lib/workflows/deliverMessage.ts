import { AppError } from '../base/appError';
import { transaction } from '../storage/client';
import {
  findDelivery,
  noteFailedAttempt,
  noteSent,
  postponeDelivery,
  type StoredDelivery,
} from '../storage/deliveries';
import { findWebhook } from '../storage/webhooks';
import { Undeliverable } from './deliverAddress';
import { deliverMail } from './deliverMail';
import { deliverWebhook } from './deliverWebhook';

const MINUTE_MS = 60_000;
/** How long is waited after each attempt that failed; after the last there is none. Eight attempts in 22 hours. */
const WAITS_MS: readonly number[] = [0.5, 2, 10, 30, 120, 360, 780].map((minutes) => minutes * MINUTE_MS);
const ERROR_CHARACTERS = 300;

/** An attempt that takes longer is one too many: the address is then left alone for a while. */
const SLOW_MS = 3_000;
const REST_MS = 5 * MINUTE_MS;

/** Webhooks that let this worker wait, and until when (milliseconds since 1970) they are left alone. */
const resting = new Map<number, number>();

/**
 * Makes one attempt at sending a message, and asks for the next if it did not arrive. Does nothing for one that was
 * sent, given up or removed. Sending twice is possible where the worker is killed in between: receivers know the id.
 */
export async function deliverMessage(id: number, signal?: AbortSignal): Promise<void> {
  const delivery = await findDelivery(id);
  if (delivery === undefined || delivery.state !== 'waiting') return;
  const rest = resting.get(delivery.webhookId ?? 0) ?? 0;
  if (rest > Date.now()) return transaction((connection) => postponeDelivery(connection, id, new Date(rest)));
  const began = Date.now();
  try {
    await send(delivery, signal);
  } catch (error) {
    // A worker that is being stopped: the attempt does not count, the queue makes it again.
    if (signal?.aborted === true) throw error;
    if (delivery.webhookId !== null && Date.now() - began > SLOW_MS)
      resting.set(delivery.webhookId, Date.now() + REST_MS);
    await noteFailure(delivery, error);
    return;
  }
  await noteSent(id);
}

/** Gives a message up because every worker that took it was ended from outside. */
export async function giveUpDelivery(id: number, error: unknown): Promise<void> {
  await transaction((connection) => noteFailedAttempt(connection, id, describe(error), undefined));
}

async function send(delivery: StoredDelivery, signal: AbortSignal | undefined): Promise<void> {
  if (delivery.channel === 'mail') return deliverMail(delivery);
  const webhook = delivery.webhookId === null ? undefined : await findWebhook(delivery.webhookId);
  if (webhook === undefined) throw new Undeliverable('The webhook was removed.');
  // A test is asked for by hand, also of one that is switched off.
  if (!webhook.enabled && delivery.payload.kind !== 'test')
    throw new Undeliverable('The webhook is switched off.');
  await deliverWebhook(delivery, webhook, signal === undefined ? {} : { signal });
}

async function noteFailure(delivery: StoredDelivery, error: unknown): Promise<void> {
  const wait = isFinal(error) ? undefined : WAITS_MS[delivery.attempts];
  const nextAt = wait === undefined ? undefined : new Date(Date.now() + wait);
  await transaction((connection) => noteFailedAttempt(connection, delivery.id, describe(error), nextAt));
}

/** Whether another attempt could not do better. */
function isFinal(error: unknown): boolean {
  return error instanceof Undeliverable || error instanceof AppError;
}

/** A short line of what went wrong, without what the other side wrote. */
function describe(error: unknown): string {
  const { message, code, responseCode } = (error ?? {}) as {
    readonly message?: unknown;
    readonly code?: unknown;
    readonly responseCode?: unknown;
  };
  const words =
    typeof responseCode === 'number'
      ? `the mail server answered ${responseCode}`
      : typeof code === 'string' && !(error instanceof AppError)
        ? (WORDS[code] ?? code)
        : String(message ?? error);
  return words.slice(0, ERROR_CHARACTERS);
}

/** Codes of the network, in words. */
const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused (ECONNREFUSED)',
  ECONNRESET: 'the connection was cut (ECONNRESET)',
  ENOTFOUND: 'the name is not known (ENOTFOUND)',
  EAI_AGAIN: 'the name could not be looked up (EAI_AGAIN)',
  ETIMEDOUT: 'no connection in time (ETIMEDOUT)',
  EDNS: 'the name of the mail server is not known',
  ECONNECTION: 'no connection to the mail server',
  ESOCKET: 'no connection to the mail server',
  EAUTH: 'the mail server refused the sign-in',
};

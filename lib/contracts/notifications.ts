import { z } from 'zod';
import { CHANNELS, NOTIFICATION_KINDS, type NotificationKind } from '../access/notificationKinds';
import { isoTime, storableText } from './scalars';

export {
  CHANNELS,
  type Channel,
  NOTIFICATION_KINDS,
  type NotificationKind,
} from '../access/notificationKinds';

export const channel = z.enum(CHANNELS);

const KINDS = Object.keys(NOTIFICATION_KINDS) as [NotificationKind, ...NotificationKind[]];
export const notificationKind = z.enum(KINDS);

/** Whether a stored text is a kind this version knows; older and newer ones may not be. */
export function isNotificationKind(kind: string): kind is NotificationKind {
  return Object.hasOwn(NOTIFICATION_KINDS, kind);
}

/** Kinds people choose ways for, in order; a test is asked for each time, a report goes to whom its schedule names. */
export const CHOOSABLE_KINDS: readonly NotificationKind[] = KINDS.filter(
  (kind) => kind !== 'test' && kind !== 'report.board',
);
/** Kinds a webhook may be told of, in order; it is told of every test. */
export const WEBHOOK_KINDS: readonly NotificationKind[] = KINDS.filter(
  (kind) => kind !== 'test' && NOTIFICATION_KINDS[kind].webhook,
);

/** Something one was told. */
export const notificationView = z.object({
  id: z.string(),
  at: isoTime,
  /** One of NOTIFICATION_KINDS; a text where an older version wrote another. */
  kind: z.string(),
  /** What it is about: `finding:ID`, `case:12`. */
  subject: z.string(),
  /** Handle of who caused it; null when data did. */
  by: z.string().nullable(),
  /** May quote telemetry. */
  text: z.string(),
  /** A path of this server. */
  link: z.string(),
  readAt: isoTime.nullable(),
});
export type NotificationView = z.infer<typeof notificationView>;

export const notificationQuery = z.object({
  cursor: z.string().max(2000).optional(),
  limit: z.coerce.number().int().min(1).max(100).optional(),
  unread: z.enum(['true', 'false']).optional().meta({ description: '`true`: only what was not read' }),
});
/** Newest first. `unread` counts all unread ones, whatever the page. */
export const notificationList = z.object({
  items: z.array(notificationView),
  nextCursor: z.string().nullable(),
  unread: z.int(),
});
export type NotificationList = z.infer<typeof notificationList>;
/** `newest` is the id of the newest notification there is, read or not; null when there is none. */
export const unreadCount = z.object({ unread: z.int(), newest: z.string().nullable() });
export type UnreadCount = z.infer<typeof unreadCount>;
export const byNotification = z.object({ id: z.string().regex(/^\d{1,15}$/, 'not an id of a notification') });
/** Up to which notification everything was read: what came after the reader looked stays unread. */
export const readAllBody = z.object({ upTo: z.string().regex(/^\d{1,15}$/, 'not an id of a notification') });

/** By which ways one is told of a kind. */
export const choiceView = z.object({
  kind: notificationKind,
  title: z.string(),
  channels: z.array(channel),
  /** True while one chose nothing oneself. */
  usual: z.boolean(),
});
export type ChoiceView = z.infer<typeof choiceView>;
export const choicesView = z.object({
  items: z.array(choiceView),
  /** Whether this server can send mail at all. */
  mail: z.boolean(),
  /** Where mail to oneself goes; null for one without an address. */
  address: z.string().nullable(),
});
export type ChoicesView = z.infer<typeof choicesView>;
export const choicesBody = z.object({
  items: z
    .array(z.object({ kind: notificationKind, channels: z.array(channel).max(CHANNELS.length) }))
    .min(1)
    .max(KINDS.length),
});

const webhookName = storableText.trim().min(1).max(80);
const webhookUrl = storableText.trim().min(1).max(2000);
const webhookKinds = z
  .array(notificationKind.refine((kind) => WEBHOOK_KINDS.includes(kind), 'not a kind webhooks are told of'))
  .min(1)
  .max(KINDS.length);

/** An address outside that is told of what happens. Its secret is never shown again. */
export const webhookView = z.object({
  id: z.int(),
  name: z.string(),
  url: z.string(),
  kinds: z.array(z.string()),
  enabled: z.boolean(),
  createdBy: z.string(),
  createdAt: isoTime,
  /** Changes whenever the webhook does; to be sent along with a change. */
  revision: z.string(),
  /** How its last message ended; null while there was none. */
  lastState: z.enum(['waiting', 'sent', 'failed']).nullable(),
  /** Messages that were given up. */
  failed: z.int(),
});
export type WebhookView = z.infer<typeof webhookView>;
export const webhookList = z.object({
  items: z.array(webhookView),
  /** Names and networks inside that messages may go to (SEQUELA_WEBHOOK_ALLOW). */
  allowed: z.array(z.string()),
  /** Mail of the last 30 days, to everybody. */
  mail: z.object({
    /** Whether this server can send mail at all (SEQUELA_SMTP_URL, SEQUELA_MAIL_FROM). */
    set: z.boolean(),
    waiting: z.int(),
    sent: z.int(),
    failed: z.int(),
    /** Why the newest message that waits for another attempt or was given up did not arrive. */
    lastError: z.string().nullable(),
  }),
});
export type WebhookList = z.infer<typeof webhookList>;
export const addWebhookBody = z.object({ name: webhookName, url: webhookUrl, kinds: webhookKinds });
/** The secret that signs its messages, shown this once. */
export const newWebhook = z.object({ webhook: webhookView, secret: z.string() });
export type NewWebhook = z.infer<typeof newWebhook>;
export const changeWebhookBody = z.object({
  name: webhookName.optional(),
  url: webhookUrl.optional(),
  kinds: webhookKinds.optional(),
  enabled: z.boolean().optional(),
  revision: z.string().max(80),
});
/** One message on its way to a webhook. */
export const deliveryView = z.object({
  id: z.string(),
  kind: z.string(),
  subject: z.string(),
  state: z.enum(['waiting', 'sent', 'failed']),
  attempts: z.int(),
  /** Why the last attempt failed. */
  lastError: z.string().nullable(),
  createdAt: isoTime,
  endedAt: isoTime.nullable(),
});
export type DeliveryView = z.infer<typeof deliveryView>;
export const deliveryList = z.object({ items: z.array(deliveryView), nextCursor: z.string().nullable() });
export type DeliveryList = z.infer<typeof deliveryList>;
export const byDelivery = z.object({
  id: z.string().regex(/^\d{1,9}$/, 'a number'),
  delivery: z.string().regex(/^\d{1,15}$/, 'not an id of a delivery'),
});

import { z } from 'zod';
import { isoTime, storableText } from './scalars';

/** Ways a person can be told: in the application, by mail. */
export const CHANNELS = ['app', 'mail'] as const;
export const channel = z.enum(CHANNELS);
export type Channel = z.infer<typeof channel>;

/** What a kind of notification is: its name on screens, how people are told without a choice of theirs. */
type KindFacts = {
  /** For the person who is told. */
  readonly title: string;
  /** For others, to whom "mine" means nothing. */
  readonly event: string;
  /** Ways of those who chose nothing. */
  readonly channels: readonly Channel[];
  /** Whether systems outside may be told too; what concerns one person alone they may not. */
  readonly webhook: boolean;
};

const APP: readonly Channel[] = ['app'];
const BOTH: readonly Channel[] = ['app', 'mail'];

/** Everything people are told of, by kind, in the order of the choices. */
export const NOTIFICATION_KINDS = {
  'finding.assigned': {
    title: 'A finding is given to me',
    event: 'A finding is given to somebody',
    channels: BOTH,
    webhook: true,
  },
  'finding.reopened': {
    title: 'Later data opens a finding of mine again',
    event: 'Later data opens a finding again',
    channels: BOTH,
    webhook: true,
  },
  'finding.changed': {
    title: 'Somebody decides on a finding of mine',
    event: 'Somebody decides on a finding of another',
    channels: APP,
    webhook: true,
  },
  'alert.assigned': {
    title: 'An alert is given to me',
    event: 'An alert is given to somebody',
    channels: BOTH,
    webhook: true,
  },
  'clock.breached': {
    title: 'A finding of mine is past its service clock',
    event: 'A finding is past its service clock',
    channels: BOTH,
    webhook: true,
  },
  'case.assigned': {
    title: 'A case is given to me',
    event: 'A case is given to somebody',
    channels: BOTH,
    webhook: true,
  },
  'case.mentioned': {
    title: 'Somebody mentions me',
    event: 'Somebody is mentioned',
    channels: BOTH,
    webhook: false,
  },
  'case.commented': {
    title: 'Somebody comments on a case of mine',
    event: 'Somebody comments on a case',
    channels: APP,
    webhook: true,
  },
  'case.submitted': {
    title: 'A case awaits review',
    event: 'A case awaits review',
    channels: BOTH,
    webhook: true,
  },
  'case.sent_back': {
    title: 'A case of mine is sent back',
    event: 'A case is sent back',
    channels: BOTH,
    webhook: true,
  },
  'case.approved': {
    title: 'A case of mine is approved',
    event: 'A case is approved',
    channels: APP,
    webhook: true,
  },
  'task.assigned': {
    title: 'A task is given to me',
    event: 'A task is given to somebody',
    channels: BOTH,
    webhook: true,
  },
  'baseline.ending': {
    title: 'A baseline of mine ends within seven days',
    event: 'A baseline ends within seven days',
    channels: BOTH,
    webhook: true,
  },
  'baseline.approval_asked': {
    title: 'A baseline needs a second approver',
    event: 'A baseline needs a second approver',
    channels: BOTH,
    webhook: true,
  },
  'import.failed': {
    title: 'An import of mine failed',
    event: 'An import failed',
    channels: APP,
    webhook: true,
  },
  security: {
    title: 'My account: a sign-in from a new device, a new password, a new key',
    event: 'Something of an account changed',
    channels: BOTH,
    webhook: false,
  },
  test: { title: 'A test message', event: 'A test message', channels: APP, webhook: true },
} as const satisfies Readonly<Record<string, KindFacts>>;

export type NotificationKind = keyof typeof NOTIFICATION_KINDS;
const KINDS = Object.keys(NOTIFICATION_KINDS) as [NotificationKind, ...NotificationKind[]];
export const notificationKind = z.enum(KINDS);

/** Whether a stored text is a kind this version knows; older and newer ones may not be. */
export function isNotificationKind(kind: string): kind is NotificationKind {
  return Object.hasOwn(NOTIFICATION_KINDS, kind);
}

/** Kinds people choose ways for, in order; a test is asked for each time. */
export const CHOOSABLE_KINDS: readonly NotificationKind[] = KINDS.filter((kind) => kind !== 'test');
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

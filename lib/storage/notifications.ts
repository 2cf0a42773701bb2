import type { Role } from '../access/can';
import { DEMO_HANDLE, isDemo } from '../access/demo';
import { type Channel, NOTIFICATION_KINDS, type NotificationKind } from '../access/notificationKinds';
import { safeNext } from '../base/safeNext';
import { type Connection, pool } from './client';
import { addDeliveries, type MessageBody, mailIsSet, type Outgoing } from './deliveries';

/** Something a person is to be told. */
export type Note = {
  /** Handle of whom to tell. */
  readonly person: string;
  readonly kind: NotificationKind;
  /** What it is about: `finding:ID`, `case:12`. */
  readonly subject: string;
  /** Handle of who caused it; null when data did. */
  readonly by: string | null;
  /** One plain sentence; may quote telemetry. */
  readonly text: string;
  /** A path of this server: `/findings/…`. */
  readonly link: string;
};

/** A notification as it is kept. */
export type StoredNotification = {
  readonly id: number;
  readonly at: Date;
  readonly kind: string;
  readonly subject: string;
  readonly by: string | null;
  readonly text: string;
  readonly link: string;
  readonly readAt: Date | null;
};

/**
 * Tells people something, within the caller's transaction: by the ways each chose, in the application and by mail,
 * and the webhooks that are subscribed to the kind. The person who acted is not told, nor one who left; what
 * somebody has before them unread they are not told again. Takes no row locks; to be called before `addAudit`.
 */
export async function notify(connection: Connection, notes: readonly Note[]): Promise<void> {
  if (notes.length === 0) return;
  const tidied = notes.map(tidyNote);
  const told = await recipients(connection, tidied);
  const unseen = await addUnseen(connection, told);
  const mails = unseen.flatMap(({ note, channels, email }) =>
    channels.includes('mail') && email !== null && mailIsSet()
      ? [{ channel: 'mail' as const, address: email, payload: toBody(note, [note.person]) }]
      : [],
  );
  await addDeliveries(connection, [...mails, ...(await toWebhooks(connection, tidied))]);
}

type Told = {
  readonly note: Note;
  readonly channels: readonly Channel[];
  /** Null for somebody without an address. */
  readonly email: string | null;
};

/** Longest text that is kept; a sentence needs less. */
const TEXT_CHARACTERS = 600;
const SUBJECT_CHARACTERS = 300;
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what PostgreSQL cannot store
const UNSTORABLE = /[\u0000\ud800-\udfff]/gu;

function tidyNote(note: Note): Note {
  const clean = (text: string, characters: number) =>
    (text.length > characters ? `${text.slice(0, characters - 1)}…` : text).replace(UNSTORABLE, '\ufffd');
  return {
    ...note,
    subject: clean(note.subject, SUBJECT_CHARACTERS),
    text: clean(note.text, TEXT_CHARACTERS),
    link: safeNext(note.link) ?? '/',
  };
}

/** Who is told what, by which ways: active people only, and nobody of what they did themselves. */
async function recipients(connection: Connection, notes: readonly Note[]): Promise<readonly Told[]> {
  const others = distinct(notes.filter((note) => note.person !== note.by));
  if (others.length === 0) return [];
  const { rows } = await connection.query<{
    place: number;
    email: string | null;
    channels: Channel[] | null;
  }>(
    `SELECT n.place::int AS place, p.email, c.channels
     FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS n(person, kind, place)
       LEFT JOIN people p ON p.handle = n.person AND p.deactivated_at IS NULL
       LEFT JOIN notification_choices c ON c.person = n.person AND c.kind = n.kind
     WHERE p.handle IS NOT NULL OR n.person = $3
     ORDER BY n.place`,
    [others.map((note) => note.person), others.map((note) => note.kind), demoHandle()],
  );
  return rows.flatMap(({ place, email, channels }) => {
    const note = others[place - 1];
    return note === undefined
      ? []
      : [{ note, email, channels: channels ?? [...NOTIFICATION_KINDS[note.kind].channels] }];
  });
}

/** In the demo mode the one person there is has no row. */
export function demoHandle(): string | null {
  return isDemo() ? DEMO_HANDLE : null;
}

/** One note per person, kind and subject: the last. */
function distinct(notes: readonly Note[]): readonly Note[] {
  const byKey = new Map(notes.map((note) => [JSON.stringify([note.person, note.kind, note.subject]), note]));
  return [...byKey.values()];
}

/** Adds what is to be told in the application; gives back what nobody has before them unread already. */
async function addUnseen(connection: Connection, told: readonly Told[]): Promise<readonly Told[]> {
  const inApp = told.filter(({ channels }) => channels.includes('app'));
  if (inApp.length === 0) return told;
  const { rows } = await connection.query<{ person: string; kind: string; subject: string }>(
    `INSERT INTO notifications (person, kind, subject, by, text, link)
     SELECT n.person, n.kind, n.subject, n.by, n.text, n.link
     FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
       WITH ORDINALITY AS n(person, kind, subject, by, text, link, place)
     WHERE NOT EXISTS (SELECT 1 FROM notifications o WHERE o.person = n.person AND o.kind = n.kind
       AND o.subject = n.subject AND o.read_at IS NULL)
     ORDER BY n.place RETURNING person, kind, subject`,
    [
      inApp.map(({ note }) => note.person),
      inApp.map(({ note }) => note.kind),
      inApp.map(({ note }) => note.subject),
      inApp.map(({ note }) => note.by),
      inApp.map(({ note }) => note.text),
      inApp.map(({ note }) => note.link),
    ],
  );
  const added = new Set(rows.map((row) => JSON.stringify([row.person, row.kind, row.subject])));
  return told.filter(
    ({ note, channels }) =>
      !channels.includes('app') || added.has(JSON.stringify([note.person, note.kind, note.subject])),
  );
}

/** One message to each webhook per thing that happened, however many people it concerns. */
async function toWebhooks(connection: Connection, notes: readonly Note[]): Promise<readonly Outgoing[]> {
  const happened = new Map<string, { readonly note: Note; readonly people: Set<string> }>();
  for (const note of notes) {
    if (!NOTIFICATION_KINDS[note.kind].webhook) continue;
    const key = JSON.stringify([note.kind, note.subject, note.text]);
    const known = happened.get(key);
    if (known === undefined) happened.set(key, { note, people: new Set([note.person]) });
    else known.people.add(note.person);
  }
  if (happened.size === 0) return [];
  const kinds = [...new Set([...happened.values()].map(({ note }) => note.kind as string))];
  const { rows: webhooks } = await connection.query<{ id: number; kinds: string[] }>(
    'SELECT id, kinds FROM webhooks WHERE enabled AND kinds && $1::text[] ORDER BY id',
    [kinds],
  );
  return [...happened.values()].flatMap(({ note, people }) =>
    webhooks
      .filter((webhook) => webhook.kinds.includes(note.kind))
      .map((webhook) => ({
        channel: 'webhook' as const,
        webhookId: webhook.id,
        payload: toBody(note, [...people]),
      })),
  );
}

function toBody(note: Note, people: readonly string[]): MessageBody {
  return {
    kind: note.kind,
    subject: note.subject,
    by: note.by,
    text: note.text,
    link: note.link,
    people,
  };
}

/** Handles of the active people of some roles, to tell all of them: leads of a case that awaits review. */
export async function handlesOfRoles(
  connection: Connection,
  roles: readonly Role[],
): Promise<readonly string[]> {
  const { rows } = await connection.query<{ handle: string }>(
    'SELECT handle FROM people WHERE role = ANY($1::text[]) AND deactivated_at IS NULL ORDER BY handle',
    [roles],
  );
  return rows.map((row) => row.handle);
}

const COLUMNS = 'id, at, kind, subject, by, text, link, read_at AS "readAt"';

/** What a person was told, newest first, with an id below `before`. */
export async function listNotifications(
  person: string,
  filter: { readonly limit: number; readonly before?: number; readonly unread?: boolean },
): Promise<readonly StoredNotification[]> {
  const { rows } = await pool().query<StoredNotification>(
    `SELECT ${COLUMNS} FROM notifications
     WHERE person = $1 AND ($2::bigint IS NULL OR id < $2) AND (NOT $3 OR read_at IS NULL)
     ORDER BY id DESC LIMIT $4`,
    [person, filter.before ?? null, filter.unread ?? false, filter.limit],
  );
  return rows;
}

/** How much of it a person has not read, and the id of the newest they were told. */
export async function countUnread(
  person: string,
): Promise<{ readonly unread: number; readonly newest: number | null }> {
  const { rows } = await pool().query<{ unread: number; newest: number | null }>(
    `SELECT count(*) FILTER (WHERE read_at IS NULL)::int AS unread, max(id) AS newest
     FROM notifications WHERE person = $1`,
    [person],
  );
  return rows[0] ?? { unread: 0, newest: null };
}

/** Marks one of a person's own as read, and gives it back; undefined when it is not theirs or not there. */
export async function markRead(person: string, id: number): Promise<StoredNotification | undefined> {
  const { rows } = await pool().query<StoredNotification>(
    `UPDATE notifications SET read_at = coalesce(read_at, now()) WHERE id = $2 AND person = $1 RETURNING ${COLUMNS}`,
    [person, id],
  );
  return rows[0];
}

/** Marks everything of a person's up to an id as read. */
export async function markAllRead(person: string, upTo: number): Promise<void> {
  await pool().query(
    'UPDATE notifications SET read_at = now() WHERE person = $1 AND id <= $2 AND read_at IS NULL',
    [person, upTo],
  );
}

/** What a person chose, by kind; kinds without a choice are not in it. */
export async function readChoices(person: string): Promise<ReadonlyMap<string, readonly Channel[]>> {
  const { rows } = await pool().query<{ kind: string; channels: Channel[] }>(
    'SELECT kind, channels FROM notification_choices WHERE person = $1',
    [person],
  );
  return new Map(rows.map((row) => [row.kind, row.channels]));
}

/** Keeps what a person chose for some kinds; the others stay as they are. */
export async function saveChoices(
  connection: Connection,
  person: string,
  choices: readonly { readonly kind: NotificationKind; readonly channels: readonly Channel[] }[],
): Promise<void> {
  // In order of kind, so that two savings at once wait for each other and do not meet.
  const ordered = [...choices].sort((a, b) => (a.kind < b.kind ? -1 : 1));
  for (const { kind, channels } of ordered) {
    await connection.query(
      `INSERT INTO notification_choices (person, kind, channels) VALUES ($1, $2, $3::text[])
       ON CONFLICT (person, kind) DO UPDATE SET channels = EXCLUDED.channels`,
      [person, kind, channels],
    );
  }
}

/** Address of a person; null when they have none here (the demo's one person, one who left). */
export async function addressOf(person: string): Promise<string | null> {
  const { rows } = await pool().query<{ email: string }>(
    'SELECT email FROM people WHERE handle = $1 AND deactivated_at IS NULL',
    [person],
  );
  return rows[0]?.email ?? null;
}

/** What was read is kept this long. */
const KEPT_DAYS = 180;

/** Deletes what people read long ago; returns how much. */
export async function forgetOldNotifications(): Promise<number> {
  const { rowCount } = await pool().query(
    'DELETE FROM notifications WHERE read_at < now() - make_interval(days => $1)',
    [KEPT_DAYS],
  );
  return rowCount ?? 0;
}

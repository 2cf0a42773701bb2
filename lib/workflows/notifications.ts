import { AppError } from '../base/appError';
import type { NotificationList, NotificationView, UnreadCount } from '../contracts/notifications';
import {
  countUnread,
  listNotifications,
  markAllRead,
  markRead,
  type StoredNotification,
} from '../storage/notifications';
import { fromCursor, toCursor } from './cursor';

const PAGE = 50;

/** What a person was told, newest first, with how much of all of it they have not read. */
export async function readNotifications(
  person: string,
  query: {
    readonly cursor?: string | undefined;
    readonly limit?: number | undefined;
    readonly unread?: 'true' | 'false' | undefined;
  },
): Promise<NotificationList> {
  const limit = query.limit ?? PAGE;
  const before = fromCursor(query.cursor, 'number');
  const [rows, { unread }] = await Promise.all([
    listNotifications(person, {
      limit: limit + 1,
      unread: query.unread === 'true',
      ...(before === undefined ? {} : { before: Math.trunc(before[0]) }),
    }),
    countUnread(person),
  ]);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(toView),
    nextCursor: rows.length > limit && last !== undefined ? toCursor([last.id]) : null,
    unread,
  };
}

/** How much of what a person was told they have not read. */
export async function readUnread(person: string): Promise<UnreadCount> {
  const { unread, newest } = await countUnread(person);
  return { unread, newest: newest === null ? null : String(newest) };
}

/** Marks one of a person's own as read. Throws `not_found`, also for another's. */
export async function readOne(person: string, id: string): Promise<NotificationView> {
  const read = await markRead(person, Number(id));
  if (read === undefined) throw new AppError('not_found', 'There is no notification of yours with this id.');
  return toView(read);
}

/** Marks everything of a person's as read up to the newest they saw. */
export async function readAll(person: string, upTo: string): Promise<UnreadCount> {
  await markAllRead(person, Number(upTo));
  return readUnread(person);
}

function toView(stored: StoredNotification): NotificationView {
  return {
    ...stored,
    id: String(stored.id),
    at: stored.at.toISOString(),
    readAt: stored.readAt?.toISOString() ?? null,
  };
}

import { AppError } from '../base/appError';
import { addAudit } from './audit';
import { pool, transaction } from './client';

/** A comment on an event, as it is shown. */
export type EventComment = {
  readonly id: number;
  readonly text: string;
  readonly by: string;
  readonly at: Date;
};

/** What analysts said about one event; without flag and comments nobody said anything. */
export type EventAnnotations = {
  readonly flag: { readonly by: string; readonly at: Date } | null;
  /** Oldest first; withdrawn ones are left out. */
  readonly comments: readonly EventComment[];
};

/** What is said of an event that nobody annotated. */
export const NO_ANNOTATIONS: EventAnnotations = { flag: null, comments: [] };

/** Subject of the entries about an event's annotations. */
function eventSubject(eventId: string): string {
  return `event:${eventId}`;
}

/** What was said about events, by event id; events nobody annotated are not in it. Ids must be UUIDs. */
export async function loadAnnotations(
  eventIds: readonly string[],
): Promise<ReadonlyMap<string, EventAnnotations>> {
  if (eventIds.length === 0) return new Map();
  const [flags, comments] = await Promise.all([
    pool().query<{ id: string; by: string; at: Date }>(
      'SELECT event_id AS id, by, at FROM event_flags WHERE event_id = ANY($1::uuid[])',
      [eventIds],
    ),
    pool().query<EventComment & { event: string }>(
      `SELECT event_id AS event, id, text, by, at FROM event_comments
       WHERE event_id = ANY($1::uuid[]) AND withdrawn_at IS NULL ORDER BY id`,
      [eventIds],
    ),
  ]);
  const found = new Map<string, EventAnnotations>();
  for (const { id, by, at } of flags.rows) found.set(id, { flag: { by, at }, comments: [] });
  for (const { event, ...comment } of comments.rows) {
    const known = found.get(event) ?? NO_ANNOTATIONS;
    found.set(event, { ...known, comments: [...known.comments, comment] });
  }
  return found;
}

/** Flags an event, or takes its flag away, whoever set it. Writes nothing when it is so already. */
export async function setFlag(eventId: string, flagged: boolean, by: string): Promise<void> {
  await transaction(async (connection) => {
    const { rowCount } = flagged
      ? await connection.query(
          'INSERT INTO event_flags (event_id, by) VALUES ($1, $2) ON CONFLICT (event_id) DO NOTHING',
          [eventId, by],
        )
      : await connection.query('DELETE FROM event_flags WHERE event_id = $1', [eventId]);
    if (rowCount === 0) return;
    const action = flagged ? 'event.flagged' : 'event.unflagged';
    await addAudit(connection, { by, action, subject: eventSubject(eventId), details: {} });
  });
}

/** Keeps a comment on an event and returns its number. The text is kept as given; the audit names it by number. */
export async function addComment(eventId: string, text: string, by: string): Promise<number> {
  return transaction(async (connection) => {
    const { rows } = await connection.query<{ id: number }>(
      'INSERT INTO event_comments (event_id, text, by) VALUES ($1, $2, $3) RETURNING id',
      [eventId, text, by],
    );
    const id = rows[0]?.id ?? 0;
    await addAudit(connection, {
      by,
      action: 'event.commented',
      subject: eventSubject(eventId),
      details: { comment: id },
    });
    return id;
  });
}

/**
 * Takes back a comment of one's own and returns the event it was on; the row is kept. Once withdrawn it stays so
 * and nothing more is written. Throws `not_found` for no such comment and `forbidden` for somebody else's.
 */
export async function withdrawComment(id: number, by: string): Promise<string> {
  return transaction(async (connection) => {
    const { rows } = await connection.query<{ eventId: string; by: string; withdrawn: boolean }>(
      `SELECT event_id AS "eventId", by, withdrawn_at IS NOT NULL AS withdrawn
       FROM event_comments WHERE id = $1 FOR UPDATE`,
      [id],
    );
    const comment = rows[0];
    if (comment === undefined) throw new AppError('not_found', 'There is no comment with this number.');
    if (comment.by !== by)
      throw new AppError('forbidden', 'Only the one who wrote a comment can withdraw it.');
    if (!comment.withdrawn) {
      await connection.query('UPDATE event_comments SET withdrawn_at = now() WHERE id = $1', [id]);
      await addAudit(connection, {
        by,
        action: 'comment.withdrawn',
        subject: eventSubject(comment.eventId),
        details: { comment: id },
      });
    }
    return comment.eventId;
  });
}

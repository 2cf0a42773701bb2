import { AppError } from '../../base/appError';
import { type Connection, pool } from '../client';
import { mentionedIn } from './casePeople';
import { changeCase, type HeldCase, noItem } from './changeCase';

/** What a comment points to, as far as it does. */
export type CommentPin = {
  readonly findingId: string | null;
  /** A UUID. */
  readonly eventId: string | null;
  readonly field: string | null;
};

/** A comment on a case or on something of it. */
export type StoredComment = CommentPin & {
  readonly id: number;
  readonly caseId: number;
  readonly text: string;
  readonly by: string;
  readonly at: Date;
  readonly reviewId: number | null;
  readonly resolvedAt: Date | null;
  readonly resolvedBy: string | null;
  readonly withdrawnAt: Date | null;
};

const COMMENT = `c.id, c.case_id AS "caseId", c.text, c.by, c.at, c.finding_id AS "findingId", c.event_id AS "eventId", c.field,
  c.review_id AS "reviewId", c.resolved_at AS "resolvedAt", c.resolved_by AS "resolvedBy", c.withdrawn_at AS "withdrawnAt"`;

/** Comments of cases, oldest first, withdrawn ones among them: their place stays. */
export async function loadComments(family: readonly number[]): Promise<readonly StoredComment[]> {
  const { rows } = await pool().query<StoredComment>(
    `SELECT ${COMMENT} FROM case_comments c WHERE c.case_id = ANY($1::int[]) ORDER BY c.id`,
    [family],
  );
  return rows;
}

/** A comment to be kept. Without a pin it is on the whole case. */
export type NewComment = {
  readonly text: string;
  readonly pin?: CommentPin;
  /** The review it is made in. */
  readonly reviewId?: number;
};

/** Keeps a comment, and tells the people it mentions and the case's owner. Throws as `changeCase` does. */
export async function addCaseComment(
  caseId: number,
  comment: NewComment,
  by: string,
): Promise<StoredComment> {
  return changeCase(caseId, by, (held) => commentHeldCase(held, comment));
}

/** The same on a case that is held already. */
export async function commentHeldCase(held: HeldCase, comment: NewComment): Promise<StoredComment> {
  const { connection, row, by } = held;
  const { text, pin, reviewId } = comment;
  const { rows } = await connection.query<{ id: number }>(
    `INSERT INTO case_comments (case_id, text, by, finding_id, event_id, field, review_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`,
    [row.id, text, by, pin?.findingId ?? null, pin?.eventId ?? null, pin?.field ?? null, reviewId ?? null],
  );
  const id = rows[0]?.id ?? 0;
  held.audit('case.commented', {
    comment: id,
    pinned: pin !== undefined,
    ...(reviewId === undefined ? {} : { review: reviewId }),
  });
  const mentioned = await mentionedIn(connection, text);
  for (const person of mentioned) {
    held.tell({
      person,
      kind: 'case.mentioned',
      subject: `comment:${id}`,
      text: `${by} mentioned you in case ${row.id}: ${text}`,
    });
  }
  if (row.owner !== null && !mentioned.includes(row.owner)) {
    held.tell({
      person: row.owner,
      kind: 'case.commented',
      subject: `case:${row.id}`,
      text: `${by} commented on case ${row.id}: ${text}`,
    });
  }
  return commentOrRefuse(connection, row.id, [row.id], id);
}

/** Marks a comment as answered, or as open again; writes nothing when it is so. Throws `not_found`, `conflict`. */
export async function resolveComment(
  caseId: number,
  commentId: number,
  resolved: boolean,
  by: string,
): Promise<StoredComment> {
  return changeCase(caseId, by, async ({ connection, family, audit }) => {
    const comment = await commentOrRefuse(connection, caseId, family, commentId);
    if (comment.withdrawnAt !== null)
      throw new AppError('conflict', `${comment.by} withdrew this comment.`, { by: comment.by });
    if ((comment.resolvedAt !== null) === resolved) return comment;
    await connection.query(
      `UPDATE case_comments SET resolved_at = CASE WHEN $2 THEN clock_timestamp() END, resolved_by = CASE WHEN $2 THEN $3 END
       WHERE id = $1`,
      [commentId, resolved, by],
    );
    audit(
      resolved ? 'case.comment_resolved' : 'case.comment_reopened',
      { comment: commentId },
      comment.caseId,
    );
    return commentOrRefuse(connection, caseId, family, commentId);
  });
}

/** Withdraws a comment of one's own. Throws `not_found`, and `forbidden` for another person's. */
export async function withdrawCaseComment(
  caseId: number,
  commentId: number,
  by: string,
): Promise<StoredComment> {
  return changeCase(caseId, by, async ({ connection, family, audit }) => {
    const comment = await commentOrRefuse(connection, caseId, family, commentId);
    if (comment.by !== by)
      throw new AppError('forbidden', 'Only the one who wrote a comment can withdraw it.');
    if (comment.withdrawnAt !== null) return comment;
    await connection.query('UPDATE case_comments SET withdrawn_at = clock_timestamp() WHERE id = $1', [
      commentId,
    ]);
    audit('case.comment_withdrawn', { comment: commentId }, comment.caseId);
    return commentOrRefuse(connection, caseId, family, commentId);
  });
}

async function commentOrRefuse(
  connection: Connection,
  caseId: number,
  family: readonly number[],
  commentId: number,
): Promise<StoredComment> {
  const { rows } = await connection.query<StoredComment>(
    `SELECT ${COMMENT} FROM case_comments c WHERE c.id = $1 AND c.case_id = ANY($2::int[]) FOR UPDATE`,
    [commentId, family],
  );
  const comment = rows[0];
  if (comment === undefined) throw noItem(caseId, 'comment', commentId);
  return comment;
}

import { AppError } from '../../base/appError';
import { loadReviews, type StoredReview } from '../cases/caseActivity';
import { commentHeldCase, type NewComment } from '../cases/caseComments';
import { caseFamily } from '../cases/caseRows';
import { changeCase, type HeldCase, refuseStale } from '../cases/changeCase';
import { type Connection, pool } from '../client';
import type { VerdictValue } from '../findingRows';
import { jsonText } from '../jsonText';

/** A round of review with what its author saw, as it was kept. */
export type ReviewWithSeen = StoredReview & { readonly seen: unknown };

/** One review; undefined when there is none of that number. */
export async function loadReview(id: number): Promise<ReviewWithSeen | undefined> {
  const { rows } = await pool().query<ReviewWithSeen>(
    `SELECT id, case_id AS "caseId", submitted_by AS "submittedBy", submitted_at AS "submittedAt", message, state,
       decided_by AS "decidedBy", decided_at AS "decidedAt", decision, seen FROM case_reviews WHERE id = $1`,
    [id],
  );
  return rows[0];
}

/** What a case is submitted with. */
export type Submission = {
  /** Revision of the case as its author saw it. */
  readonly revision: number;
  readonly message: string;
  /** What was seen, to be kept as it is. */
  readonly seen: unknown;
  /** Revision of each finding that `seen` tells of: another now, and nothing is submitted. */
  readonly findings: ReadonlyMap<string, number>;
};

/**
 * Submits an open or sent-back case for review and returns the review's number; leads are told. Throws `not_found`, and
 * `conflict` when the case or a finding of it changed, or when it cannot be submitted as it stands.
 */
export async function insertReview(caseId: number, given: Submission, by: string): Promise<number> {
  return changeCase(caseId, by, async (held) => {
    const { connection, row } = held;
    await refuseStale(connection, row, given.revision);
    if (row.state !== 'open' && row.state !== 'sent_back')
      throw new AppError(
        'conflict',
        row.state === 'closed'
          ? `Case ${caseId} is closed: open it again first.`
          : `Case ${caseId} is in review already.`,
        { revision: row.revision },
      );
    await refuseOtherFindings(held, given.findings);
    const { rows } = await connection.query<{ id: number }>(
      'INSERT INTO case_reviews (case_id, submitted_by, message, seen) VALUES ($1, $2, $3, $4) RETURNING id',
      [caseId, by, given.message, jsonText(given.seen)],
    );
    const id = rows[0]?.id ?? 0;
    await enter(connection, caseId, 'in_review');
    held.audit('case.submitted', { review: id });
    for (const person of await reviewers(connection))
      held.tell({
        person,
        kind: 'case.submitted',
        subject: `review:${id}`,
        text: `${by} asks for a review of case ${caseId}: ${row.title}`,
      });
    return id;
  });
}

/** Throws `conflict` unless the case holds these findings and each is as it was. */
async function refuseOtherFindings(
  { connection, family, row }: HeldCase,
  seen: ReadonlyMap<string, number>,
): Promise<void> {
  const { rows } = await connection.query<{ id: string; revision: number }>(
    `SELECT f.id, f.revision FROM case_items i JOIN findings f ON f.id = i.ref
     WHERE i.kind = 'finding' AND i.case_id = ANY($1::int[]) ORDER BY f.id FOR SHARE OF f`,
    [family],
  );
  if (rows.length === seen.size && rows.every(({ id, revision }) => seen.get(id) === revision)) return;
  throw new AppError('conflict', 'A finding of the case has just changed. Look at it, then submit again.', {
    revision: row.revision,
  });
}

/** Takes a submitted case back. Throws `not_found`, `conflict` when nothing waits, `forbidden` for another's. */
export async function withdrawReview(caseId: number, by: string): Promise<void> {
  await changeCase(caseId, by, async (held) => {
    const review = await waitingReview(held);
    if (review.submittedBy !== by && held.row.owner !== by)
      throw new AppError('forbidden', 'Only who submitted the case, or its owner, can take it back.');
    await held.connection.query(
      `UPDATE case_reviews SET state = 'withdrawn', decided_by = $2, decided_at = clock_timestamp() WHERE id = $1`,
      [review.id, by],
    );
    await enter(held.connection, caseId, 'open');
    held.audit('case.withdrawn', { review: review.id });
  });
}

/** What a lead decides. */
export type ReviewDecision = {
  readonly decision: 'approved' | 'sent_back';
  readonly text: string;
  readonly comments: readonly Omit<NewComment, 'reviewId'>[];
  readonly outcome: VerdictValue | null;
};

/**
 * Decides a waiting review: approved, its case is closed; sent back, its case is open again with the comments. Throws
 * `conflict` when somebody decided first, and `forbidden` for who submitted it or gave a verdict in it.
 */
export async function decideReview(
  review: { readonly id: number; readonly caseId: number },
  given: ReviewDecision,
  by: string,
): Promise<void> {
  await changeCase(review.caseId, by, async (held) => {
    const { connection, row } = held;
    const waiting = await waitingReview(held, review.id);
    const why = await barredFrom(waiting, by, connection);
    if (why !== null) throw new AppError('forbidden', why);
    await connection.query(
      `UPDATE case_reviews SET state = $2, decided_by = $3, decided_at = clock_timestamp(), decision = $4 WHERE id = $1`,
      [review.id, given.decision, by, given.text],
    );
    for (const comment of given.comments) await commentHeldCase(held, { ...comment, reviewId: review.id });
    await enter(connection, row.id, given.decision === 'approved' ? 'closed' : 'sent_back', given.outcome);
    held.audit(given.decision === 'approved' ? 'case.approved' : 'case.sent_back', {
      review: review.id,
      comments: given.comments.length,
      outcome: given.outcome,
    });
    const people = new Set([waiting.submittedBy, ...(row.owner === null ? [] : [row.owner])]);
    for (const person of people)
      held.tell({
        person,
        kind: given.decision === 'approved' ? 'case.approved' : 'case.sent_back',
        subject: `review:${review.id}`,
        text:
          given.decision === 'approved'
            ? `${by} approved case ${row.id}: ${row.title}`
            : `${by} sent case ${row.id} back: ${given.text}`,
      });
  });
}

/**
 * Why a person may not decide a review, in a sentence; null when they may. Authors are who submitted the case and who
 * gave a verdict in force on a finding of it: nobody approves their own.
 */
export async function barredFrom(
  review: Pick<StoredReview, 'caseId' | 'submittedBy'>,
  person: string,
  connection?: Connection,
): Promise<string | null> {
  if (review.submittedBy === person) return 'You submitted this case: somebody else has to decide on it.';
  const reader = connection ?? pool();
  const { rows } = await reader.query<{ headline: string }>(
    `SELECT f.headline FROM case_items i JOIN decisions d ON d.finding_id = i.ref JOIN findings f ON f.id = i.ref
     WHERE i.kind = 'finding' AND i.case_id = ANY($1::int[]) AND d.verdict IS NOT NULL AND d.verdict_by = $2
     ORDER BY f.id LIMIT 1`,
    [await caseFamily(review.caseId, reader), person],
  );
  return rows.length === 0
    ? null
    : 'You gave a verdict on a finding of this case: somebody else has to decide on it.';
}

/** The review that waits in a held case, locked by the case's row. Throws `conflict` when none does, or another. */
async function waitingReview(held: HeldCase, id?: number): Promise<StoredReview> {
  const [newest] = await loadReviews(held.row.id);
  if (newest?.state === 'waiting' && (id === undefined || newest.id === id)) return newest;
  const of = id === undefined || newest?.id === id ? newest : undefined;
  const who = of?.decidedBy ?? null;
  throw new AppError(
    'conflict',
    who === null ? `No review of case ${held.row.id} waits.` : `${who} has decided on this review already.`,
    { revision: held.row.revision, ...(who === null ? {} : { by: who }) },
  );
}

async function enter(
  connection: Connection,
  caseId: number,
  state: 'open' | 'in_review' | 'sent_back' | 'closed',
  outcome: VerdictValue | null = null,
): Promise<void> {
  await connection.query(
    `UPDATE cases SET state = $2, state_at = clock_timestamp(), outcome = $3,
       closed_at = CASE WHEN $2 = 'closed' THEN clock_timestamp() END, revision = revision + 1 WHERE id = $1`,
    [caseId, state, outcome],
  );
}

/** Handles of active people who may review. */
async function reviewers(connection: Connection): Promise<readonly string[]> {
  const { rows } = await connection.query<{ handle: string }>(
    `SELECT handle FROM people WHERE role = 'lead' AND deactivated_at IS NULL ORDER BY handle`,
  );
  return rows.map(({ handle }) => handle);
}

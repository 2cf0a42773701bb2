import { rolesWith } from '../../access/can';
import { AppError } from '../../base/appError';
import {
  alertName,
  awaitsVerdict,
  type CaseAlert,
  gaveAlertVerdict,
  holdCaseAlerts,
} from '../cases/caseAlerts';
import { commentHeldCase, type NewComment } from '../cases/caseComments';
import { caseFamily } from '../cases/caseRows';
import { changeCase, type HeldCase, refuseStale } from '../cases/changeCase';
import { type Connection, pool } from '../client';
import type { VerdictValue } from '../findingRows';
import { jsonText } from '../jsonText';
import { handlesOfRoles } from '../notifications';
import { loadReviews, REVIEW_COLUMNS, type StoredReview } from './rounds';

/** A round of review with what its author saw, as it was kept. */
export type ReviewWithSeen = StoredReview & { readonly seen: unknown };

/** One review; undefined when there is none of that number. */
export async function loadReview(id: number): Promise<ReviewWithSeen | undefined> {
  const { rows } = await pool().query<ReviewWithSeen>(
    `SELECT ${REVIEW_COLUMNS}, seen FROM case_reviews WHERE id = $1`,
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
  /** The same of alerts, by the key each stands in the case with. */
  readonly alerts: ReadonlyMap<string, number>;
};

/**
 * Submits an open or sent-back case for review and returns the review's number; who may review is told. Throws `not_found`, and
 * `conflict` when the case, or a finding or alert of it, changed, or when it cannot be submitted as it stands.
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
    await refuseOtherAlerts(held, given.alerts);
    const { rows } = await connection.query<{ id: number }>(
      'INSERT INTO case_reviews (case_id, submitted_by, message, seen) VALUES ($1, $2, $3, $4) RETURNING id',
      [caseId, by, given.message, jsonText(given.seen)],
    );
    const id = rows[0]?.id ?? 0;
    await enter(connection, caseId, 'in_review');
    held.audit('case.submitted', { review: id });
    for (const person of await handlesOfRoles(connection, rolesWith('cases.review')))
      held.tell({
        person,
        kind: 'case.submitted',
        subject: `review:${id}`,
        text: `${by} asks for a review of case ${caseId}: ${row.title}`,
      });
    return id;
  });
}

/** A finding of a case, as it stands while its row is held. */
type StandingFinding = {
  readonly id: string;
  readonly revision: number;
  readonly headline: string;
  readonly decided: boolean;
};

/** Holds the findings of a case against change until the transaction ends, in order of id as every writer. */
async function holdFindings({ connection, family }: HeldCase): Promise<readonly StandingFinding[]> {
  await connection.query(
    `SELECT f.id FROM case_items i JOIN findings f ON f.id = i.ref
     WHERE i.kind = 'finding' AND i.case_id = ANY($1::int[]) ORDER BY f.id FOR SHARE OF f`,
    [family],
  );
  // Read only now: what was decided while this waited counts.
  const { rows } = await connection.query<StandingFinding>(
    `SELECT f.id, f.revision, f.headline, d.verdict IS NOT NULL AS decided
     FROM case_items i JOIN findings f ON f.id = i.ref LEFT JOIN decisions d ON d.finding_id = f.id
     WHERE i.kind = 'finding' AND i.case_id = ANY($1::int[]) ORDER BY f.id`,
    [family],
  );
  return rows;
}

/** Throws `conflict` unless the case holds these findings and each is as it was. */
async function refuseOtherFindings(held: HeldCase, seen: ReadonlyMap<string, number>): Promise<void> {
  const { row } = held;
  const rows = await holdFindings(held);
  if (rows.length === seen.size && rows.every(({ id, revision }) => seen.get(id) === revision)) return;
  throw new AppError('conflict', 'A finding of the case has just changed. Look at it, then submit again.', {
    revision: row.revision,
  });
}

/** The same for alerts, none of which may wait for a verdict. */
async function refuseOtherAlerts(
  { connection, family, row }: HeldCase,
  seen: ReadonlyMap<string, number>,
): Promise<void> {
  const alerts = await holdCaseAlerts(connection, family);
  if (alerts.length === seen.size && changedAlerts(alerts, seen).length === 0) return;
  throw new AppError('conflict', 'An alert of the case has just changed. Look at it, then submit again.', {
    revision: row.revision,
  });
}

/** Alerts that are not as they were, or wait for a verdict. */
function changedAlerts(
  alerts: readonly CaseAlert[],
  seen: ReadonlyMap<string, number>,
): readonly CaseAlert[] {
  return alerts.filter((alert) => awaitsVerdict(alert) || seen.get(alert.key) !== alert.revision);
}

const NAMED = 3;

/** Throws `conflict`, naming them, unless all alerts of a case are as they were submitted and have a verdict. */
function refuseChangedAlerts(
  { row }: HeldCase,
  alerts: readonly CaseAlert[],
  seen: ReadonlyMap<string, number>,
): void {
  const changed = changedAlerts(alerts, seen);
  if (changed.length === 0) return;
  const more = changed.length > NAMED ? ` and ${changed.length - NAMED} more` : '';
  throw new AppError(
    'conflict',
    `An alert changed since it was submitted: ${changed.slice(0, NAMED).map(alertName).join(', ')}${more}. Send the case back, so that it is submitted as it is now.`,
    { revision: row.revision, alerts: changed.map(({ key }) => key) },
  );
}

/** Throws `conflict`, naming them, unless all findings of a case are as they were submitted and have a verdict. */
function refuseChanged(
  { row }: HeldCase,
  standing: readonly StandingFinding[],
  seen: ReadonlyMap<string, number>,
): void {
  const changed = standing.filter(({ id, revision, decided }) => !decided || seen.get(id) !== revision);
  const present = new Set(standing.map(({ id }) => id));
  const gone = [...seen.keys()].filter((id) => !present.has(id));
  if (changed.length === 0 && gone.length === 0) return;
  const names = [
    ...changed.slice(0, NAMED).map(({ headline }) => `“${headline}”`),
    ...(changed.length > NAMED ? [`${changed.length - NAMED} more`] : []),
    ...(gone.length > 0 ? [`${gone.length} not in the case any more`] : []),
  ];
  throw new AppError(
    'conflict',
    `A finding changed since it was submitted: ${names.join(', ')}. Send the case back, so that it is submitted as it is now.`,
    { revision: row.revision, findings: changed.map(({ id }) => id) },
  );
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
  /** Of the case once approved; nothing for one sent back. */
  readonly outcome: VerdictValue | null;
  /** Revision of each finding as it was submitted: another now, and it is not approved. */
  readonly findings: ReadonlyMap<string, number>;
  /** The same of alerts, by key. */
  readonly alerts: ReadonlyMap<string, number>;
};

/**
 * Decides a waiting review: approved, its case is closed; sent back, its case is open again with the comments. Throws
 * `conflict` when somebody decided first, or for approving what is not as it was submitted; and `forbidden` for who
 * submitted it or ever gave a verdict in it.
 */
export async function decideReview(
  review: { readonly id: number; readonly caseId: number },
  given: ReviewDecision,
  by: string,
): Promise<void> {
  await changeCase(review.caseId, by, async (held) => {
    const { connection, row } = held;
    const waiting = await waitingReview(held, review.id);
    const isApproved = given.decision === 'approved';
    // Held first, so that a verdict given at this moment counts in both.
    const standing = isApproved ? await holdFindings(held) : [];
    const alerts = isApproved ? await holdCaseAlerts(connection, held.family) : [];
    const why = await barredFrom(waiting, by, connection);
    if (why !== null) throw new AppError('forbidden', why);
    if (isApproved) {
      refuseChanged(held, standing, given.findings);
      refuseChangedAlerts(held, alerts, given.alerts);
    }
    const outcome = isApproved ? given.outcome : null;
    await connection.query(
      `UPDATE case_reviews SET state = $2, decided_by = $3, decided_at = clock_timestamp(), decision = $4 WHERE id = $1`,
      [review.id, given.decision, by, given.text],
    );
    for (const comment of given.comments) await commentHeldCase(held, { ...comment, reviewId: review.id });
    await enter(connection, row.id, isApproved ? 'closed' : 'sent_back', outcome);
    held.audit(isApproved ? 'case.approved' : 'case.sent_back', {
      review: review.id,
      comments: given.comments.length,
      outcome,
    });
    const people = new Set([waiting.submittedBy, ...(row.owner === null ? [] : [row.owner])]);
    for (const person of people)
      held.tell({
        person,
        kind: isApproved ? 'case.approved' : 'case.sent_back',
        subject: `review:${review.id}`,
        text: isApproved
          ? `${by} approved case ${row.id}: ${row.title}`
          : `${by} sent case ${row.id} back: ${given.text}`,
      });
  });
}

/**
 * Why a person may not decide a review, in a sentence; null when they may. Authors are who submitted the case and who
 * ever gave a verdict on a finding or an alert of it, also one that is not in force any more: nobody approves their own.
 */
export async function barredFrom(
  review: Pick<StoredReview, 'caseId' | 'submittedBy'>,
  person: string,
  connection?: Connection,
): Promise<string | null> {
  if (review.submittedBy === person) return 'You submitted this case: somebody else has to decide on it.';
  const reader = connection ?? pool();
  const family = await caseFamily(review.caseId, reader);
  const { rows } = await reader.query<{ kind: 'finding' | 'alert' }>(
    `WITH items AS (SELECT kind, ref FROM case_items WHERE case_id = ANY($1::int[]))
     SELECT i.kind FROM items i WHERE i.kind = 'finding' AND (
         EXISTS (SELECT 1 FROM verdicts v WHERE v.finding_id = i.ref AND v.value IS NOT NULL AND v.by = $2)
         OR EXISTS (SELECT 1 FROM decisions d WHERE d.finding_id = i.ref AND d.verdict IS NOT NULL AND d.verdict_by = $2))
     UNION ALL
     SELECT i.kind FROM items i JOIN hosts h ON h.id::text = split_part(i.ref, '/', 1)
       JOIN hosts m ON m.canonical_id = h.canonical_id
       JOIN alert_decisions a ON a.host_id = m.id AND a.alert = substr(i.ref, strpos(i.ref, '/') + 1)
     WHERE i.kind = 'alert' AND a.verdict IS NOT NULL AND a.verdict_by = $2
     LIMIT 1`,
    [family, person],
  );
  // A verdict on an alert that was taken back stands in the audit trail alone.
  const kind = rows[0]?.kind ?? ((await gaveAlertVerdict(family, person, reader)) ? 'alert' : undefined);
  return kind === undefined
    ? null
    : `You gave a verdict on ${kind === 'finding' ? 'a finding' : 'an alert'} of this case: somebody else has to decide on it.`;
}

/** The review that waits in a held case, locked by the case's row. Throws `conflict` when none does, or another. */
async function waitingReview(held: HeldCase, id?: number): Promise<StoredReview> {
  const [newest] = await loadReviews([held.row.id], held.connection);
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

import type {
  CaseAttachment,
  CaseComment,
  CaseIndicator,
  CaseNote,
  CaseSummary,
  CaseTask,
  ReviewSummary,
} from '../../contracts/cases';
import type { StoredAttachment } from '../../storage/cases/caseAttachments';
import type { StoredComment } from '../../storage/cases/caseComments';
import type { StoredIndicator } from '../../storage/cases/caseIndicators';
import type { StoredNote } from '../../storage/cases/caseNotes';
import type { StoredCase } from '../../storage/cases/caseSummaries';
import type { StoredTask } from '../../storage/cases/caseTasks';
import type { StoredReview } from '../../storage/reviews/rounds';
import { indicatorQuery, indicatorType } from './indicatorQuery';

/** A case as a list shows it. */
export function toCaseSummary(row: StoredCase): CaseSummary {
  return {
    id: row.id,
    title: row.title,
    state: row.state,
    severity: row.severity,
    owner: row.owner,
    outcome: row.outcome,
    createdAt: row.createdAt.toISOString(),
    createdBy: row.createdBy,
    stateAt: row.stateAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    findings: row.findings,
    alerts: row.alerts,
    hits: row.hits,
    hosts: [...row.hosts],
    tasksOpen: row.tasksOpen,
    tasksTotal: row.tasksTotal,
    commentsOpen: row.commentsOpen,
    mergedInto: row.mergedInto,
    seconds: row.seconds,
    revision: row.revision,
  };
}

/** A note with its newest text. */
export function toCaseNote(note: StoredNote): CaseNote {
  return { ...note, createdAt: note.createdAt.toISOString(), at: note.at.toISOString() };
}

/** A task. */
export function toCaseTask(task: StoredTask): CaseTask {
  return {
    ...task,
    dueAt: task.dueAt?.toISOString() ?? null,
    createdAt: task.createdAt.toISOString(),
    endedAt: task.endedAt?.toISOString() ?? null,
  };
}

/** A comment; `pinText` says what it points to. What was withdrawn is not shown. */
export function toCaseComment(comment: StoredComment, pinText: string | null): CaseComment {
  const { findingId, eventId, field, withdrawnAt, ...rest } = comment;
  const pinned = findingId !== null || eventId !== null || field !== null;
  return {
    ...rest,
    text: withdrawnAt === null ? comment.text : '',
    at: comment.at.toISOString(),
    pin: pinned ? { findingId, eventId, field } : null,
    pinText: pinned ? pinText : null,
    resolvedAt: comment.resolvedAt?.toISOString() ?? null,
    withdrawn: withdrawnAt !== null,
  };
}

/** A kept file. */
export function toCaseAttachment(file: StoredAttachment): CaseAttachment {
  const { id, caseId, name, mediaType, bytes, sha256, note, by, at } = file;
  return { id, caseId, name, mediaType, bytes, sha256, note, by, at: at.toISOString() };
}

/** An indicator with where else it stands and how it is looked for. */
export function toCaseIndicator(indicator: StoredIndicator): CaseIndicator {
  const type = indicatorType(indicator.type);
  return {
    ...indicator,
    type,
    at: indicator.at.toISOString(),
    cases: indicator.cases.map(({ id, title }) => ({ id, title })),
    query: indicatorQuery(type, indicator.value),
  };
}

/** A round of review. */
export function toReviewSummary(review: StoredReview): ReviewSummary {
  return {
    ...review,
    submittedAt: review.submittedAt.toISOString(),
    decidedAt: review.decidedAt?.toISOString() ?? null,
  };
}

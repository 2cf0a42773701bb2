import type { CaseDetail } from '../../contracts/cases';
import { loadCaseActivity } from '../../storage/cases/caseActivity';
import { loadAttachments } from '../../storage/cases/caseAttachments';
import { loadComments } from '../../storage/cases/caseComments';
import { loadIndicators } from '../../storage/cases/caseIndicators';
import { loadItems, type StoredItem } from '../../storage/cases/caseItems';
import { loadNotes } from '../../storage/cases/caseNotes';
import { loadCaseRows } from '../../storage/cases/caseRows';
import { loadCases } from '../../storage/cases/caseSummaries';
import { loadTasks } from '../../storage/cases/caseTasks';
import { loadWork } from '../../storage/cases/caseWork';
import { familyOrRefuse } from '../../storage/cases/changeCase';
import { loadMerged } from '../../storage/cases/mergeCases';
import { loadRows } from '../../storage/findingRows';
import { loadReviews } from '../../storage/reviews/rounds';
import { toFindingSummary } from '../findingView';
import { toAlertView } from '../readAlerts';
import { hitView } from '../sigma/hitViews';
import { toCaseActivity } from './activityText';
import { alertsOf, hitsOf, keyOfRef } from './caseThings';
import {
  toCaseAttachment,
  toCaseComment,
  toCaseIndicator,
  toCaseNote,
  toCaseSummary,
  toCaseTask,
  toReviewSummary,
} from './caseViews';
import { pinTexts } from './commentPins';

/** Entries of the trail that a case shows; the audit page has them all. */
const ACTIVITY = 200;

/** Everything one page of a case shows, with what was merged into it. Throws `not_found`. */
export async function readCase(caseId: number): Promise<CaseDetail> {
  const family = await familyOrRefuse(caseId);
  const [[summary], [row], merged, items, notes, tasks, comments, attachments, indicators] =
    await Promise.all([
      loadCases([caseId]),
      loadCaseRows([caseId]),
      loadMerged(caseId),
      readItems(family),
      loadNotes(family),
      loadTasks(family),
      loadComments(family),
      loadAttachments(family),
      loadIndicators(family),
    ]);
  const [work, activity, reviews, pins] = await Promise.all([
    loadWork(family),
    loadCaseActivity(family, ACTIVITY),
    loadReviews([caseId]),
    pinTexts(comments),
  ]);
  if (summary === undefined || row === undefined) throw new Error(`case ${caseId} is gone while it is read`);
  return {
    ...toCaseSummary(summary),
    summary: row.summary,
    closedAt: row.closedAt?.toISOString() ?? null,
    merged: merged.map((one) => ({ ...one, at: one.at.toISOString() })),
    items,
    notes: notes.map(toCaseNote),
    tasks: tasks.map(toCaseTask),
    comments: comments.map((comment) => toCaseComment(comment, pins.get(comment.id) ?? null)),
    attachments: attachments.filter((file) => file.withdrawnAt === null).map(toCaseAttachment),
    indicators: indicators.map(toCaseIndicator),
    work: work.map((one) => ({ ...one, lastAt: one.lastAt.toISOString() })),
    activity: toCaseActivity(activity, caseId),
    review: reviews[0] === undefined ? null : toReviewSummary(reviews[0]),
  };
}

/** What stands in a case: findings, alerts and hits as they are now, and those that the data no longer gives. */
async function readItems(family: readonly number[]): Promise<CaseDetail['items']> {
  const items = await loadItems(family);
  const refs = (kind: StoredItem['kind']) => items.flatMap((item) => (item.kind === kind ? [item.ref] : []));
  const [rows, alerts, hits] = await Promise.all([
    loadRows(refs('finding')),
    alertsOf(refs('alert')),
    hitsOf(refs('hit')),
  ]);
  const findings = new Map(rows.map((row) => [row.id, row]));
  const shown: CaseDetail['items'] = { findings: [], gone: [], alerts: [], hits: [] };
  for (const { kind, ref, caseId, addedBy, addedAt } of items) {
    const stands = { caseId, addedBy, addedAt: addedAt.toISOString() };
    const finding = kind === 'finding' ? findings.get(ref) : undefined;
    const alert = kind === 'alert' ? alerts.get(ref) : undefined;
    const hit = kind === 'hit' ? hits.get(ref) : undefined;
    if (finding !== undefined) shown.findings.push({ ...toFindingSummary(finding), ...stands });
    else if (alert !== undefined) shown.alerts.push({ ...toAlertView(alert), ...stands });
    else if (hit !== undefined) shown.hits.push({ ...hitView(hit), ...stands });
    else shown.gone.push({ kind, id: kind === 'alert' ? keyOfRef(ref) : ref, caseId });
  }
  return shown;
}

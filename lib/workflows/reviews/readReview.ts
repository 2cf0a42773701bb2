import { AppError } from '../../base/appError';
import type { FindingHistory } from '../../contracts/findings';
import type { ReviewDetail, SeenAlert, SeenFinding } from '../../contracts/reviews';
import { VERDICT_WORD } from '../../contracts/scalars';
import { loadCaseAlerts } from '../../storage/cases/caseAlerts';
import { familyOrRefuse } from '../../storage/cases/changeCase';
import { loadRows } from '../../storage/findingRows';
import { barredFrom, loadReview, type ReviewWithSeen } from '../../storage/reviews/reviews';
import { loadReviews } from '../../storage/reviews/rounds';
import { toReviewSummary } from '../cases/caseViews';
import { readFindingHistory } from '../findingHistory';
import type { KeptSeen } from './submitCase';

/** All rounds of review of a case, newest first. Throws `not_found`. */
export async function readReviews(caseId: number): Promise<{ items: ReviewDetailSummary[] }> {
  return { items: (await loadReviews(await familyOrRefuse(caseId))).map(toReviewSummary) };
}
type ReviewDetailSummary = ReturnType<typeof toReviewSummary>;

/** A review with what its author saw, and what changed since. Throws `not_found`. */
export async function readReview(id: number, by: string): Promise<ReviewDetail> {
  const review = await reviewOrRefuse(id);
  const { seen: kept, ...summary } = review;
  const seen = kept as KeptSeen;
  return {
    ...toReviewSummary(summary),
    findings: await withChanges(seen.findings),
    alerts: await withAlertChanges(review.caseId, seen.alerts ?? []),
    tasksOpen: seen.tasksOpen,
    work: [...seen.work],
    barred: review.state === 'waiting' ? await barredFrom(review, by) : null,
  };
}

/** A review by number. Throws `not_found`. */
export async function reviewOrRefuse(id: number): Promise<ReviewWithSeen> {
  const review = await loadReview(id);
  if (review === undefined) throw new AppError('not_found', `There is no review ${id}.`);
  return review;
}

async function withChanges(seen: KeptSeen['findings']): Promise<SeenFinding[]> {
  const standing = new Set((await loadRows(seen.map(({ findingId }) => findingId))).map(({ id }) => id));
  const changed: SeenFinding[] = [];
  for (const finding of seen) {
    const history = standing.has(finding.findingId) ? await readFindingHistory(finding.findingId) : null;
    changed.push({ ...finding, since: changesSince(finding, history) });
  }
  return changed;
}

async function withAlertChanges(caseId: number, seen: NonNullable<KeptSeen['alerts']>): Promise<SeenAlert[]> {
  if (seen.length === 0) return [];
  const alerts = await loadCaseAlerts(await familyOrRefuse(caseId));
  const revisions = new Map(alerts.map(({ key, revision }) => [key, revision]));
  return seen.map((alert) => ({ ...alert, changed: revisions.get(alert.key) !== alert.revision }));
}

/** What became of a finding after it was submitted, in sentences, oldest first; `history` null: it is gone. */
export function changesSince(
  finding: Pick<SeenFinding, 'revision' | 'verdicts'>,
  history: FindingHistory | null,
): string[] {
  if (history === null) return ['The data no longer gives this finding.'];
  const known = new Set(finding.verdicts.map(({ at, by }) => `${at} ${by}`));
  const verdicts = history.verdicts
    .filter(({ at, by }) => !known.has(`${at} ${by}`))
    .map(({ at, by, value }) => ({
      at,
      text:
        value === null
          ? `${by} took the verdict back.`
          : `${by} gave the verdict ${VERDICT_WORD[value].toLowerCase()}.`,
    }));
  const revisions = history.revisions
    .filter(({ revision }) => revision > finding.revision)
    .map(({ at, changes }) => ({
      at,
      text: `New data: ${changes.map(({ title, what, before, after }) => `${title ?? what}: ${before} → ${after}`).join(', ')}.`,
    }));
  return [...verdicts, ...revisions].sort((a, b) => a.at.localeCompare(b.at)).map(({ text }) => text);
}

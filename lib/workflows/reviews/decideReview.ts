import { AppError } from '../../base/appError';
import type { ReviewDetail } from '../../contracts/reviews';
import type { NewComment } from '../../storage/cases/caseComments';
import { loadItems } from '../../storage/cases/caseItems';
import { familyOrRefuse } from '../../storage/cases/changeCase';
import type { VerdictValue } from '../../storage/findingRows';
import * as storage from '../../storage/reviews/reviews';
import { checkedPin } from '../cases/commentPins';
import { readReview, reviewOrRefuse } from './readReview';
import type { KeptSeen } from './submitCase';

/** What a lead sends. */
type Decision = {
  readonly decision: 'approved' | 'sent_back';
  readonly text: string;
  readonly comments: readonly {
    readonly text: string;
    readonly pin: {
      readonly findingId: string | null;
      readonly eventId: string | null;
      readonly field: string | null;
    } | null;
  }[];
  readonly outcome: VerdictValue | null;
};

/**
 * Approves a review or sends it back. Throws `not_found`; `bad_request` for one sent back without a word; `forbidden`
 * for an author; `conflict` when somebody decided first, or to approve what is not as it was submitted.
 */
export async function decideReview(id: number, given: Decision, by: string): Promise<ReviewDetail> {
  if (given.decision === 'sent_back' && given.text.trim() === '')
    throw new AppError('bad_request', 'Say what is missing: a case is not sent back without a word.', {
      errors: [{ path: 'text', message: 'needed to send a case back' }],
    });
  const review = await reviewOrRefuse(id);
  const items = await loadItems(await familyOrRefuse(review.caseId));
  const findings = items.flatMap(({ kind, ref }) => (kind === 'finding' ? [ref] : []));
  const comments = given.comments.map(({ text, pin }): Omit<NewComment, 'reviewId'> => {
    const kept = checkedPin(pin, findings);
    return kept === undefined ? { text } : { text, pin: kept };
  });
  const seen = review.seen as KeptSeen;
  const submitted = {
    findings: new Map(seen.findings.map(({ findingId, revision }) => [findingId, revision])),
    alerts: new Map((seen.alerts ?? []).map(({ key, revision }) => [key, revision])),
  };
  await storage.decideReview(review, { ...given, comments, ...submitted }, by);
  return readReview(id, by);
}

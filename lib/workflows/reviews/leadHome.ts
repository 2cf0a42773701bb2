import { rolesWith } from '../../access/can';
import { wilson } from '../../base/wilson';
import type { LeadHome } from '../../contracts/reviews';
import { loadCases } from '../../storage/cases/caseSummaries';
import { countBlindVerdicts, loadAgeing, loadWorkload } from '../../storage/reviews/leadHome';
import { barredFrom } from '../../storage/reviews/reviews';
import { loadWaiting } from '../../storage/reviews/rounds';
import { countSample } from '../../storage/reviews/secondVerdicts';
import { toCaseSummary, toReviewSummary } from '../cases/caseViews';

/** Days without a touch after which an open case is ageing. */
const AGEING_DAYS = 3;
const BLIND_DAYS = 30;
const LISTED = 200;

/** What awaits a lead, as `by` sees it. */
export async function readLeadHome(by: string): Promise<LeadHome> {
  const [waiting, ageing, workload, blindVerdicts, sample] = await Promise.all([
    loadWaiting(LISTED),
    loadAgeing(AGEING_DAYS, LISTED),
    loadWorkload(rolesWith('findings.decide')),
    countBlindVerdicts(BLIND_DAYS),
    countSample(),
  ]);
  const cases = new Map(
    (await loadCases([...waiting.map(({ caseId }) => caseId), ...ageing])).map((row) => [
      row.id,
      toCaseSummary(row),
    ]),
  );
  const barred = await Promise.all(waiting.map((review) => barredFrom(review, by)));
  return {
    waiting: waiting.flatMap((review, place) => {
      const summary = cases.get(review.caseId);
      return summary === undefined
        ? []
        : [{ ...summary, review: toReviewSummary(review), mine: barred[place] !== null }];
    }),
    ageing: ageing.flatMap((id) => cases.get(id) ?? []),
    workload: [...workload],
    blindVerdicts,
    sample: { ...sample, agreement: wilson(sample.agreed, sample.judged) },
  };
}

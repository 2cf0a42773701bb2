import type { MetricList, MetricsView } from '../../contracts/metrics';

/**
 * For tests: each list with the number of the view it is behind. That of `findings` is of all thirteen weeks, that of
 * `open_at_end` of the last.
 */
export const NUMBERS: Readonly<Record<MetricList, (view: MetricsView) => number | undefined>> = {
  findings: (view) => sum(view, 'findings'),
  triage: (view) => view.times.bySeverity[0]?.triage.n,
  verdict: (view) => view.times.bySeverity[0]?.verdict.n,
  review: (view) => view.review.time.n,
  sent_back: (view) => view.review.sentBack.n,
  precision: (view) => view.precision.bySeverity[0]?.precision.of,
  true_positives: (view) => view.precision.bySeverity[0]?.attacks.n,
  benign_true_positives: (view) => view.precision.bySeverity[0]?.verdicts.benign_true_positive,
  false_positives: (view) => view.precision.bySeverity[0]?.verdicts.false_positive,
  undetermined: (view) => view.precision.bySeverity[0]?.verdicts.undetermined,
  verdicts_given: (view) => view.precision.bySeverity[0]?.blindLimited.of,
  blind_limited: (view) => view.precision.bySeverity[0]?.blindLimited.n,
  clock_kept: (view) => view.clocks.bySeverity[0]?.kept.n,
  clock_missed: (view) => {
    const kept = view.clocks.bySeverity[0]?.kept;
    return kept && kept.of - kept.n;
  },
  breached_now: (view) => view.clocks.bySeverity[0]?.breachedNow,
  backlog: (view) => view.backlog.bySeverity[0]?.open,
  open_at_end: (view) => view.weeks.at(-1)?.openAtEnd,
  prevented: (view) => view.prevented.findings,
  alerts: (view) => view.alerts.alerts,
  alerts_explained: (view) => view.alerts.explained,
  alerts_unexplained: (view) => view.alerts.unexplained,
  chains: (view) => view.alerts.chains,
  chains_unnoticed: (view) => view.alerts.unnoticed,
  rework_after_review: (view) => view.rework.afterReview.n,
  reopened: (view) => view.rework.reopened.n,
};

function sum(view: MetricsView, part: 'findings' | 'verdicts'): number {
  return view.weeks.reduce((total, week) => total + week[part], 0);
}

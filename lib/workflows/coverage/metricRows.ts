import type { Durations, MetricsView, Share } from '../../contracts/metrics';

/** A number of the team's page as a line of a table. */
export type MetricRow = {
  readonly measure: string;
  /** `all`, `severity` or `analytic`, or `week`. */
  readonly by: string;
  /** The severity, the analytic, or the Monday the week begins on; null for all. */
  readonly key: string | null;
  readonly title: string;
  /** The count, or minutes where the measure is of minutes. */
  readonly value: number | null;
  readonly share: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** What the value is one of, or how many it was measured on. */
  readonly of: number | null;
};

type Group = { readonly key: string | null; readonly title: string };
type Split<Row> = { readonly bySeverity: readonly Row[]; readonly byAnalytic: readonly Row[] };

/** Every number of the metrics, one a line: all of it, by severity, by analytic, by week. */
export function metricRows(view: MetricsView): readonly MetricRow[] {
  const all = { by: 'all', key: null, title: 'All' } as const;
  const { review, rework, prevented, alerts } = view;
  return [
    ...splitRows(view.times, ({ triage, verdict }, group) => [
      ...durations(group, 'triage', triage),
      ...durations(group, 'verdict', verdict),
    ]),
    ...durations(all, 'review', review.time),
    shareRow(all, 'sent_back', review.sentBack),
    ...splitRows(view.precision, ({ precision, attacks, blindLimited, verdicts }, group) => [
      shareRow(group, 'precision', precision),
      shareRow(group, 'attacks', attacks),
      shareRow(group, 'blind_limited', blindLimited),
      ...Object.entries(verdicts).map(([verdict, count]) => countRow(group, `verdict_${verdict}`, count)),
    ]),
    ...splitRows(view.clocks, ({ kept, breachedNow }, group) => [
      shareRow(group, 'clock_kept', kept),
      countRow(group, 'breached_now', breachedNow),
    ]),
    ...splitRows(view.backlog, ({ open, ages }, group) => [
      countRow(group, 'backlog', open),
      ...ages.map((count, place) => countRow(group, `backlog_${AGES[place]}`, count)),
    ]),
    ...Object.entries(prevented).map(([what, count]) => countRow(all, `prevented_${what}`, count)),
    ...Object.entries(alerts).map(([what, count]) => countRow(all, `alerts_${what}`, count)),
    shareRow(all, 'rework_after_review', rework.afterReview),
    shareRow(all, 'reopened', rework.reopened),
    ...view.weeks.flatMap(weekRows),
  ];
}

const AGES = ['under_a_day', 'under_a_week', 'under_30_days', 'older'] as const;

type Place = Pick<MetricRow, 'by' | 'key' | 'title'>;

/** All once, then each severity and each analytic. */
function splitRows<Row extends Group>(
  { bySeverity, byAnalytic }: Split<Row>,
  rows: (row: Row, place: Place) => readonly MetricRow[],
): readonly MetricRow[] {
  const placed = (row: Row, by: string) =>
    rows(row, { by: row.key === null ? 'all' : by, key: row.key, title: row.title });
  return [
    ...bySeverity.flatMap((row) => placed(row, 'severity')),
    ...byAnalytic.filter(({ key }) => key !== null).flatMap((row) => placed(row, 'analytic')),
  ];
}

function weekRows(week: MetricsView['weeks'][number]): readonly MetricRow[] {
  const place = { by: 'week', key: week.week, title: week.week };
  return [
    countRow(place, 'findings', week.findings),
    countRow(place, 'verdicts', week.verdicts),
    countRow(place, 'blind_limited', week.blindLimited),
    shareRow(place, 'precision', week.precision),
    countRow(place, 'verdict_median_minutes', week.medianToVerdict),
    countRow(place, 'open_at_end', week.openAtEnd),
  ];
}

function durations(place: Place, measure: string, { median, p90, n }: Durations): readonly MetricRow[] {
  return [
    { ...countRow(place, `${measure}_median_minutes`, median), of: n },
    { ...countRow(place, `${measure}_p90_minutes`, p90), of: n },
  ];
}

function shareRow(place: Place, measure: string, { n, share, low, high, of }: Share): MetricRow {
  return { measure, ...place, value: n, share, low, high, of };
}

function countRow(place: Place, measure: string, value: number | null): MetricRow {
  return { measure, ...place, value, share: null, low: null, high: null, of: null };
}

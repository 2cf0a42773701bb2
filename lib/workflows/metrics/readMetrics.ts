import { formatMicros, micros } from '../../base/time';
import type { MetricsQuery, MetricsView } from '../../contracts/metrics';
import { severityOf } from '../../storage/findingRows';
import {
  countHidingBaselines,
  loadMetricNumbers,
  type MetricNumbers,
} from '../../storage/metrics/metricNumbers';
import type { MetricWeek } from '../../storage/metrics/metricWeeks';
import { remembered } from '../../storage/remembered';
import { readCatalogue } from '../readCatalogue';
import { metricDays, metricWeeks, toMetricScope } from './metricScope';
import { toDurations, toPrecision, toShare } from './metricShapes';

/**
 * What the team's work came to, measured from its history and of nobody by name. Times and clocks are of findings that
 * came up in the period; precision of verdicts in force given in it; alerts and chains of what happened in it; backlog
 * and what is past its time of now. Throws `bad_request` for a period that ends before it begins.
 */
export async function readMetrics(query: MetricsQuery, now: Date): Promise<MetricsView> {
  // Refused before it is remembered; and what is open or past its time depends on the minute.
  metricDays(query, now);
  const minute = Math.floor(now.getTime() / MINUTE_MS);
  return remembered(`metrics ${JSON.stringify(query)} ${minute}`, () => measure(query, now));
}

const MINUTE_MS = 60_000;

async function measure(query: MetricsQuery, now: Date): Promise<MetricsView> {
  const scope = toMetricScope(query, now);
  const [numbers, hiding, { definitions }] = await Promise.all([
    loadMetricNumbers(scope, metricWeeks(scope.to)),
    countHidingBaselines(scope),
    readCatalogue(),
  ]);
  const titles = new Map(definitions.map(({ id, analytic }) => [id, analytic?.title ?? id]));
  const groups = groupsOf(numbers, titles);
  const { all } = groups;
  return {
    ...metricDays(query, now),
    times: split(groups, ({ count }) => count('triage') + count('verdict') > 0, timesOf),
    review: {
      time: toDurations(all.numbers, 'review'),
      sentBack: toShare(all.numbers.count('sent_back'), all.numbers.count('review')),
    },
    precision: split(
      groups,
      ({ count }) => count('precision') + count('undetermined') + count('verdicts_given') > 0,
      precisionOf,
    ),
    clocks: split(
      groups,
      ({ count }) => count('clock_kept') + count('clock_missed') + count('breached_now') > 0,
      clockOf,
    ),
    backlog: split(groups, ({ count }) => count('backlog') > 0, backlogOf),
    prevented: { findings: all.numbers.count('prevented'), baselines: hiding },
    alerts: {
      alerts: all.numbers.count('alerts'),
      explained: all.numbers.count('alerts_explained'),
      unexplained: all.numbers.count('alerts_unexplained'),
      chains: all.numbers.count('chains'),
      unnoticed: all.numbers.count('chains_unnoticed'),
    },
    rework: {
      afterReview: toShare(all.numbers.count('rework_after_review'), all.numbers.count('verdicts_given')),
      reopened: toShare(all.numbers.count('reopened'), all.numbers.count('verdicts_given')),
    },
    weeks: numbers.weeks.map(toWeek),
  };
}

type Group = { readonly key: string | null; readonly title: string; readonly numbers: MetricNumbers };
type Groups = {
  readonly all: Group;
  readonly severities: readonly Group[];
  readonly analytics: readonly Group[];
};

function groupsOf(
  { all, bySeverity, byAnalytic }: Awaited<ReturnType<typeof loadMetricNumbers>>,
  titles: ReadonlyMap<string, string>,
): Groups {
  const severities = [...bySeverity].sort((a, b) => (b.severity ?? 0) - (a.severity ?? 0));
  const analytics = [...byAnalytic].sort((a, b) => ((a.analytic ?? '') < (b.analytic ?? '') ? -1 : 1));
  return {
    all: { key: null, title: 'All', numbers: all },
    severities: severities.map((numbers) => {
      const word = severityOf(numbers.severity ?? 0);
      return { key: word, title: word.charAt(0).toUpperCase() + word.slice(1), numbers };
    }),
    analytics: analytics.map((numbers) => {
      const id = numbers.analytic ?? '';
      return { key: id, title: titles.get(id) ?? id, numbers };
    }),
  };
}

/** One part of the view by severity and by analytic: all first, then those it has anything of. */
function split<Part>(
  { all, severities, analytics }: Groups,
  has: (numbers: MetricNumbers) => boolean,
  part: (numbers: MetricNumbers) => Part,
) {
  const rows = (groups: readonly Group[]) =>
    [all, ...groups.filter(({ numbers }) => has(numbers))].map(({ key, title, numbers }) => ({
      key,
      title,
      ...part(numbers),
    }));
  return { bySeverity: rows(severities), byAnalytic: rows(analytics) };
}

function timesOf(numbers: MetricNumbers) {
  return { triage: toDurations(numbers, 'triage'), verdict: toDurations(numbers, 'verdict') };
}

function precisionOf({ count }: MetricNumbers) {
  return {
    precision: toPrecision(count),
    attacks: toShare(count('true_positives'), count('precision')),
    blindLimited: toShare(count('blind_limited'), count('verdicts_given')),
    verdicts: {
      true_positive: count('true_positives'),
      benign_true_positive: count('benign_true_positives'),
      false_positive: count('false_positives'),
      undetermined: count('undetermined'),
    },
  };
}

function clockOf({ count }: MetricNumbers) {
  return {
    kept: toShare(count('clock_kept'), count('clock_kept') + count('clock_missed')),
    breachedNow: count('breached_now'),
  };
}

function backlogOf({ count, ages, oldest }: MetricNumbers) {
  const [day = 0, week = 0, month = 0, older = 0] = ages;
  const four: [number, number, number, number] = [day, week, month, older];
  return {
    open: count('backlog'),
    ages: four,
    oldest: oldest === null ? null : formatMicros(micros(oldest)),
  };
}

function toWeek({ week, count, medianToVerdict, openAtEnd }: MetricWeek): MetricsView['weeks'][number] {
  return {
    week,
    findings: count('findings'),
    verdicts: count('verdicts_given'),
    blindLimited: count('blind_limited'),
    precision: toPrecision(count),
    medianToVerdict,
    openAtEnd,
  };
}

import { pool } from '../client';
import { type Folded, type FoldedGroup, type FoldedLength, foldSubject } from './metricFold';
import { counts, HIDDEN_BY, METRIC_LISTS, type MetricListName, RELATIONS } from './metricLists';
import { AGES, bindScope, type MetricScope } from './metricScope';
import { loadOpenByWeek, type MetricWeek, toWeeks, type Week } from './metricWeeks';

/** Lengths of time in minutes; null where nothing was measured. */
export type MeasuredLength = { readonly median: number | null; readonly p90: number | null };

/** The numbers of all that was asked for, or of one severity (its stored number) or one analytic of it. */
export type MetricNumbers = {
  readonly severity: number | null;
  readonly analytic: string | null;
  /** How many rows a list has; `open_at_end` is told by the weeks. */
  readonly count: (list: MetricListName) => number;
  readonly length: (list: MetricListName) => MeasuredLength;
  /** Open findings by age, in the order of AGES. */
  readonly ages: readonly number[];
  /** When the oldest open finding came up, in microseconds. */
  readonly oldest: number | null;
};

/** Everything that is counted: of all, of each severity and analytic there is, and of each of `weeks`, which are on end and end with the period. */
export async function loadMetricNumbers(
  scope: MetricScope,
  weeks: readonly Week[],
): Promise<{
  readonly all: MetricNumbers;
  readonly bySeverity: readonly MetricNumbers[];
  readonly byAnalytic: readonly MetricNumbers[];
  readonly weeks: readonly MetricWeek[];
}> {
  const weeksFrom = weeks[0]?.begins ?? scope.from;
  const [open, ...parts] = await Promise.all([
    loadOpenByWeek(scope, weeks),
    ...(['finding', 'verdict', 'review', 'alert'] as const).map((subject) =>
      foldSubject(subject, scope, weeksFrom),
    ),
  ]);
  const whole: Folded = {
    groups: parts.flatMap(({ groups }) => groups),
    lengths: parts.flatMap(({ lengths }) => lengths),
    weeks: parts.flatMap((part) => part.weeks),
  };
  const of = (name: 'severity' | 'analytic') =>
    [...new Set(whole.groups.map((group) => group[name]))].flatMap((key) =>
      key === null ? [] : [toNumbers(whole, { severity: null, analytic: null, [name]: key })],
    );
  return {
    all: toNumbers(whole, { severity: null, analytic: null }),
    bySeverity: of('severity'),
    byAnalytic: of('analytic'),
    weeks: toWeeks(weeks, whole.weeks, open, scope.now),
  };
}

/** Baselines that keep a finding of the period from the queue. */
export async function countHidingBaselines(scope: MetricScope): Promise<number> {
  const p = bindScope(scope);
  const { rows } = await pool().query<{ count: number }>(
    `SELECT count(DISTINCT hiding.id)::int AS count FROM ${RELATIONS.finding(p)} m ${HIDDEN_BY} WHERE ${counts(METRIC_LISTS.prevented, p)}`,
    p.values(),
  );
  return rows[0]?.count ?? 0;
}

type Key = { readonly severity: number | null; readonly analytic: string | null };

/** Adds the groups up that a key stands for; null stands for every one. */
function toNumbers({ groups, lengths }: Folded, key: Key): MetricNumbers {
  const own = groups.filter(
    ({ severity, analytic }) =>
      (key.severity === null || severity === key.severity) &&
      (key.analytic === null || analytic === key.analytic),
  );
  const sum = (column: string) => own.reduce((total, group) => total + (group.counts[column] ?? 0), 0);
  return {
    ...key,
    count: sum,
    length: (list) => lengthOf(lengths, list, key),
    ages: AGES.map((age) => sum(`age ${age}`)),
    oldest: oldestOf(own),
  };
}

function lengthOf(lengths: readonly FoldedLength[], list: MetricListName, key: Key): MeasuredLength {
  const told = lengths.find(
    (each) => each.list === list && each.severity === key.severity && each.analytic === key.analytic,
  );
  const [median = null, p90 = null] = told?.minutes ?? [];
  return { median, p90 };
}

function oldestOf(groups: readonly FoldedGroup[]): number | null {
  const all = groups.flatMap(({ counts: { oldest = null } }) => (oldest === null ? [] : [oldest]));
  return all.length === 0 ? null : Math.min(...all);
}

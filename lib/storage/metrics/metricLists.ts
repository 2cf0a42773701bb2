import { IN_FORCE } from '../baselines';
import {
  decidedReviews,
  givenVerdicts,
  happened,
  joinedAlerts,
  measuredFindings,
  NEXT,
  openAt,
} from './measured';
import { type Age, type Bound, microsOf } from './metricScope';

/** What a list is of; each has its relation `m`. */
export type Subject = 'finding' | 'verdict' | 'review' | 'alert';

/** SQL: all rows of a subject that a scope asks for, before a list picks its own. */
export const RELATIONS: Readonly<Record<Subject, (p: Bound) => string>> = {
  finding: measuredFindings,
  verdict: givenVerdicts,
  review: decidedReviews,
  alert: joinedAlerts,
};

/** A number and the list behind it, both made of this one condition. All but `of` is SQL over the subject's relation `m`. */
export type MetricList = {
  readonly of: Subject;
  /** The instant that must lie in the period; null where the list is of what stands now. */
  readonly when: string | null;
  readonly holds: (p: Bound) => string;
  /** The length of time it is about; absent where it is of none. */
  readonly length?: (p: Bound) => string;
  /** What a row counts as: a verdict, or a word of ours. */
  readonly outcome: string;
  /** The instant shown, in microseconds. */
  readonly at: string;
};

const always = () => 'TRUE';
const since = (start: string) => (p: Bound) => `${p.now} - ${start}`;
const verdictIs = (value: string): MetricList => ({
  of: 'finding',
  when: 'm.verdict_at',
  holds: () => `m.verdict = '${value}'`,
  outcome: 'm.verdict',
  at: microsOf('m.verdict_at'),
});

/** SQL: a finding still waits for its first verdict and is past the time its clock gave it. */
const overdue = (p: Bound) => `m.judged IS NULL AND m.awaited AND m.due_first < ${p.now}`;

/** SQL: ids of the baselines in force that keep findings from the queue. */
const HIDING = `ARRAY(SELECT b.id FROM baselines b WHERE b.points IS NULL AND ${IN_FORCE})`;
/** SQL: findings `m`, once for each baseline `hiding.id` in force that keeps it from the queue. */
export const HIDDEN_BY = `JOIN LATERAL unnest(m.baseline_ids) AS hiding(id) ON hiding.id = ANY(${HIDING})`;

const AGE: Readonly<Record<Age, (age: string) => string>> = {
  day: (age) => `${age} < interval '1 day'`,
  week: (age) => `${age} >= interval '1 day' AND ${age} < interval '7 days'`,
  month: (age) => `${age} >= interval '7 days' AND ${age} < interval '30 days'`,
  older: (age) => `${age} >= interval '30 days'`,
};
/** SQL: finding `m` came up so long ago. */
export function isOfAge(p: Bound, age: Age): string {
  return AGE[age](since('m.created_at')(p));
}

/**
 * Every list of metrics. What people did counts whatever became of the finding since; what waits is as the queue has it:
 * hidden by no baseline, and for clocks still given by the data.
 */
export const METRIC_LISTS = {
  findings: {
    of: 'finding',
    when: 'm.created_at',
    holds: () => 'NOT m.suppressed',
    outcome: `coalesce(m.verdict, 'open')`,
    at: microsOf('m.created_at'),
  },
  triage: {
    of: 'finding',
    when: 'm.created_at',
    holds: () => 'm.touched IS NOT NULL',
    length: () => 'm.touched - m.created_at',
    outcome: `CASE WHEN m.touched = m.judged THEN 'judged' WHEN m.touched = m.assigned THEN 'assigned' ELSE 'opened' END`,
    at: microsOf('m.touched'),
  },
  verdict: {
    of: 'finding',
    when: 'm.created_at',
    holds: () => 'm.judged IS NOT NULL',
    length: () => 'm.judged - m.created_at',
    outcome: `coalesce(m.verdict, 'taken_back')`,
    at: microsOf('m.judged'),
  },
  review: {
    of: 'review',
    when: 'm.decided_at',
    holds: always,
    length: () => 'm.decided_at - m.submitted_at',
    outcome: 'm.state',
    at: microsOf('m.decided_at'),
  },
  sent_back: {
    of: 'review',
    when: 'm.decided_at',
    holds: () => `m.state = 'sent_back'`,
    outcome: 'm.state',
    at: microsOf('m.decided_at'),
  },
  precision: {
    of: 'finding',
    when: 'm.verdict_at',
    holds: () => `m.verdict <> 'undetermined'`,
    outcome: 'm.verdict',
    at: microsOf('m.verdict_at'),
  },
  true_positives: verdictIs('true_positive'),
  benign_true_positives: verdictIs('benign_true_positive'),
  false_positives: verdictIs('false_positive'),
  undetermined: verdictIs('undetermined'),
  verdicts_given: { of: 'verdict', when: 'm.at', holds: always, outcome: 'm.value', at: microsOf('m.at') },
  blind_limited: {
    of: 'verdict',
    when: 'm.at',
    holds: () => 'm.blind',
    outcome: 'm.value',
    at: microsOf('m.at'),
  },
  clock_kept: {
    of: 'finding',
    when: 'm.created_at',
    holds: () => 'm.judged <= m.due_first',
    length: () => 'm.judged - m.created_at',
    outcome: `'in_time'`,
    at: microsOf('m.judged'),
  },
  clock_missed: {
    of: 'finding',
    when: 'm.created_at',
    holds: (p) => `(m.judged > m.due_first OR ${overdue(p)})`,
    length: (p) => `coalesce(m.judged, ${p.now}) - m.created_at`,
    outcome: `CASE WHEN m.judged IS NULL THEN 'waiting' ELSE 'late' END`,
    at: microsOf('m.due_first'),
  },
  breached_now: {
    of: 'finding',
    when: null,
    holds: (p) => `m.awaited AND m.due <= ${p.now}`,
    length: since('m.due'),
    outcome: `'waiting'`,
    at: microsOf('m.due'),
  },
  backlog: {
    of: 'finding',
    when: null,
    holds: (p) => (p.age === null ? 'm.open' : `m.open AND ${isOfAge(p, p.age)}`),
    length: since('m.created_at'),
    outcome: `'open'`,
    at: microsOf('m.created_at'),
  },
  open_at_end: {
    of: 'finding',
    when: null,
    holds: (p) => `m.id IN (SELECT x.id FROM ${openAt(p, `(SELECT ${p.end} AS moment)`)} x)`,
    length: (p) => `${p.end} - m.created_at`,
    outcome: `'open'`,
    at: microsOf('m.created_at'),
  },
  prevented: {
    of: 'finding',
    when: 'm.created_at',
    holds: () => `m.suppressed AND NOT m.stale AND m.baseline_ids && ${HIDING}`,
    outcome: `'suppressed'`,
    at: microsOf('m.created_at'),
  },
  alerts: {
    of: 'alert',
    when: null,
    holds: (p) => happened(p, 'm.time'),
    outcome: `CASE WHEN m.explained THEN 'explained' ELSE 'unexplained' END`,
    at: 'm.time',
  },
  alerts_explained: {
    of: 'alert',
    when: null,
    holds: (p) => `${happened(p, 'm.time')} AND m.explained`,
    outcome: `'explained'`,
    at: 'm.time',
  },
  alerts_unexplained: {
    of: 'alert',
    when: null,
    holds: (p) => `${happened(p, 'm.time')} AND NOT m.explained`,
    outcome: `'unexplained'`,
    at: 'm.time',
  },
  chains: {
    of: 'finding',
    when: null,
    holds: (p) => isChain(p),
    outcome: `CASE WHEN EXISTS (SELECT 1 FROM alerts a WHERE a.finding_id = m.id) THEN 'noticed' ELSE 'unnoticed' END`,
    at: 'm.from_time',
  },
  chains_unnoticed: {
    of: 'finding',
    when: null,
    holds: (p) => `${isChain(p)} AND NOT EXISTS (SELECT 1 FROM alerts a WHERE a.finding_id = m.id)`,
    outcome: `'unnoticed'`,
    at: 'm.from_time',
  },
  rework_after_review: {
    of: 'verdict',
    when: 'm.at',
    // The verdict stood when the case was sent back, and the next one says something else.
    holds: () => `m.sent_back IS NOT NULL AND EXISTS (SELECT 1 FROM (${NEXT}) n, unnest(m.sent_back) AS s(at)
      WHERE s.at > m.at AND n.at >= s.at AND n.value IS DISTINCT FROM m.value)`,
    outcome: `concat_ws(' ', m.value, (SELECT coalesce(n.value, 'taken_back') FROM (${NEXT}) n))`,
    at: microsOf('m.at'),
  },
  reopened: {
    of: 'verdict',
    when: 'm.at',
    holds:
      () => `m.reopened IS NOT NULL AND EXISTS (SELECT 1 FROM unnest(m.reopened) AS r(at) LEFT JOIN (${NEXT}) n ON TRUE
      WHERE r.at > m.at AND (n.at IS NULL OR r.at < n.at))`,
    outcome: `concat_ws(' ', m.value, 'reopened')`,
    at: microsOf('m.at'),
  },
} as const satisfies Readonly<Record<string, MetricList>>;
export type MetricListName = keyof typeof METRIC_LISTS;

/** SQL: a chain the data gives and no baseline hides, by when it began. */
function isChain(p: Bound): string {
  return `NOT m.suppressed AND NOT m.stale AND ${happened(p, 'm.from_time')}`;
}

/** One list as all of them are. */
export function metricList(name: MetricListName): MetricList {
  return METRIC_LISTS[name];
}

/** SQL: row `m` is in the list, whatever the period. */
export function holds(list: MetricList, p: Bound): string {
  return list.when === null ? list.holds(p) : `${list.when} IS NOT NULL AND ${list.holds(p)}`;
}

/** SQL: row `m` is in the list and in the period. */
export function counts(list: MetricList, p: Bound): string {
  return list.when === null
    ? list.holds(p)
    : `${list.when} >= ${p.from} AND ${list.when} < ${p.to} AND ${list.holds(p)}`;
}

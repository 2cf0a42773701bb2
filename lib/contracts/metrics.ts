import { z } from 'zod';
import { coverageQuery } from './coverage';
import { isoTime, severity, storableText } from './scalars';

/** UTC days, both included; without them the last 30 days. By severity or analytic, or one of either. */
export const metricsQuery = z.object({
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  severity: severity.optional(),
  analytic: storableText.max(200).optional(),
});
export type MetricsQuery = z.infer<typeof metricsQuery>;

/** Minutes; null where nothing was measured. */
export const durations = z.object({ median: z.number().nullable(), p90: z.number().nullable(), n: z.int() });
export type Durations = z.infer<typeof durations>;

/** A share with its 95 % interval (Wilson); null where nothing was counted. */
export const share = z.object({
  share: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  n: z.int(),
  of: z.int(),
});
export type Share = z.infer<typeof share>;

/** Findings or cases of a severity or an analytic; `key` null: all. */
const group = z.object({ key: z.string().nullable(), title: z.string() });

export const timesRow = group.extend({
  /** From the finding's creation to the first thing somebody did about it, and to its first verdict. */
  triage: durations,
  verdict: durations,
});
export const precisionRow = group.extend({
  /** Of findings with a verdict but undetermined: true, benign true ones included. */
  precision: share,
  /** The same, and only those that were an attack. */
  attacks: share,
  /** Of verdicts given: on a finding with a blind required stage. */
  blindLimited: share,
  verdicts: z.object({
    true_positive: z.int(),
    benign_true_positive: z.int(),
    false_positive: z.int(),
    undetermined: z.int(),
  }),
});
export const clockRow = group.extend({
  kept: share,
  /** Open and past their time now. */
  breachedNow: z.int(),
});
export const backlogRow = group.extend({
  open: z.int(),
  /** Open ones by age: under a day, under a week, under 30 days, older. */
  ages: z.tuple([z.int(), z.int(), z.int(), z.int()]),
  oldest: isoTime.nullable(),
});

/** What the team's work came to, measured from its history. The first row of each list is all of it. */
export const metricsView = z.object({
  from: z.iso.date(),
  to: z.iso.date(),
  times: z.object({ bySeverity: z.array(timesRow), byAnalytic: z.array(timesRow) }),
  /** Of cases: from submission to the lead's decision, and how many decisions sent a case back. */
  review: z.object({ time: durations, sentBack: share }),
  precision: z.object({ bySeverity: z.array(precisionRow), byAnalytic: z.array(precisionRow) }),
  clocks: z.object({ bySeverity: z.array(clockRow), byAnalytic: z.array(clockRow) }),
  backlog: z.object({ bySeverity: z.array(backlogRow), byAnalytic: z.array(backlogRow) }),
  /** Findings that a baseline in force keeps from the queue, and baselines that did. */
  prevented: z.object({ findings: z.int(), baselines: z.int() }),
  /** Vendor alerts (each once), how many a chain explains, and the chains. */
  alerts: z.object({
    alerts: z.int(),
    explained: z.int(),
    unexplained: z.int(),
    chains: z.int(),
    /** Chains that no vendor alert belongs to. */
    unnoticed: z.int(),
  }),
  /** Verdicts that were changed or taken back after a review or by later data, of those given. */
  rework: z.object({ afterReview: share, reopened: share }),
  /** 13 weeks up to the end, by the Monday they begin on, oldest first. */
  weeks: z.array(
    z.object({
      week: z.iso.date(),
      findings: z.int(),
      verdicts: z.int(),
      blindLimited: z.int(),
      precision: share,
      medianToVerdict: z.number().nullable(),
      openAtEnd: z.int(),
    }),
  ),
});
export type MetricsView = z.infer<typeof metricsView>;

/** Every number of the view has a list behind it, by this name. */
export const METRIC_LISTS = [
  'findings',
  'triage',
  'verdict',
  'review',
  'sent_back',
  'precision',
  'true_positives',
  'benign_true_positives',
  'false_positives',
  'undetermined',
  'verdicts_given',
  'blind_limited',
  'clock_kept',
  'clock_missed',
  'breached_now',
  'backlog',
  /** As it was when the period ended. */
  'open_at_end',
  'prevented',
  'alerts',
  'alerts_explained',
  'alerts_unexplained',
  'chains',
  'chains_unnoticed',
  'rework_after_review',
  'reopened',
] as const;
export type MetricList = (typeof METRIC_LISTS)[number];
/** Ages of open findings, in the order of `backlogRow.ages`. */
export const BACKLOG_AGES = ['day', 'week', 'month', 'older'] as const;
export type BacklogAge = (typeof BACKLOG_AGES)[number];
export const metricListQuery = metricsQuery.extend({
  list: z.enum(METRIC_LISTS),
  /** Of the list `backlog`: under a day, under a week, under 30 days, older. */
  age: z.enum(BACKLOG_AGES).optional(),
  cursor: z.string().max(2000).optional(),
  limit: z.coerce.number().int().min(1).max(500).optional(),
});
/** What a number is made of, the worst first. */
export const metricItems = z.object({
  list: z.enum(METRIC_LISTS),
  items: z.array(
    z.object({
      /** A finding, a case or a vendor's alert, and its page here. */
      kind: z.enum(['finding', 'case', 'alert']),
      id: z.string(),
      title: z.string(),
      host: z.string().nullable(),
      analytic: z.string().nullable(),
      severity: severity.nullable(),
      /** Minutes where the list is of times; else null. */
      minutes: z.number().nullable(),
      /** What it counts as: a verdict, "sent back", "past its time". */
      outcome: z.string(),
      at: isoTime,
      href: z.string(),
    }),
  ),
  total: z.int(),
  nextCursor: z.string().nullable(),
});
export type MetricListQuery = z.infer<typeof metricListQuery>;
export type MetricItems = z.infer<typeof metricItems>;

/** The board report on one page, as PDF. */
export const boardReportQuery = coverageQuery;

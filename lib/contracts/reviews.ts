import { z } from 'zod';
import { caseSummary, commentPin, reviewSummary } from './cases';
import { findingDetail, findingHistory, findingSummary } from './findings';
import { isoTime, severity, verdictValue } from './scalars';

/** What of a finding its author had before them, as kept when the case was submitted. */
export const seenFinding = z.object({
  findingId: z.string(),
  headline: z.string(),
  revision: z.int(),
  analytic: z.string(),
  analyticVersion: z.string(),
  status: findingSummary.shape.status,
  severity,
  score: z.number(),
  stages: findingSummary.shape.stages,
  telemetry: findingDetail.shape.telemetry,
  /** Baselines in force on it then: id and title. */
  baselines: z.array(z.object({ id: z.int(), title: z.string() })),
  verdicts: findingHistory.shape.verdicts,
  /** What was opened of it, by whom, when first and how often, in words. */
  opened: z.array(
    z.object({
      person: z.string(),
      what: z.string(),
      text: z.string(),
      eventId: z.string().nullable(),
      firstAt: isoTime,
      lastAt: isoTime,
      times: z.int(),
    }),
  ),
  /** Events of its stages that nobody of the authors opened. */
  unopened: z.array(z.object({ eventId: z.string(), stage: z.string(), text: z.string() })),
  /** Changes since it was submitted, in words; filled when it is read. */
  since: z.array(z.string()),
});
export type SeenFinding = z.infer<typeof seenFinding>;

/** What of an alert its author had before them, as kept when the case was submitted. */
export const seenAlert = z.object({
  key: z.string(),
  rule: z.string(),
  product: z.string(),
  host: z.string(),
  revision: z.int(),
  /** Null for one that the data no longer gave. */
  verdict: verdictValue.nullable(),
  reason: z.string(),
  by: z.string().nullable(),
  at: isoTime.nullable(),
  /** Whether somebody decided anew since; filled when it is read. */
  changed: z.boolean(),
});
export type SeenAlert = z.infer<typeof seenAlert>;

/** One round of review with what the analyst saw. */
export const reviewDetail = reviewSummary.extend({
  findings: z.array(seenFinding),
  alerts: z.array(seenAlert),
  tasksOpen: z.int(),
  /** Seconds worked per person when it was submitted. */
  work: z.array(z.object({ person: z.string(), seconds: z.int() })),
  /** Why the one who asks may not decide; null when they may. */
  barred: z.string().nullable(),
});
export type ReviewDetail = z.infer<typeof reviewDetail>;
export const reviewList = z.object({ items: z.array(reviewSummary) });

export const submitBody = z.object({ revision: z.int(), message: z.string().max(8000).default('') });
export const decideReviewBody = z.object({
  decision: z.enum(['approved', 'sent_back']),
  /** Needed when sent back. */
  text: z.string().max(8000).default(''),
  /** Comments pinned to what they are about. */
  comments: z
    .array(z.object({ text: z.string().trim().min(1).max(8000), pin: commentPin.nullable() }))
    .max(100)
    .default([]),
  /** Verdict of the whole, for an approved case. */
  outcome: verdictValue.nullable().default(null),
});

/** What a screen tells that was opened: `finding`, `event:ID`, `telemetry`, `why`, `runbook`, `similar`, `lineage`. */
export const openedBody = z.object({
  what: z
    .array(
      z.union([
        z.enum([
          'finding',
          'preview',
          'telemetry',
          'why',
          'runbook',
          'similar',
          'activity',
          'lineage',
          'sequence',
        ]),
        z.string().regex(/^event:[0-9a-f-]{36}$/),
      ]),
    )
    .min(1)
    .max(50),
});

/** The lead's home. */
export const leadHome = z.object({
  /** Cases in review, the longest waiting first, with the review. */
  waiting: z.array(caseSummary.extend({ review: reviewSummary, mine: z.boolean() })),
  /** Open and sent-back cases nobody touched for days, the oldest first. */
  ageing: z.array(caseSummary),
  workload: z.array(
    z.object({
      person: z.string(),
      openFindings: z.int(),
      breached: z.int(),
      openCases: z.int(),
      openTasks: z.int(),
      verdicts7d: z.int(),
      sentBack30d: z.int(),
      /** Median seconds from found to verdict over 7 days; null without any. */
      medianToVerdict: z.number().nullable(),
    }),
  ),
  /** False positives of the last 30 days that were closed while a required stage was blind, of all of them. */
  blindVerdicts: z.object({ blind: z.int(), closed: z.int() }),
  sample: z.object({
    /** Closed false positives of the last 30 days, of them drawn, and of those judged a second time. */
    closed: z.int(),
    drawn: z.int(),
    judged: z.int(),
    agreed: z.int(),
    /** Share of agreement with its 95 % interval (Wilson); null without any. */
    agreement: z.object({ share: z.number(), low: z.number(), high: z.number() }).nullable(),
  }),
});
export type LeadHome = z.infer<typeof leadHome>;

export const drawSampleBody = z.object({ size: z.int().min(1).max(50).default(5) });
/** A finding to be judged without seeing who said what of it. */
export const sampleItem = z.object({
  id: z.int(),
  drawnAt: isoTime,
  finding: findingSummary.omit({ verdict: true, assignee: true, case: true, reopened: true, clock: true }),
  /** Its story, sentence by sentence. */
  story: z.array(z.string()),
  /** Own second verdict once given, and only then the first. */
  second: z.object({ value: verdictValue, reason: z.string(), by: z.string(), at: isoTime }).nullable(),
  first: z.object({ value: verdictValue, by: z.string() }).nullable(),
  /** False: the one who asks gave the first verdict. */
  mayJudge: z.boolean(),
});
export type SampleItem = z.infer<typeof sampleItem>;
export const sampleList = z.object({ items: z.array(sampleItem) });
export const secondVerdictBody = z.object({
  verdict: verdictValue,
  reason: z.string().trim().min(1).max(4000),
});

import { z } from 'zod';
import { alertView } from './alerts';
import { findingSummary } from './findings';
import { isoTime, severity, storableText, verdictValue } from './scalars';
import { sigmaHit } from './sigmaHits';

export const caseState = z.enum(['open', 'in_review', 'sent_back', 'closed']);
export type CaseState = z.infer<typeof caseState>;

/** A case as a list shows it. */
export const caseSummary = z.object({
  id: z.int(),
  title: z.string(),
  state: caseState,
  severity,
  owner: z.string().nullable(),
  /** Verdict of the whole, once closed. */
  outcome: verdictValue.nullable(),
  createdAt: isoTime,
  createdBy: z.string(),
  /** When it entered its state, and when anything of it last changed. */
  stateAt: isoTime,
  updatedAt: isoTime,
  findings: z.int(),
  alerts: z.int(),
  /** Hits of Sigma. */
  hits: z.int(),
  hosts: z.array(z.string()),
  tasksOpen: z.int(),
  tasksTotal: z.int(),
  commentsOpen: z.int(),
  /** The case it was merged into; such a case is read there. */
  mergedInto: z.int().nullable(),
  /** Seconds worked on it, measured. */
  seconds: z.int(),
  revision: z.int(),
});
export type CaseSummary = z.infer<typeof caseSummary>;

/** Rows of cases merged into this one carry the case they came with. */
const from = z.object({ caseId: z.int() });

export const caseNote = from.extend({
  id: z.int(),
  title: z.string(),
  /** Markdown. */
  body: z.string(),
  version: z.int(),
  createdBy: z.string(),
  createdAt: isoTime,
  by: z.string(),
  at: isoTime,
});
export type CaseNote = z.infer<typeof caseNote>;
export const caseNoteVersion = z.object({
  version: z.int(),
  title: z.string(),
  body: z.string(),
  by: z.string(),
  at: isoTime,
});
export const caseNoteVersions = z.object({ items: z.array(caseNoteVersion) });

export const taskState = z.enum(['open', 'done', 'skipped']);
export const caseTask = from.extend({
  id: z.int(),
  text: z.string(),
  state: taskState,
  outcome: z.string(),
  assignee: z.string().nullable(),
  dueAt: isoTime.nullable(),
  /** The finding whose runbook it was born from. */
  findingId: z.string().nullable(),
  step: z.int().nullable(),
  createdBy: z.string(),
  createdAt: isoTime,
  endedBy: z.string().nullable(),
  endedAt: isoTime.nullable(),
  revision: z.int(),
});
export type CaseTask = z.infer<typeof caseTask>;

/** Where a comment points: a finding, an event of it, a field of that. */
export const commentPin = z.object({
  findingId: storableText.max(400).nullable(),
  eventId: storableText.max(40).nullable(),
  /** ECS name, as "process.command_line". */
  field: storableText.max(100).nullable(),
});
export const caseComment = from.extend({
  id: z.int(),
  /** Empty when withdrawn. */
  text: z.string(),
  by: z.string(),
  at: isoTime,
  pin: commentPin.nullable(),
  /** What the pin points to, in words: "mshta.exe wrote a.hta · process.command_line"; null when it is gone. */
  pinText: z.string().nullable(),
  /** The review it was made in. */
  reviewId: z.int().nullable(),
  resolvedAt: isoTime.nullable(),
  resolvedBy: z.string().nullable(),
  withdrawn: z.boolean(),
});
export type CaseComment = z.infer<typeof caseComment>;

export const caseAttachment = from.extend({
  id: z.int(),
  name: z.string(),
  mediaType: z.string(),
  bytes: z.int(),
  sha256: z.string(),
  note: z.string(),
  by: z.string(),
  at: isoTime,
});
export type CaseAttachment = z.infer<typeof caseAttachment>;
/** Who put, took and verified a file, oldest first. */
export const custodyList = z.object({
  items: z.array(
    z.object({ at: isoTime, by: z.string(), act: z.enum(['added', 'taken', 'exported', 'withdrawn']) }),
  ),
});

export const INDICATOR_TYPES = [
  'ip',
  'domain',
  'url',
  'sha256',
  'sha1',
  'md5',
  'path',
  'user',
  'host',
  'other',
] as const;
export const caseIndicator = from.extend({
  id: z.int(),
  type: z.enum(INDICATOR_TYPES),
  value: z.string(),
  note: z.string(),
  by: z.string(),
  at: isoTime,
  /** Other cases with the same value. */
  cases: z.array(z.object({ id: z.int(), title: z.string() })),
  /** A query of the Events screen that looks for it; null where none can. */
  query: z.string().nullable(),
});
export type CaseIndicator = z.infer<typeof caseIndicator>;

/** What was done about a case, newest first, out of the audit trail. */
export const caseActivity = z.object({
  at: isoTime,
  by: z.string(),
  action: z.string(),
  text: z.string(),
});

/** Everything one page of a case shows. */
export const caseDetail = caseSummary.extend({
  summary: z.string(),
  closedAt: isoTime.nullable(),
  /** Cases merged into it, each to be taken apart again. */
  merged: z.array(
    z.object({ id: z.int(), title: z.string(), at: isoTime, by: z.string(), findings: z.int() }),
  ),
  items: z.object({
    findings: z.array(findingSummary.extend({ caseId: z.int(), addedBy: z.string(), addedAt: isoTime })),
    /** What stands in the case and the data no longer gives: ids of findings, keys of alerts, refs of hits. */
    gone: z.array(z.object({ kind: z.enum(['finding', 'alert', 'hit']), id: z.string(), caseId: z.int() })),
    alerts: z.array(alertView.extend({ caseId: z.int(), addedBy: z.string(), addedAt: isoTime })),
    /** Hits of Sigma. */
    hits: z.array(sigmaHit.extend({ caseId: z.int(), addedBy: z.string(), addedAt: isoTime })),
  }),
  notes: z.array(caseNote),
  tasks: z.array(caseTask),
  comments: z.array(caseComment),
  attachments: z.array(caseAttachment),
  indicators: z.array(caseIndicator),
  /** Per person, seconds. */
  work: z.array(z.object({ person: z.string(), seconds: z.int(), lastAt: isoTime })),
  activity: z.array(caseActivity),
  /** The newest review round, if any. */
  review: z.lazy(() => reviewSummary).nullable(),
});
export type CaseDetail = z.infer<typeof caseDetail>;

export const reviewState = z.enum(['waiting', 'approved', 'sent_back', 'withdrawn']);
export const reviewSummary = z.object({
  id: z.int(),
  caseId: z.int(),
  submittedBy: z.string(),
  submittedAt: isoTime,
  message: z.string(),
  state: reviewState,
  decidedBy: z.string().nullable(),
  decidedAt: isoTime.nullable(),
  decision: z.string(),
});
export type ReviewSummary = z.infer<typeof reviewSummary>;

export const caseQuery = z.object({
  /** `active`: all but closed. */
  state: z.union([caseState, z.literal('active'), z.literal('any')]).default('active'),
  /** A handle, or `none`. */
  owner: storableText.max(200).optional(),
  severity: severity.optional().meta({ description: 'this or higher' }),
  /** Words looked for in titles, notes, comments, tasks and indicators. */
  q: storableText.max(200).optional(),
  sort: z.enum(['updated', 'oldest', 'severity', 'state']).default('updated'),
  cursor: storableText.max(2000).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
});
export type CaseQuery = z.infer<typeof caseQuery>;
export const caseList = z.object({
  items: z.array(
    caseSummary.extend({
      /** Where words of the search were found: what, and a piece of the text with « » around each word. */
      found: z.array(
        z.object({ where: z.enum(['title', 'note', 'comment', 'task', 'indicator']), text: z.string() }),
      ),
    }),
  ),
  total: z.int(),
  counts: z.object({ open: z.int(), in_review: z.int(), sent_back: z.int(), closed: z.int(), mine: z.int() }),
  nextCursor: z.string().nullable(),
});
export type CaseList = z.infer<typeof caseList>;

/** What is put into a case: ids of findings, keys of alerts, refs of Sigma's hits. */
export const caseItems = z.object({
  findings: z.array(storableText.max(400)).max(1000).default([]),
  alerts: z.array(storableText.max(2000)).max(1000).default([]),
  /** Refs of Sigma's hits. */
  hits: z.array(storableText.max(400)).max(1000).optional(),
});
export const createCaseBody = caseItems.extend({
  /** Absent: made from what is put in. */
  title: storableText.trim().min(1).max(200).optional(),
  severity: severity.optional(),
  owner: storableText.max(200).nullable().optional(),
  summary: storableText.max(20_000).default(''),
  /** Also what stands in another case; else that is refused with its name. */
  move: z.boolean().default(false),
});
export const changeCaseBody = z.object({
  revision: z.int(),
  title: storableText.trim().min(1).max(200).optional(),
  severity: severity.optional(),
  owner: storableText.max(200).nullable().optional(),
  summary: storableText.max(20_000).optional(),
  /** Re-opens a closed case, or closes one that needs no review: without findings, or all of them false positive. */
  state: z.enum(['open', 'closed']).optional(),
  outcome: verdictValue.nullable().optional(),
});
/** `move`: also what stands in another case; else that is refused with its name. */
export const addItemsBody = caseItems.extend({ move: z.boolean().default(false) });
export const mergeCaseBody = z.object({ into: z.int().min(1).max(999_999_999), revision: z.int() });

export const addNoteBody = z.object({
  title: storableText.trim().max(200).default(''),
  body: storableText.max(200_000),
});
/** An autosave: `version` is the one it was written on; with another stored, 409 and `theirs` in the problem. */
export const saveNoteBody = addNoteBody.extend({ version: z.int() });
export const addTaskBody = z.object({
  text: storableText.trim().min(1).max(2000),
  assignee: storableText.max(200).nullable().default(null),
  dueAt: isoTime.nullable().default(null),
});
/** Tasks out of the runbook of findings: steps the data did not answer, or those named. */
export const addRunbookTasksBody = z.object({
  findingId: storableText.max(400),
  steps: z.array(z.int().min(0).max(200)).max(200).optional(),
});
export const changeTaskBody = z.object({
  revision: z.int(),
  text: storableText.trim().min(1).max(2000).optional(),
  state: taskState.optional(),
  outcome: storableText.max(4000).optional(),
  assignee: storableText.max(200).nullable().optional(),
  dueAt: isoTime.nullable().optional(),
});
export const addCaseCommentBody = z.object({
  /** `@handle` tells that person. */
  text: storableText.trim().min(1).max(8000),
  pin: commentPin.nullable().default(null),
});
export const addIndicatorBody = z.object({
  type: z.enum(INDICATOR_TYPES),
  value: storableText.trim().min(1).max(4000),
  note: storableText.max(2000).default(''),
});
/** Indicators found in the case's findings and not yet in it. */
export const indicatorProposals = z.object({
  items: z.array(z.object({ type: z.enum(INDICATOR_TYPES), value: z.string(), findings: z.int() })),
});
export const attachmentQuery = z.object({
  name: storableText.min(1).max(255),
  note: storableText.max(2000).optional(),
});
/** Sent by an open page each half minute while it has the focus and somebody does something. */
export const workBody = z.object({ seconds: z.int().min(1).max(60) });

/** Events of all findings of a case and its hits of Sigma on one axis, a lane per host. */
export const caseTimeline = z.object({
  from: isoTime.nullable(),
  to: isoTime.nullable(),
  lanes: z.array(
    z.object({
      hostId: z.string(),
      host: z.string(),
      /** What was added to its times so that hosts agree, seconds; 0 where nothing is known. */
      offsetSeconds: z.number(),
      blind: z.array(
        z.object({ from: isoTime.nullable(), to: isoTime.nullable(), kind: z.string(), reason: z.string() }),
      ),
      marks: z.array(
        z.object({
          /** Null of a hit. */
          findingId: z.string().nullable(),
          /** Of a hit: its ref. */
          hit: z.string().optional(),
          /** Of a hit whose record became no event: what stands for one. */
          eventId: z.string(),
          time: isoTime,
          /** Of a hit: its rule, with the rule's title. */
          stage: z.string(),
          stageTitle: z.string(),
          text: z.string(),
          kind: z.string(),
        }),
      ),
    }),
  ),
  /** What two hosts have in common: a destination, a file's hash, a user; ends are marks. */
  joins: z.array(
    z.object({
      by: z.enum(['destination', 'hash', 'user', 'file']),
      value: z.string(),
      eventIds: z.array(z.string()),
    }),
  ),
  /** Marks left out by the bound, if any. */
  cut: z.int(),
});
export type CaseTimeline = z.infer<typeof caseTimeline>;

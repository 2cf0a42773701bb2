import { z } from 'zod';
import { problem } from './problem';
import {
  eventKind,
  findingStatus,
  isoTime,
  severity,
  stageState,
  storableText,
  strength,
  verdictValue,
} from './scalars';

/** A predicate as it was judged on one event: a tree whose leaves name field, expected and actual. */
export type PredicateView = {
  op: 'all' | 'any' | 'not' | 'test';
  result: 'true' | 'false' | 'unknown';
  /** The analyst's words, where the definition gives them. */
  text?: string | undefined;
  field?: string | undefined;
  modifier?: string | undefined;
  expected?: string[] | undefined;
  /** n of m when more values were tried than are listed. */
  expectedTotal?: number | undefined;
  actual?: string | undefined;
  /** The part of `actual` that satisfied the test, to be underlined. */
  matched?: string | undefined;
  /** True when only the copy with obfuscation removed matched. */
  normalised?: boolean | undefined;
  children?: PredicateView[] | undefined;
};

export const predicateView: z.ZodType<PredicateView> = z.lazy(() =>
  z.object({
    op: z.enum(['all', 'any', 'not', 'test']),
    result: z.enum(['true', 'false', 'unknown']),
    text: z.string().optional(),
    field: z.string().optional(),
    modifier: z.string().optional(),
    expected: z.array(z.string()).optional(),
    expectedTotal: z.int().optional(),
    actual: z.string().optional(),
    matched: z.string().optional(),
    normalised: z.boolean().optional(),
    children: z.array(predicateView).optional(),
  }),
);

export const stageEvent = z.object({
  eventId: z.string(),
  time: isoTime,
  kind: eventKind,
  image: z.string().nullable(),
  commandLine: z.string().nullable(),
  path: z.string().nullable(),
  destination: z.string().nullable(),
  query: z.string().nullable(),
  entityId: z.string().nullable(),
  pid: z.int().nullable(),
  user: z.string().nullable(),
  record: z.object({ file: z.string(), index: z.int() }).nullable(),
});
export type StageEventView = z.infer<typeof stageEvent>;

/** How a stage is joined to an earlier one: each hop with its grade; the weakest is the stage's. */
export const relationView = z.object({
  /** The definition's name for the alternative that held, e.g. `descendant_of`. */
  kind: z.string(),
  to: z.string().nullable(),
  strength,
  text: z.string(),
  hops: z.array(z.object({ text: z.string(), strength })),
  /** Files the join goes through that no stage holds, by name, in order. */
  via: z.array(z.string()),
});

export const stageView = z.object({
  id: z.string(),
  title: z.string(),
  required: z.boolean(),
  /** Stages of one group are alternatives: `min` of them complete the chain. */
  group: z.string().nullable(),
  state: stageState,
  /** Why blind, or what was looked for when absent. */
  stateReason: z.string().nullable(),
  events: z.array(stageEvent),
  /** All events that satisfied the stage; `events` holds the first ones. */
  eventsTotal: z.int(),
  /** What a bound left unlooked at or uncounted, in sentences. */
  cut: z.array(z.string()).optional(),
  relation: relationView.nullable(),
  window: z.object({ limitSeconds: z.number().nullable(), usedSeconds: z.number().nullable() }).nullable(),
  why: predicateView.nullable(),
});
export type StageView = z.infer<typeof stageView>;

/**
 * One line of the score. Points of counted reasons, those that lower taken off, give the sum; caps hold it down;
 * reasons with a `baseline` come after that.
 */
export const reasonView = z.object({
  id: z.string(),
  effect: z.enum(['raises', 'lowers', 'suppresses']),
  points: z.number(),
  text: z.string(),
  stage: z.string().nullable(),
  eventId: z.string().nullable(),
  /** Reasons it counts together with: the highest of them, or their sum up to `cap`. */
  group: z
    .object({ id: z.string(), take: z.enum(['highest', 'sum']), cap: z.number().nullable() })
    .nullable(),
  /** False: it holds, and another of its group counts instead. */
  counted: z.boolean(),
  /** Its points by definition, where less of it counts. */
  worth: z.number().nullable(),
  /** The condition as it was judged. */
  why: predicateView.nullable(),
  /** Id of the baseline it stands for. */
  baseline: z.int().nullable(),
  /** What the points do not know, e.g. "no history to judge by". */
  note: z.string().nullable(),
});
export type ReasonView = z.infer<typeof reasonView>;

/** What would change the result, computed by the engine. */
export const counterfactualView = z.object({
  /** What it says: the chain without a stage, a single value it rests on, something that nearly fitted, … */
  kind: z.enum(['dispensable', 'needed', 'one_value', 'undecidable', 'missing', 'near_miss']),
  stage: z.string().nullable(),
  text: z.string(),
  field: z.string().nullable(),
  actual: z.string().nullable(),
  wanted: z.string().nullable(),
  eventId: z.string().nullable(),
  /** What the finding would be; `gone`: not kept. */
  change: z.enum(['complete', 'partial', 'gone']).nullable(),
  severity: severity.nullable(),
  score: z.number().nullable(),
});
export type CounterfactualView = z.infer<typeof counterfactualView>;

const linkEnd = z.object({ stage: z.string(), title: z.string(), name: z.string() });

export const verdictView = z.object({
  value: verdictValue,
  reason: z.string(),
  by: z.string(),
  at: isoTime,
  /** True when it was given although a required stage was blind, and its author said to know it. */
  blindAcknowledged: z.boolean(),
});
export type VerdictView = z.infer<typeof verdictView>;

export const findingSummary = z.object({
  id: z.string(),
  analytic: z.string(),
  analyticTitle: z.string(),
  status: findingStatus,
  severity,
  score: z.number().min(0).max(100),
  hostId: z.string(),
  host: z.string(),
  user: z.string().nullable(),
  headline: z.string(),
  /** Second line of a queue row: analytic · file → image → destination. */
  trail: z.string(),
  stages: z.array(
    stageView
      .pick({ id: true, title: true, required: true, group: true, state: true, stateReason: true })
      .extend({
        time: isoTime.nullable(),
        strength: strength.nullable(),
      }),
  ),
  suppressed: z.boolean(),
  /** True when the data no longer gives this finding; kept because a person decided on it. */
  stale: z.boolean().optional(),
  from: isoTime,
  to: isoTime,
  verdict: verdictView.nullable(),
  assignee: z.string().nullable(),
  /** The case it is in. */
  case: z.object({ id: z.int(), title: z.string() }).nullable(),
  /** When its verdict is due by the service clock of its severity; null without a clock. */
  due: isoTime.nullable(),
  /** `met` and `missed`: decided before or after it was due; null without a clock. */
  clock: z.enum(['running', 'soon', 'breached', 'met', 'missed']).nullable(),
  /** Set when later data took away what its verdict rested on, until somebody decides again. */
  reopened: z.object({ at: isoTime, why: z.string() }).nullable(),
  /** Findings of one analytic with the same shape did the same with the same programs. */
  shape: z.string(),
  /** Grows with each change by correlation or people; send it back as `revision` when writing. */
  revision: z.int(),
  createdAt: isoTime,
});
export type FindingSummary = z.infer<typeof findingSummary>;

export const findingDetail = findingSummary.omit({ stages: true }).extend({
  anchor: z.object({
    entityId: z.string().nullable(),
    pid: z.int().nullable(),
    image: z.string().nullable(),
    commandLine: z.string().nullable(),
    startedAt: isoTime.nullable(),
  }),
  /** The story: sentences in order, each tied to the event it tells. */
  story: z.array(
    z.object({ text: z.string(), stage: z.string().nullable(), eventId: z.string().nullable() }),
  ),
  stages: z.array(stageView),
  reasons: z.array(reasonView),
  /** Limits that held the score down, e.g. "partial: at most 60". */
  caps: z.array(z.object({ limit: z.number(), text: z.string() })),
  /** After caps; `score` is what baselines left of it. */
  scoreBeforeBaselines: z.number(),
  /** Ids of the baselines that lowered or suppressed it. */
  baselines: z.array(z.int()),
  /** Reasons that would raise the score and could not be judged. */
  unjudged: z.array(z.object({ id: z.string(), points: z.number(), text: z.string(), because: z.string() })),
  weakestLink: z.object({ strength, text: z.string(), from: linkEnd.nullable(), to: linkEnd.nullable() }),
  counterfactuals: z.array(counterfactualView),
  telemetry: z.array(
    z.object({
      stage: z.string(),
      state: z.enum(['visible', 'partial', 'blind']),
      why: z.string(),
      fix: z.string().nullable(),
    }),
  ),
  runbook: z.array(z.string()),
  knownGaps: z.array(z.string()),
  references: z.array(z.object({ title: z.string(), url: z.string().nullable() })),
  techniques: z.array(z.string()),
  analyticVersion: z.string(),
  /** Findings that have something in common with it, the closest first; `similarTotal` in all. */
  similar: z.array(
    z.object({
      /** What they have in common: the same images, the same root process, a destination. */
      because: z.array(z.enum(['shape', 'root', 'destination'])),
      /** The destination they share, if one. */
      destination: z.string().nullable(),
      analytic: z.string(),
      verdictBy: z.string().nullable(),
      verdictReason: z.string().nullable(),
      id: z.string(),
      host: z.string(),
      headline: z.string(),
      from: isoTime,
      severity,
      verdict: verdictValue.nullable(),
    }),
  ),
  similarTotal: z.int(),
  activity: z.array(z.object({ at: isoTime, by: z.string(), text: z.string() })),
});
export type FindingDetail = z.infer<typeof findingDetail>;

/** The runbook with what the data itself answers. */
export const runbookView = z.object({
  steps: z.array(
    z.object({
      text: z.string(),
      /** `answered` from the events; `blind`: nothing was found, and not all of it could have been recorded; `person`: not a question for data. */
      state: z.enum(['answered', 'blind', 'person']),
      /** What was found, or why nothing can be; null for a person. */
      answer: z.string().nullable(),
      /** The search it was answered by, for the Events screen; null for a person. */
      query: z.string().nullable(),
      from: isoTime.nullable(),
      to: isoTime.nullable(),
      total: z.int().nullable(),
      /** The first few events found. */
      events: z.array(z.object({ eventId: z.string(), time: isoTime, text: z.string() })),
    }),
  ),
});
export type RunbookView = z.infer<typeof runbookView>;

export const findingQuery = z.object({
  analytic: z.string().optional(),
  status: findingStatus.optional(),
  /** A verdict, `none` for those without one, or absent for both. */
  verdict: z.union([verdictValue, z.literal('none'), z.literal('any')]).optional(),
  host: z.string().optional(),
  user: z.string().optional(),
  /** Lowest severity to show. */
  severity: severity.optional(),
  assignee: z.string().optional(),
  q: z.string().max(200).optional(),
  from: isoTime.optional(),
  to: isoTime.optional(),
  /** `true` shows only those with a blind stage. */
  blind: z.enum(['true', 'false']).optional(),
  suppressed: z.enum(['true', 'false', 'any']).optional(),
  /** Only findings that this baseline lowered or suppressed. */
  baseline: z.coerce.number().int().min(1).max(2_147_483_647).optional(),
  /** Only findings in this case, in none, or in any. */
  case: z.union([z.literal('none'), z.literal('any'), z.string().regex(/^\d{1,9}$/)]).optional(),
  /** Without a verdict and past due; `soon`: or due within the hour. */
  clock: z.enum(['soon', 'breached']).optional(),
  reopened: z.enum(['true', 'false']).optional(),
  shape: z.string().max(2000).optional(),
  /** Found by correlation after this moment: for "12 new". */
  since: isoTime.optional(),
  sort: z
    .enum(['score', 'newest', 'oldest', 'host', 'due', 'severity', 'user', 'analytic', 'assignee'])
    .optional(),
  cursor: z.string().max(4000).optional(),
  limit: z.coerce.number().int().min(1).max(500).optional(),
});
export type FindingQuery = z.infer<typeof findingQuery>;

export const findingList = z.object({
  items: z.array(findingSummary),
  total: z.int(),
  /** How many findings each saved view would show, for the rail. */
  counts: z.object({
    open: z.int(),
    unassigned: z.int(),
    partial: z.int(),
    blind: z.int(),
    suppressed: z.int(),
    closed: z.int(),
    mine: z.int(),
    /** Due within the hour or past it. */
    due: z.int(),
    reopened: z.int(),
    vendorAlerts: z.int(),
    chainedAlerts: z.int(),
    /** Alerts that no chain explains and nobody has decided on. */
    openAlerts: z.int(),
  }),
  /** The moment this page was read at, a little before it while imports are written: send it as `since` to ask what is new. */
  asOf: isoTime,
  facets: z.object({
    analytic: z.array(z.object({ value: z.string(), count: z.int() })),
    /** The 500 with most. */
    host: z.array(z.object({ value: z.string(), count: z.int() })),
    severity: z.array(z.object({ value: severity, count: z.int() })),
  }),
  nextCursor: z.string().nullable(),
});
export type FindingList = z.infer<typeof findingList>;

export const verdictBody = z.object({
  verdict: verdictValue.nullable(),
  /** Needed for a verdict, not for taking one back. */
  reason: storableText.max(4000).default(''),
  revision: z.int().optional(),
  /** Needed to close as false positive while a required stage is blind. */
  blindAcknowledged: z.boolean().default(false),
});
export const assignBody = z.object({
  /** A handle; null for nobody. */
  assignee: storableText.max(200).nullable(),
  revision: z.int().optional(),
});

/** Findings decided on at once, each as it was seen. */
const seenFindings = z
  .array(z.object({ id: storableText.max(400), revision: z.int() }))
  .min(1)
  .max(1000);
export const bulkVerdictBody = verdictBody.omit({ revision: true }).extend({ items: seenFindings });
export const bulkAssignBody = z.object({ items: seenFindings, assignee: storableText.max(200).nullable() });
/** What came of each: those refused are left as they were, with the reason. */
export const bulkAnswer = z.object({
  /** To undo it by; null when nothing was done. */
  bulkId: z.int().nullable(),
  done: z.array(findingSummary),
  refused: z.array(
    z.object({
      id: z.string(),
      code: z.enum(['conflict', 'not_found', 'blind_unacknowledged']),
      detail: z.string(),
      /** Further facts, as in the problem that one alone is refused with. */
      ...problem.pick({ revision: true, by: true, blindStages: true }).shape,
    }),
  ),
});
export type BulkAnswer = z.infer<typeof bulkAnswer>;
/** Findings put back, and those that somebody changed since, which are left alone. */
export const undoAnswer = z.object({
  undone: z.array(findingSummary),
  kept: z.array(z.object({ id: z.string(), detail: z.string() })),
});
export type UndoAnswer = z.infer<typeof undoAnswer>;

/** How many findings match a filter and were found after `since`: for the button "12 new". */
export const newFindings = z.object({ count: z.int(), asOf: isoTime });

/** Findings of one analytic and shape over hosts, as one row with what differs. */
export const findingGroup = z.object({
  analytic: z.string(),
  shape: z.string(),
  findings: z.int(),
  hosts: z.int(),
  users: z.int(),
  /** Without a verdict. */
  open: z.int(),
  from: isoTime,
  to: isoTime,
  /** The finding that ranks highest. */
  first: findingSummary,
  /** Findings that differ from most of the group in something most agree on, the rarest first; some of `outliersTotal`. */
  outliers: z.array(
    z.object({
      id: z.string(),
      host: z.string(),
      what: z.enum(['destination', 'root', 'user', 'stages']),
      value: z.string(),
      usual: z.string(),
    }),
  ),
  outliersTotal: z.int(),
});
export type FindingGroup = z.infer<typeof findingGroup>;
export const findingGroups = z.object({
  items: z.array(findingGroup),
  total: z.int(),
  nextCursor: z.string().nullable(),
});
export type FindingGroups = z.infer<typeof findingGroups>;

/** Every verdict a finding ever had, and every change that later data made to it, newest first. */
export const findingHistory = z.object({
  verdicts: z.array(
    z.object({
      /** Null: the one before was taken back. */
      value: verdictValue.nullable(),
      reason: z.string(),
      by: z.string(),
      at: isoTime,
      findingRevision: z.int(),
      analyticVersion: z.string(),
      status: findingStatus,
      severity,
      score: z.number(),
      stages: findingSummary.shape.stages,
      /** What could be seen when it was given. */
      telemetry: z.array(
        z.object({ stage: z.string(), state: z.enum(['visible', 'partial', 'blind']), why: z.string() }),
      ),
      baselines: z.array(z.int()),
      blindStages: z.array(z.string()),
      blindAcknowledged: z.boolean(),
      bulk: z.boolean(),
    }),
  ),
  revisions: z.array(
    z.object({
      revision: z.int(),
      at: isoTime,
      /** In words: "File opened: blind → matched". */
      changes: z.array(
        z.object({
          what: z.enum(['stage', 'status', 'severity', 'score', 'version', 'suppressed', 'stale']),
          stage: z.string().nullable(),
          title: z.string().nullable(),
          before: z.string(),
          after: z.string(),
        }),
      ),
      reopened: z.boolean(),
    }),
  ),
});
export type FindingHistory = z.infer<typeof findingHistory>;

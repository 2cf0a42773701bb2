import { z } from 'zod';
import { storableText } from './scalars';

const isoTime = z.string();
const parameterValue = z.union([z.string(), z.number(), z.array(z.string())]);
const askedValue = z.union([storableText, z.number(), z.array(storableText)]);

/** What can be seen of one stage, over all hosts. */
export const stageCoverageView = z.object({
  hosts: z.int(),
  visible: z.int(),
  partial: z.int(),
  blind: z.int(),
  /** What would make most blind hosts see it, and on how many hosts. */
  fixes: z.array(z.object({ fix: z.string(), why: z.string(), hosts: z.int() })),
});

/** One way to satisfy a stage, told as a sentence. */
export const alternativeView = z.object({ name: z.string().nullable(), sentence: z.string() });

export const analyticStageView = z.object({
  id: z.string(),
  title: z.string(),
  required: z.boolean(),
  group: z.string().nullable(),
  anchor: z.boolean(),
  sentences: z.array(alternativeView),
  telemetry: z.object({ needs: z.array(z.string()), fields: z.array(z.string()), fix: z.string() }),
  coverage: stageCoverageView,
});

export const parameterView = z.object({
  name: z.string(),
  kind: z.enum(['duration', 'number', 'list', 'text']),
  value: parameterValue,
  shipped: parameterValue,
  about: z.string(),
});

export const reasonView = z.object({
  id: z.string(),
  group: z.string(),
  points: z.int(),
  shippedPoints: z.int(),
  text: z.string(),
  sentence: z.string(),
});

/** Verdicts on an analytic's findings so far. Precision counts true and benign true positives as right. */
export const analyticRecordView = z.object({
  findings: z.int(),
  complete: z.int(),
  partial: z.int(),
  suppressed: z.int(),
  open: z.int(),
  truePositive: z.int(),
  benignTruePositive: z.int(),
  falsePositive: z.int(),
  undetermined: z.int(),
  /** Null until there is a verdict that says right or wrong. */
  precision: z.number().nullable(),
});

export const analyticView = z.object({
  id: z.string(),
  title: z.string(),
  version: z.string(),
  /** `shipped`: as delivered; `tuned`: delivered, with this environment's changes; `own`: written here. */
  origin: z.enum(['shipped', 'tuned', 'own']),
  /** Version of the environment's changes; 0 without any. */
  revision: z.int(),
  enabled: z.boolean(),
  description: z.string(),
  techniques: z.array(z.string()),
  stages: z.array(analyticStageView),
  groups: z.array(z.object({ id: z.string(), title: z.string(), min: z.int() })),
  parameters: z.array(parameterView),
  reasons: z.array(reasonView),
  suppressors: z.array(z.object({ id: z.string(), text: z.string(), sentence: z.string() })),
  keepsPartial: z.object({ from: z.int(), sentences: z.array(z.string()) }),
  runbook: z.array(z.string()),
  knownGaps: z.array(z.string()),
  falsePositives: z.array(z.string()),
  references: z.array(z.object({ title: z.string(), url: z.string().nullable() })),
  record: analyticRecordView,
  /** The definition in force, as written. */
  yaml: z.string(),
  /** What people set and this version of the product cannot do: it is left out. */
  problems: z.array(z.string()).optional(),
});
export type AnalyticView = z.infer<typeof analyticView>;
export const analyticList = z.object({ items: z.array(analyticView) });

const severityScale = z.object({
  critical: z.int().min(1).max(100),
  high: z.int().min(1).max(100),
  medium: z.int().min(1).max(100),
  low: z.int().min(1).max(100),
});

const tuning = z.strictObject({
  kind: z.literal('tuning'),
  /** Values by parameter name; those left out are as shipped. */
  parameters: z.record(storableText, askedValue).default({}),
  /** Points by reason id; those left out are as shipped. */
  points: z.record(storableText, z.int().min(-100).max(100)).default({}),
  enabled: z.boolean().default(true),
});
const definition = z.strictObject({
  kind: z.literal('definition'),
  yaml: storableText.min(1).max(400_000),
  enabled: z.boolean().default(true),
});
const environment = z.strictObject({
  kind: z.literal('environment'),
  /** Whole lists by name, those that differ from what is shipped. */
  lists: z.record(storableText, z.array(storableText.max(400)).max(5000)).default({}),
  severity: severityScale,
});
const baseline = z.strictObject({
  kind: z.literal('baseline'),
  title: storableText.min(1).max(200),
  /** Condition over a chain, as YAML: what `when` of a reason takes. */
  when: storableText.min(1).max(20_000),
  /** Null suppresses; else by how many points it lowers. */
  points: z.int().min(1).max(100).nullable(),
  reason: storableText.min(1).max(2000),
  owner: storableText.min(1).max(200),
  expiresAt: storableText,
  /** The finding it was drawn from. */
  finding: storableText.min(1).max(100).optional(),
});

/** A change of what is detected. It is tried on stored events before it can be saved. */
export const analyticChange = z.discriminatedUnion('kind', [tuning, definition, environment, baseline]);
export type AnalyticChange = z.infer<typeof analyticChange>;

export const backtestBody = z.strictObject({
  change: analyticChange,
  /** Only the events of these imports; empty or absent: all that is stored. */
  imports: z.array(storableText).max(200).default([]),
});

export const findingBrief = z.object({
  id: z.string(),
  host: z.string(),
  analytic: z.string(),
  headline: z.string(),
  status: z.enum(['complete', 'partial']),
  severity: z.string(),
  score: z.int(),
  suppressed: z.boolean(),
  from: isoTime,
  /** A person's verdict on it, where there is one: losing a true positive is said loudly. */
  verdict: z.string().nullable(),
});
export type FindingBrief = z.infer<typeof findingBrief>;

/**
 * What a baseline would take from sight and must not: findings that people called true positive, and attacks of the
 * shipped recordings that the analytic finds today, whatever other baselines do.
 */
export const baselineLoses = z.object({
  truePositives: z.array(findingBrief),
  /** How many there are where the list was cut. */
  truePositivesTotal: z.int(),
  attacks: z.array(
    z.object({ recording: z.string(), title: z.string(), headline: z.string(), severity: z.string() }),
  ),
  /** Recordings of attacks that were replayed; 0 for an analytic that none is of. */
  attacksTried: z.int(),
});
export type BaselineLoses = z.infer<typeof baselineLoses>;

export const backtestView = z.object({
  id: z.string(),
  subject: z.string(),
  change: analyticChange,
  imports: z.array(z.string()),
  state: z.enum(['queued', 'running', 'done', 'failed', 'cancelled']),
  progress: z.object({ done: z.int(), total: z.int() }),
  error: z.string().nullable(),
  createdAt: isoTime,
  createdBy: z.string(),
  endedAt: isoTime.nullable(),
  result: z
    .object({
      gained: z.array(findingBrief),
      lost: z.array(findingBrief),
      /** `what`: one sentence per difference. */
      changed: z.array(z.object({ before: findingBrief, after: findingBrief, what: z.array(z.string()) })),
      unchanged: z.int(),
      /** How many there are in all where the lists above were cut. */
      totals: z.object({ gained: z.int(), lost: z.int(), changed: z.int() }),
      /** Of a baseline only. */
      loses: baselineLoses.optional(),
    })
    .nullable(),
});
export type BacktestView = z.infer<typeof backtestView>;

/** Saving names the back-test that tried exactly this change. */
export const saveChangeBody = z.strictObject({
  backtest: storableText,
  note: storableText.max(2000).default(''),
});

export const validateBody = z.strictObject({ yaml: storableText.max(400_000) });
/** Places count from 1. */
export const validateAnswer = z.object({
  ok: z.boolean(),
  id: z.string().nullable(),
  problems: z.array(
    z.object({ line: z.int(), column: z.int(), endLine: z.int(), endColumn: z.int(), message: z.string() }),
  ),
});

/** What the editor completes with. */
export const vocabularyView = z.object({
  fields: z.array(z.object({ name: z.string(), about: z.string() })),
  modifiers: z.array(z.object({ name: z.string(), about: z.string() })),
  relations: z.array(z.object({ name: z.string(), about: z.string() })),
  kinds: z.array(z.object({ name: z.string(), about: z.string() })),
  lists: z.array(z.object({ name: z.string(), values: z.int() })),
  /** Keys by the place they stand at: `` (top level), `stages`, `stages.telemetry`, `when`, … */
  keys: z.record(z.string(), z.array(z.object({ name: z.string(), about: z.string() }))),
});
export type VocabularyView = z.infer<typeof vocabularyView>;

export const settingVersionView = z.object({
  version: z.int(),
  kind: z.enum(['tuning', 'definition', 'environment']),
  note: z.string(),
  savedAt: isoTime,
  savedBy: z.string(),
  effect: z.object({ gained: z.int(), lost: z.int(), changed: z.int(), unchanged: z.int() }),
  change: analyticChange,
  /** What differs from the version before, one sentence each. */
  differences: z.array(z.string()),
});
export type SettingVersionView = z.infer<typeof settingVersionView>;
export const settingVersions = z.object({ items: z.array(settingVersionView) });

export const environmentView = z.object({
  revision: z.int(),
  severity: severityScale,
  shippedSeverity: severityScale,
  lists: z.array(
    z.object({
      name: z.string(),
      about: z.string(),
      values: z.array(z.string()),
      shipped: z.array(z.string()),
      /** Ids of the analytics that use it. */
      usedBy: z.array(z.string()),
    }),
  ),
});
export type EnvironmentView = z.infer<typeof environmentView>;

/** How many hosts were queued to be correlated again. */
export const rerunAnswer = z.object({ hosts: z.int() });
/** How far the analytics have come over the hosts that wait for them. */
export const rerunProgress = z.object({ waiting: z.int(), hosts: z.int() });

import { z } from 'zod';
import { isoTime, storableText } from './scalars';

export const validationState = z.enum(['queued', 'running', 'done', 'failed', 'cancelled']);
const outcome = z.enum(['complete', 'partial', 'none']);
const stageState = z.enum(['matched', 'absent', 'blind']);

/** A share with what it is made of; null where there is nothing to be right or wrong about. */
export const measured = z.object({ share: z.number().nullable(), right: z.int(), of: z.int() });

/** How one analytic did over all recordings. */
export const analyticScore = z.object({
  analytic: z.string(),
  version: z.string(),
  /** Of labelled chains (complete or partial): found with a verdict the label accepts. */
  recall: measured,
  /** Of chains raised: labelled so. */
  precision: measured,
  /** Recordings labelled as quiet that stayed quiet. */
  quiet: measured,
  stages: z.array(
    z.object({
      stage: z.string(),
      title: z.string(),
      /** Of stages labelled as matched: matched by the labelled record. */
      recall: measured,
      /** Of stages matched in findings of labelled chains: labelled as matched, where the label says a state. */
      precision: measured,
      /** Stages that were blind where the label says matched. */
      blind: z.int(),
    }),
  ),
});

/** One labelled case: one analytic on one recording; or one complete chain that its label does not explain. */
export const validationCase = z.object({
  recording: z.string(),
  title: z.string().nullable(),
  /** Of the recording's bytes. */
  sha256: z.string(),
  /** `shipped` with the application, or uploaded. */
  origin: z.enum(['shipped', 'uploaded']),
  sources: z.array(z.string()),
  analytic: z.string(),
  /**
   * SHA-256 of what the label expects here, as canonical JSON; null for a complete chain that the label does not explain:
   * a false alarm. Absent in reports that did not tell it.
   */
  labelSha256: z.string().nullable().optional(),
  expected: outcome,
  acceptable: z.array(outcome),
  found: outcome,
  ok: z.boolean(),
  /** `miss`: less than labelled; `false_alarm`: more; null when it is as labelled. */
  error: z.enum(['miss', 'false_alarm', 'stage']).nullable(),
  /** What differs and why, in sentences; none when nothing does. */
  differences: z.array(z.string()),
  stages: z.array(
    z.object({
      stage: z.string(),
      expected: stageState,
      /** Null when no finding holds it. */
      found: stageState.nullable(),
      ok: z.boolean(),
    }),
  ),
});
export type ValidationCase = z.infer<typeof validationCase>;

/** What the same run finds when one source of telemetry is taken away. */
export const ablationRow = z.object({
  /** A source as the ledger names it, or a part of one: `network events`, `command lines`, `Sysmon`. */
  without: z.string(),
  /** Recordings that had it. */
  recordings: z.int(),
  recall: measured,
  /** Labelled chains no longer found, found only in part, and stages that turn blind or partial. */
  lost: z.int(),
  weakened: z.int(),
  blindStages: z.int(),
  partialStages: z.int(),
  /** Per analytic: recall without it. */
  analytics: z.array(z.object({ analytic: z.string(), recall: measured })),
  /** `recording: what happened`, the first 50. */
  examples: z.array(z.string()),
});
export type AblationRow = z.infer<typeof ablationRow>;

/** The signed text of a run, as JSON. */
export const validationReport = z.object({
  format: z.literal('sequela-validation/1'),
  run: z.int(),
  at: isoTime,
  cause: z.string(),
  /** Version of the application, and digests of what decides: definitions, lists, tuning. */
  engine: z.object({ version: z.string(), catalogue: z.string() }),
  definitions: z.array(z.object({ analytic: z.string(), version: z.string(), sha256: z.string() })),
  recordings: z.int(),
  analytics: z.array(analyticScore),
  cases: z.array(validationCase),
  /** Recordings that could not be read, with the reason. */
  unusable: z.array(z.object({ recording: z.string(), sha256: z.string(), reason: z.string() })),
  ablation: z.array(ablationRow).nullable(),
  /** Held against the run before, over the recordings both have. */
  comparison: z
    .object({
      previous: z.int(),
      previousSha256: z.string(),
      /** Null when the two have no case in common. */
      regressed: z.boolean().nullable(),
      /** Recordings added and removed since. */
      added: z.array(z.string()),
      removed: z.array(z.string()),
      /** Recordings in both whose label was changed since: what it says anew is held against nothing. */
      relabelled: z.array(z.string()).optional(),
      /** Cases that were right, whole or in a stage, and are not; and those that were wrong and are right. */
      worse: z.array(z.object({ recording: z.string(), analytic: z.string(), sentence: z.string() })),
      better: z.array(z.object({ recording: z.string(), analytic: z.string(), sentence: z.string() })),
    })
    .nullable(),
});
export type ValidationReport = z.infer<typeof validationReport>;

export const validationRunSummary = z.object({
  id: z.string(),
  cause: z.enum(['asked', 'schedule']),
  askedBy: z.string().nullable(),
  state: validationState,
  ablation: z.boolean(),
  /** Recordings replayed so far, of all there are to replay. */
  done: z.int(),
  total: z.int(),
  createdAt: isoTime,
  endedAt: isoTime.nullable(),
  /** Found less or raised more than the run before; null while not known. */
  regressed: z.boolean().nullable(),
  /** Null until it is done. */
  numbers: z
    .object({
      recordings: z.int(),
      cases: z.int(),
      wrong: z.int(),
      recall: measured,
      precision: measured,
      quiet: measured,
    })
    .nullable(),
  sha256: z.string().nullable(),
  error: z.string().nullable(),
});
export type ValidationRunSummary = z.infer<typeof validationRunSummary>;
export const validationRunList = z.object({
  items: z.array(validationRunSummary),
  nextCursor: z.string().nullable(),
});

/** One run whole. `signature` (base64, Ed25519) is over the bytes of `GET …/report`, `publicKey` is PEM. */
export const validationRunView = validationRunSummary.extend({
  report: validationReport.nullable(),
  signature: z.string().nullable(),
  publicKey: z.string().nullable(),
});
export type ValidationRunView = z.infer<typeof validationRunView>;

export const validationRunBody = z.object({
  ablation: z.boolean().default(true),
  /** The recordings that ship with the application. */
  shipped: z.boolean().default(true),
  /** Uploaded ones, by id; without it all of them. */
  recordings: z
    .array(z.string().regex(/^\d{1,9}$/))
    .max(1000)
    .optional(),
});

/** A recording somebody uploaded to validate by. */
export const validationRecording = z.object({
  id: z.string(),
  name: z.string(),
  sha256: z.string(),
  bytes: z.int(),
  addedBy: z.string(),
  addedAt: isoTime,
  /** What its label says: analytic → verdict. */
  expects: z.array(z.object({ analytic: z.string(), verdict: outcome, stages: z.int() })),
  title: z.string().nullable(),
});
export type ValidationRecording = z.infer<typeof validationRecording>;
export const validationRecordingList = z.object({
  items: z.array(validationRecording),
  /** How many ship with the application. */
  shipped: z.int(),
});
/** `name` is the file's own; `labels` is the JSON of docs/VALIDATION.md for one recording, or a whole LABELS.json that names it. */
export const addRecordingQuery = z.object({
  name: storableText.trim().min(1).max(300),
  labels: z.string().min(2).max(100_000),
});
/** Labels given after the bytes were sent: the same document as in the query, where it is too long for an address. */
export const recordingLabelsBody = z.object({ labels: z.string().min(2).max(4_000_000) });

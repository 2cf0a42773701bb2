import { z } from 'zod';
import { EVENT_KINDS, NUMBER_FIELDS, TEXT_FIELDS } from '../../events/endpointEvent';
import { RELATION_KINDS } from '../analytic';
import { detectionSchema } from '../predicate/predicate';
import { parseDuration } from './duration';

/** Shape of a definition file. Unknown keys are refused: a misspelt option must not be ignored silently. */

/** How much of each a definition may hold: all of it is judged for every chain. */
const STAGES_MAX = 64;
const ALTERNATIVES_MAX = 64;
const RELATIONS_MAX = 32;
const REASONS_MAX = 400;
/** Suppressors, headlines, caps and conditions to keep a chain, each. */
const CONDITIONS_MAX = 200;
const STEPS_MAX = 40;
/** Longest question of a step; its places may hold much more. */
const ASK_MAX = 1000;
const TOO_MANY = `there are at most ${CONDITIONS_MAX} here`;

const id = z.string().regex(/^[A-Za-z][A-Za-z0-9_]*$/, 'an id is letters, digits and underscores');

const duration = z.string().transform((text, context) => {
  const parsed = parseDuration(text);
  if (parsed !== undefined) return parsed;
  context.addIssue({
    code: 'custom',
    message: `"${text}" is not a length of time; write 30s, 10m, 24h or 7d`,
  });
  return z.NEVER;
});

const kinds = z
  .union([z.enum(EVENT_KINDS), z.array(z.enum(EVENT_KINDS)).min(1)])
  .transform((value) => (Array.isArray(value) ? value : [value]));
const ids = z.union([id, z.array(id).min(1)]).transform((value) => (Array.isArray(value) ? value : [value]));
const recordedField = z.enum([...TEXT_FIELDS, ...NUMBER_FIELDS]);

/** `{ descendant_of: execution, depth: 3 }` */
const relation = z
  .strictObject({
    ...Object.fromEntries(RELATION_KINDS.map((kind) => [kind, id.optional()])),
    depth: z.int().min(1).max(8).optional(),
  } as Record<(typeof RELATION_KINDS)[number], z.ZodOptional<typeof id>> & { depth: z.ZodOptional<z.ZodInt> })
  .transform((value, context) => {
    const named = RELATION_KINDS.filter((kind) => value[kind] !== undefined);
    const [kind] = named;
    if (named.length !== 1 || kind === undefined) {
      context.addIssue({
        code: 'custom',
        message: `a relation names exactly one of ${RELATION_KINDS.join(', ')}`,
      });
      return z.NEVER;
    }
    return { kind, to: value[kind] ?? '', depth: value.depth ?? 8 };
  });
const relations = z
  .union([relation.transform((one) => [one]), z.array(relation).min(1)])
  // Behind the union: within, the other branch would speak for it.
  .refine((list) => list.length <= RELATIONS_MAX, `there are at most ${RELATIONS_MAX} relations`);

const alternativeShape = {
  name: id.optional(),
  on: kinds,
  where: detectionSchema.optional(),
  relation: relations.optional(),
  after: duration.optional(),
  before: duration.optional(),
  grade: z.enum(['inferred', 'weak']).optional(),
  given: detectionSchema.optional(),
  given_of: id.optional(),
  trace_of: z.array(z.string()).optional(),
  yields: z.boolean().optional(),
};
export const alternativeSchema = z.strictObject(alternativeShape);
export type AlternativeText = z.infer<typeof alternativeSchema>;

const telemetry = z.strictObject({
  needs: kinds,
  fields: z.array(recordedField).default([]),
  essential: z.array(recordedField).default([]),
  witness: z.strictObject({ on: kinds, where: detectionSchema, missing: z.string() }).optional(),
  fix: z.string(),
});

const stageText = z.strictObject({
  id,
  title: z.string().min(1),
  anchor: z.boolean().default(false),
  required: z.boolean().default(false),
  group: id.optional(),
  position: z.int().optional(),
  on: kinds.optional(),
  where: detectionSchema.optional(),
  relation: relations.optional(),
  after: duration.optional(),
  before: duration.optional(),
  any: z
    .array(alternativeSchema)
    .min(1)
    .max(ALTERNATIVES_MAX, `a stage has at most ${ALTERNATIVES_MAX} alternatives`)
    .optional(),
  telemetry,
  tell: z.string().optional(),
  burst: z.strictObject({ max: z.int().min(1), within: duration }).optional(),
});
export type StageText = z.infer<typeof stageText>;

/** A condition over the chain; exactly one of its keys says which. */
export type WhenText =
  | {
      stage: string;
      where?: z.infer<typeof detectionSchema> | undefined;
      relation?: string[] | undefined;
      alternative?: string | undefined;
      within?: number | undefined;
    }
  | { ancestor_of: string; depth?: number | undefined; where: z.infer<typeof detectionSchema> }
  | { matched: string[]; at_least?: number | undefined }
  | { blind: string[]; at_least?: number | undefined }
  | { normalised: string }
  | { event: AlternativeText }
  | { complete: true }
  | { all: WhenText[] }
  | { any: WhenText[] }
  | { not: WhenText };

const relationNames = z
  .union([z.enum(RELATION_KINDS), z.array(z.enum(RELATION_KINDS)).min(1)])
  .transform((value): string[] => (Array.isArray(value) ? value : [value]));

export const whenSchema: z.ZodType<WhenText> = z.lazy(() =>
  z.union([
    z.strictObject({
      stage: id,
      where: detectionSchema.optional(),
      relation: relationNames.optional(),
      alternative: id.optional(),
      within: duration.optional(),
    }),
    z.strictObject({ ancestor_of: id, depth: z.int().min(1).max(8).optional(), where: detectionSchema }),
    z.strictObject({ matched: ids, at_least: z.int().min(1).optional() }),
    z.strictObject({ blind: ids, at_least: z.int().min(1).optional() }),
    z.strictObject({ normalised: id }),
    z.strictObject({ event: alternativeSchema }),
    z.strictObject({ complete: z.literal(true) }),
    z.strictObject({ all: z.array(whenSchema).min(1) }),
    z.strictObject({ any: z.array(whenSchema).min(1) }),
    z.strictObject({ not: whenSchema }),
  ]),
);

const reason = z.strictObject({
  id: z.string(),
  points: z.int().min(-100).max(100),
  text: z.string(),
  when: whenSchema,
  not_below: z.int().min(0).max(100).optional(),
});

const scoreGroup = z.strictObject({
  id: z.string(),
  take: z.enum(['highest', 'sum']),
  cap: z.int().optional(),
  reasons: z.array(reason).min(1),
});

/** A text, or a text with a question that the events may answer. */
const runbookStep = z.union([
  z.string().transform((step) => ({ step })),
  z.strictObject({
    step: z.string().min(1),
    ask: z.string().min(1).max(ASK_MAX, `a question has at most ${ASK_MAX} characters`),
    within: z.enum(['host', 'lineage']).optional(),
    around: duration.optional(),
    needs: kinds.optional(),
  }),
]);
export type RunbookStepText = z.infer<typeof runbookStep>;

const parameterValue = z.union([z.string(), z.number(), z.array(z.string())]);

export const analyticSchema = z.strictObject({
  id,
  title: z.string().min(1),
  version: z.string(),
  description: z.string(),
  techniques: z.array(z.string()).default([]),
  /** A value alone, or a value with what it is about. */
  parameters: z
    .record(
      z.string(),
      z.union([parameterValue, z.strictObject({ value: parameterValue, about: z.string() })]),
    )
    .default({}),
  stages: z.array(stageText).min(1).max(STAGES_MAX, `there are at most ${STAGES_MAX} stages`),
  groups: z.array(z.strictObject({ id, title: z.string(), min: z.int().min(1) })).default([]),
  keep_partial_when: z.array(whenSchema).max(CONDITIONS_MAX, TOO_MANY).default([]),
  keep_partial_from: z.int().min(0).max(100).default(0),
  score: z.array(scoreGroup).superRefine((groups, context) => {
    if (groups.reduce((sum, { reasons }) => sum + reasons.length, 0) > REASONS_MAX)
      context.addIssue({ code: 'custom', message: `there are at most ${REASONS_MAX} reasons in all` });
  }),
  caps: z
    .array(z.strictObject({ at_most: z.int().min(0).max(100), text: z.string(), when: whenSchema }))
    .max(CONDITIONS_MAX, TOO_MANY)
    .default([]),
  suppressors: z
    .array(z.strictObject({ id: z.string(), text: z.string(), when: whenSchema }))
    .max(CONDITIONS_MAX, TOO_MANY)
    .default([]),
  headline: z
    .array(z.strictObject({ when: whenSchema.optional(), text: z.string() }))
    .min(1)
    .max(CONDITIONS_MAX, TOO_MANY),
  runbook: z.array(runbookStep).max(STEPS_MAX, `a runbook has at most ${STEPS_MAX} steps`).default([]),
  known_gaps: z.array(z.string()).default([]),
  false_positives: z.array(z.string()).default([]),
  references: z.array(z.strictObject({ title: z.string(), url: z.string().optional() })).default([]),
});
export type AnalyticText = z.infer<typeof analyticSchema>;

/** Shape of the file of lists: name → values. */
export const listsSchema = z.record(z.string().regex(/^[a-z0-9_]+$/), z.array(z.string()));

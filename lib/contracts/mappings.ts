import { z } from 'zod';
import { eventKind, isoTime } from './scalars';

const path = z.string().min(1).max(300);
const kindOrIgnored = z.union([eventKind, z.literal('ignored')]);

/** A test of one value of a record; texts are compared without regard to case. */
export const mappingCondition = z.object({
  path,
  test: z.enum(['is', 'in', 'contains', 'starts', 'ends', 'exists', 'missing']),
  values: z.array(z.string()).default([]),
});
export type MappingCondition = z.infer<typeof mappingCondition>;

/** A kind for the records for which all conditions hold. */
export const mappingRule = z.object({ when: z.array(mappingCondition), kind: kindOrIgnored });
export type MappingRule = z.infer<typeof mappingRule>;

export const mappingTime = z.object({
  format: z
    .enum(['auto', 'day_first', 'month_first', 'epoch_s', 'epoch_ms', 'epoch_us', 'epoch_ns', 'filetime'])
    .meta({ description: 'how times are written; auto: ISO 8601, numbers by size, unambiguous dates' }),
  zone: z
    .string()
    .max(64)
    .optional()
    .meta({ description: 'zone of times that do not say theirs: UTC, +02:00, Europe/Berlin; absent: UTC' }),
  date: path.optional().meta({ description: 'path of the date where the time is only a time of day' }),
});

const mappingParts = {
  name: z.string().min(1).max(80),
  shape: z
    .array(path)
    .meta({ description: 'paths that every record has; what later files are recognised by' }),
  fields: z.record(z.string(), path).meta({ description: 'path of the value, by ECS field' }),
  constants: z.record(z.string(), z.string()).default({}),
  time: mappingTime,
  kindRules: z.array(mappingRule).meta({ description: 'the first rule that holds says what happened' }),
  otherwise: eventKind
    .nullish()
    .meta({ description: 'kind where no rule holds; absent: such records are ignored by type' }),
};

/** What is sent to save a mapping; an exported file is one. `version` is the one it was made from. */
export const mappingBody = z.object({
  sequela: z.literal('mapping/1').optional(),
  id: z.string().max(50).optional(),
  version: z.int().min(1).optional(),
  ...mappingParts,
});
export type MappingBody = z.input<typeof mappingBody>;

/** A mapping as it stands. */
export const mapping = z.object({ id: z.string(), version: z.int(), ...mappingParts });
export type Mapping = z.infer<typeof mapping>;

export const mappingView = z.object({
  mapping,
  /** Format id that reads with it: `mapping:<id>`. */
  format: z.string(),
  savedAt: isoTime,
  savedBy: z.string(),
});
export type MappingView = z.infer<typeof mappingView>;

export const mappingList = z.object({ items: z.array(mappingView) });
export type MappingList = z.infer<typeof mappingList>;

export const mappingDeletion = z.object({ id: z.string(), deleted: z.literal(true) });

export const mappingPreviewBody = z.object({
  importId: z.string().regex(/^\d{1,9}$/, 'a number'),
  /** Name of the file inside an archive; absent: the first one with records. */
  member: z.string().max(4000).optional(),
  /** The mapping to try, complete or not; absent: one is guessed. */
  mapping: mappingBody.optional(),
});
export type MappingPreviewBody = z.input<typeof mappingPreviewBody>;

/** How a field was guessed for a member of the records. */
export const mappingGuess = z.object({
  field: z.string(),
  confidence: z.number().min(0).max(1),
  reason: z.string(),
});

export const mappingPreview = z.object({
  importId: z.string(),
  importName: z.string(),
  member: z.string(),
  /** Files inside the upload, at most 200. */
  members: z.array(z.string()),
  /** Members of the records in order, with a few of their values; `present` in how many of the records. */
  sources: z.array(
    z.object({
      path: z.string(),
      present: z.int(),
      samples: z.array(z.string()),
      guess: mappingGuess.nullable(),
    }),
  ),
  /** Fields that can be filled. */
  fields: z.array(z.string()),
  mapping,
  /** What is missing before the mapping can be saved, each a sentence. */
  gaps: z.array(z.string()),
  /** The first records and what becomes of them; at most 50. */
  records: z.array(
    z.object({
      index: z.int(),
      outcome: z.enum(['event', 'ignored', 'quarantined']),
      kind: eventKind.nullable(),
      time: isoTime.nullable(),
      host: z.string().nullable(),
      /** Fields of the event as texts, by ECS name. */
      fields: z.record(z.string(), z.string()),
      /** Type of an ignored record, or why one was quarantined. */
      reason: z.string().nullable(),
    }),
  ),
  counts: z.object({ read: z.int(), events: z.int(), ignored: z.int(), quarantined: z.int() }),
  /** Format the file is recognised as by itself; null when none is. */
  recognisedAs: z.string().nullable(),
});
export type MappingPreview = z.infer<typeof mappingPreview>;

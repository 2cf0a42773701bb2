import { z } from 'zod';
import { coverageQuery } from './coverage';
import { isoTime, storableText } from './scalars';

/** A release of ATT&CK that somebody brought, with its hash. */
export const attackBundle = z.object({
  id: z.string(),
  name: z.string(),
  sha256: z.string(),
  bytes: z.int(),
  domain: z.string().nullable(),
  version: z.string().nullable(),
  specVersion: z.string().nullable(),
  /** Objects by type. */
  counts: z.record(z.string(), z.int()),
  addedBy: z.string(),
  addedAt: isoTime,
});
export type AttackBundle = z.infer<typeof attackBundle>;
/** Newest first; the first is the one that names things. */
export const attackBundleList = z.object({ items: z.array(attackBundle) });
export const addBundleQuery = z.object({ name: storableText.trim().min(1).max(300) });

export const attackObject = z.object({
  stixId: z.string(),
  type: z.enum(['technique', 'tactic', 'strategy', 'analytic', 'data_component']),
  attackId: z.string().nullable(),
  name: z.string(),
  /** The object's own version and time of change, as the release says. */
  version: z.string().nullable(),
  modified: z.string().nullable(),
  sha256: z.string(),
  url: z.string().nullable(),
  revoked: z.boolean(),
  deprecated: z.boolean(),
  platforms: z.array(z.string()),
});
export type AttackObject = z.infer<typeof attackObject>;
export const attackSearchQuery = z.object({
  q: storableText.max(200).default(''),
  type: attackObject.shape.type.optional(),
  limit: z.coerce.number().int().min(1).max(100).optional(),
});
export const attackObjectList = z.object({ items: z.array(attackObject), total: z.int() });

/** A technique an analytic of ours is about: because the release says so, or a person. */
export const techniqueMapping = z.object({
  id: z.string(),
  technique: z.string(),
  /** Null while no release names it. */
  name: z.string().nullable(),
  origin: z.enum(['bundle', 'person']),
  /** For a person's: why. For the release's: by which objects, `DET0510 detects T1027.017`. */
  reason: z.string(),
  by: z.string(),
  at: isoTime,
  /** What the newest release says of it since: `revoked`, `deprecated`, `missing`; null: nothing. */
  doubt: z.enum(['revoked', 'deprecated', 'missing']).nullable(),
});
export type TechniqueMapping = z.infer<typeof techniqueMapping>;

/** One of our analytics held against the newest release. */
export const attackAnalytic = z.object({
  analytic: z.string(),
  title: z.string(),
  /** The release's object of the same id, and the strategy that names it; null where it has none. */
  object: attackObject.nullable(),
  strategy: attackObject.nullable(),
  techniques: z.array(techniqueMapping),
});
export type AttackAnalytic = z.infer<typeof attackAnalytic>;
export const attackMappings = z.object({
  items: z.array(attackAnalytic),
  bundle: attackBundle.nullable(),
});
export type AttackMappings = z.infer<typeof attackMappings>;

export const mapTechniqueBody = z.object({
  analytic: storableText.min(1).max(100),
  technique: z.string().regex(/^T\d{4}(?:\.\d{3})?$/, 'not an id of a technique, as T1218.005'),
  reason: storableText.trim().min(1).max(500),
});

export const LAYER_SCORES = ['visible', 'proven'] as const;
/** A layer of ATT&CK Navigator, format 4.5: the score is the least visible (or proven) required stage's share, 0 to 100. */
export const navigatorQuery = coverageQuery.omit({ by: true }).extend({
  score: z.enum(LAYER_SCORES).default('visible'),
});

import { z } from 'zod';
import { isoTime, storableText } from './scalars';
import { sigmaHit } from './sigmaHits';

const WILDCARDS_MAX = 200;

/**
 * Sigma's field → values, of which a hit has one; wildcards as in a rule. Bounded, so that trying it on a hit is: a value
 * is as long as hits keep it (1,000 characters), each escaped, and a wildcard.
 */
const baselineFields = z
  .record(storableText.min(1).max(100), z.array(storableText.max(2001)).min(1).max(100))
  .refine((fields) => Object.keys(fields).length <= 20, 'at most 20 fields')
  .refine(
    (fields) => Object.values(fields).flat().join('').split(/[*?]/).length - 1 <= WILDCARDS_MAX,
    `at most ${WILDCARDS_MAX} wildcards in all`,
  );
const sigmaPattern = z.strictObject({
  /** The rule's own id. */
  ruleId: storableText.min(1).max(400),
  /** Id of a host; null: all. */
  host: z.string().max(20).nullable(),
  fields: baselineFields,
});
export const previewSigmaBaselineBody = sigmaPattern;
export const sigmaBaselinePreview = z.object({
  /** Hits that it would cover now, of all open hits of the rule. */
  covers: z.int(),
  of: z.int(),
  hosts: z.int(),
  /** Of those covered: on processes of findings that people called true positives. */
  losesTruePositives: z.int(),
  examples: z.array(sigmaHit),
});
export const saveSigmaBaselineBody = sigmaPattern.extend({
  title: storableText.trim().min(1).max(200),
  reason: storableText.trim().min(1).max(2000),
  owner: storableText.min(1).max(200),
  expiresAt: isoTime,
  /** The hit it was drawn from. */
  hit: storableText.max(400).nullable().default(null),
  /** Saves one that covers true positives all the same. */
  acceptLoss: z.boolean().default(false),
});
export const sigmaBaseline = sigmaPattern.extend({
  id: z.string(),
  rule: z.object({ title: z.string() }).nullable(),
  hostName: z.string().nullable(),
  title: z.string(),
  reason: z.string(),
  owner: z.string(),
  createdBy: z.string(),
  createdAt: isoTime,
  expiresAt: isoTime,
  state: z.enum(['active', 'expired', 'revoked']),
  revokedBy: z.string().nullable(),
  revokedReason: z.string().nullable(),
  /** Hits it covers now. */
  hits: z.int(),
});
export type SigmaBaselineView = z.infer<typeof sigmaBaseline>;
export const sigmaBaselineList = z.object({ items: z.array(sigmaBaseline) });
export const revokeSigmaBaselineBody = z.strictObject({ reason: storableText.trim().min(1).max(2000) });

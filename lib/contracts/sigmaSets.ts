import { z } from 'zod';
import { isoTime, storableText } from './scalars';
import { sigmaLevel, sigmaStatus } from './sigmaRules';

/** Why a document, or a file, cannot be used. */
export const sigmaRefusal = z.object({
  path: z.string(),
  line: z.int(),
  column: z.int(),
  title: z.string().optional(),
  id: z.string().optional(),
  reason: z.string(),
});
export type SigmaRefusalView = z.infer<typeof sigmaRefusal>;

/** Which rules of a set run when it is enabled. */
export const sigmaChoice = z.strictObject({
  levels: z.array(sigmaLevel).default(['low', 'medium', 'high', 'critical']),
  statuses: z.array(sigmaStatus).default(['experimental', 'test', 'stable']),
  /** Only rules with one of these tags; empty: whatever their tags. */
  tags: z.array(storableText.max(200)).max(500).default([]),
  /** Only rules of one of these log sources, as `windows/process_creation` or `windows/security`; empty: all. */
  logsources: z.array(storableText.max(200)).max(500).default([]),
  /** Ids of rules left out whatever else holds. */
  excluded: z.array(storableText.max(200)).max(20_000).default([]),
  /** Ids of rules taken in whatever else holds. */
  included: z.array(storableText.max(200)).max(20_000).default([]),
});
export type SigmaChoice = z.infer<typeof sigmaChoice>;

export const sigmaSet = z.object({
  id: z.string(),
  name: z.string(),
  enabled: z.boolean(),
  chosen: sigmaChoice,
  version: z.int(),
  revision: z.int(),
  rules: z.object({
    /** Documents of its newest version that compiled. */
    loaded: z.int(),
    /** Of `loaded`: taken in by the choice. */
    chosen: z.int(),
    /** Of `loaded`: about records that none of our formats reads (another product). */
    foreign: z.int(),
    refused: z.int(),
  }),
  createdBy: z.string(),
  createdAt: isoTime,
  updatedBy: z.string(),
  updatedAt: isoTime,
});
export type SigmaSetView = z.infer<typeof sigmaSet>;
export const sigmaSetList = z.object({ items: z.array(sigmaSet) });
export const sigmaSetDetail = sigmaSet.extend({
  refused: z.array(sigmaRefusal),
  /** Newest first. */
  versions: z.array(
    z.object({
      n: z.int(),
      by: z.string(),
      at: isoTime,
      note: z.string(),
      files: z.int(),
      rules: z.int(),
      refused: z.int(),
      sha256: z.string(),
      /** Rules that came, went and changed since the version before; null for the first. */
      since: z.object({ added: z.int(), removed: z.int(), changed: z.int() }).nullable(),
    }),
  ),
  /** What there is to choose among, with how many rules of each. */
  facets: z.object({
    levels: z.record(z.string(), z.int()),
    statuses: z.record(z.string(), z.int()),
    tags: z.record(z.string(), z.int()),
    logsources: z.record(z.string(), z.int()),
  }),
});
export type SigmaSetDetail = z.infer<typeof sigmaSetDetail>;

/** Files of a folder, or a pasted text under a name of one's own. At most 32 MiB in all. */
export const sigmaFiles = z
  .array(z.strictObject({ path: storableText.min(1).max(1000), text: z.string().max(2_000_000) }))
  .min(1)
  .max(20_000);
const setName = storableText.trim().min(1).max(200);
export const createSigmaSetBody = z.strictObject({
  name: setName,
  note: storableText.max(2000).default(''),
  files: sigmaFiles,
});
export const addSigmaVersionBody = z.strictObject({
  note: storableText.max(2000).default(''),
  files: sigmaFiles,
});
/** A ZIP (or one file of YAML) as the body: a new set of that name, or a new version of `set`. */
export const uploadSigmaQuery = z.object({
  name: setName,
  set: z
    .string()
    .regex(/^\d{1,9}$/, 'a number')
    .optional(),
  note: storableText.max(2000).default(''),
});
export const changeSigmaSetBody = z.strictObject({
  revision: z.int(),
  name: setName.optional(),
  enabled: z.boolean().optional(),
  chosen: sigmaChoice.optional(),
});

/** What a text of rules comes to, before it is kept. */
export const checkSigmaBody = z.strictObject({
  path: storableText.max(1000).default('pasted.yml'),
  text: z.string().max(2_000_000),
});
export const sigmaCheck = z.object({
  rules: z.array(
    z.object({
      ruleId: z.string(),
      kind: z.enum(['detection', 'correlation', 'filter']),
      title: z.string(),
      level: sigmaLevel,
      status: sigmaStatus,
      logsource: z.string(),
      foreign: z.boolean(),
      line: z.int(),
    }),
  ),
  refused: z.array(sigmaRefusal),
});

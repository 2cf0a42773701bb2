import { z } from 'zod';
import { isoTime, page } from './scalars';

/** One thing a person or a program did to the evidence. Entries are only ever added. */
export const auditView = z.object({
  id: z.string(),
  at: isoTime,
  by: z.string(),
  /** `import.created`, `import.resumed`, `import.reparsed`, `import.cancelled`, `mapping.saved`, … */
  action: z.string(),
  /** What it was done to, as `import:12`. */
  subject: z.string(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  previous: z.string().meta({ description: 'hash of the entry before; 64 zeros for the first' }),
  hash: z.string().meta({
    description:
      'SHA-256 over `previous`, a line feed and the entry as a JSON array; the export gives that text as `text`',
  }),
});
export type AuditView = z.infer<typeof auditView>;

export const auditList = z.object({
  items: z.array(auditView),
  nextCursor: z.string().nullable(),
  /** Everybody who ever acted: what `by` can be. */
  actors: z.array(z.string()),
});
export type AuditList = z.infer<typeof auditList>;

/** Which entries of the trail: all that is given must hold. */
export const auditFilter = z.object({
  subject: z.string().max(400).optional().meta({ description: 'as `import:12`' }),
  by: z.string().max(200).optional().meta({ description: 'handle of a person' }),
  action: z.string().max(400).optional().meta({
    description:
      'an action or the beginning of it: `import`, `import.deleted`; several are separated by commas',
  }),
  q: z.string().max(200).optional().meta({ description: 'text in person, action, subject or details' }),
  from: isoTime.max(60).optional(),
  to: isoTime.max(60).optional().meta({ description: 'up to and without this time' }),
});
export type AuditFilterQuery = z.infer<typeof auditFilter>;

export const auditQuery = page.extend(auditFilter.shape);
export type AuditQuery = z.infer<typeof auditQuery>;

export const auditExportQuery = auditFilter.extend({ format: z.enum(['ndjson', 'csv']).default('ndjson') });
export type AuditExportQuery = z.infer<typeof auditExportQuery>;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits');

export const auditVerificationQuery = z.object({
  head: sha256
    .optional()
    .meta({ description: 'a head that was kept earlier: is it still a hash of the chain?' }),
});

/** What reading the whole trail and computing every hash anew found. */
export const auditVerification = z.object({
  unbroken: z.boolean(),
  /** Entries that hold, from the first on. */
  entries: z.int(),
  head: z.object({ id: z.int(), hash: z.string() }),
  /** The first entry that is wrong, and what is wrong, in a sentence; null when nothing is. */
  fault: z.object({ id: z.int(), how: z.string(), text: z.string() }).nullable(),
  /** The entry whose hash the given head is; null when none was given or the chain does not hold it. */
  headAt: z.int().nullable(),
  checkedAt: isoTime,
});
export type AuditVerification = z.infer<typeof auditVerification>;

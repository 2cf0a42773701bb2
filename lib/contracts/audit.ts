import { z } from 'zod';
import { isoTime } from './scalars';

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
});
export type AuditView = z.infer<typeof auditView>;

export const auditList = z.object({ items: z.array(auditView), nextCursor: z.string().nullable() });
export type AuditList = z.infer<typeof auditList>;

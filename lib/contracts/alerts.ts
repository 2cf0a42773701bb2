import { z } from 'zod';
import { isoTime, severity } from './scalars';

/** A vendor's alert on one host, all its evidence together, and the finding whose chain explains it. */
export const alertView = z.object({
  /** The vendor's id of the alert. */
  id: z.string(),
  rule: z.string(),
  product: z.string(),
  severity: severity.nullable(),
  hostId: z.string(),
  host: z.string(),
  user: z.string().nullable(),
  /** Image of the process, or path of the file. */
  subject: z.string().nullable(),
  from: isoTime,
  to: isoTime,
  /** Pieces of evidence. */
  evidence: z.int(),
  /** The event that says most of it. */
  eventId: z.string(),
  findingId: z.string().nullable(),
});
export type AlertView = z.infer<typeof alertView>;

export const alertQuery = z.object({
  explained: z.enum(['true', 'false']).optional(),
  host: z.string().optional(),
  severity: severity.optional().meta({ description: 'this or higher' }),
  q: z.string().max(400).optional(),
  cursor: z.string().max(2000).optional(),
  limit: z.coerce.number().int().min(1).max(500).optional(),
});
export type AlertQuery = z.infer<typeof alertQuery>;

export const alertList = z.object({
  items: z.array(alertView),
  /** Of all alerts stored, not of this filter. */
  counts: z.object({ total: z.int(), unexplained: z.int() }),
  nextCursor: z.string().nullable(),
});
export type AlertList = z.infer<typeof alertList>;

import { z } from 'zod';
import { verdictView } from './findings';
import { isoTime, severity, storableText, verdictValue } from './scalars';

/** A vendor's alert on one host, all its evidence together, and the finding whose chain explains it. */
export const alertView = z.object({
  /** What this server calls it: its host and the vendor's id; opaque, fit for a path. */
  key: z.string(),
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
  verdict: verdictView.omit({ blindAcknowledged: true }).nullable(),
  assignee: z.string().nullable(),
  case: z.object({ id: z.int(), title: z.string() }).nullable(),
  /** Send it back when deciding. */
  revision: z.int(),
});
export type AlertView = z.infer<typeof alertView>;

export const alertQuery = z.object({
  explained: z.enum(['true', 'false']).optional(),
  host: z.string().optional(),
  severity: severity.optional().meta({ description: 'this or higher' }),
  verdict: z.union([verdictValue, z.literal('none'), z.literal('any')]).optional(),
  /** A handle, or `none`. */
  assignee: z.string().max(200).optional(),
  q: z.string().max(400).optional(),
  cursor: z.string().max(2000).optional(),
  limit: z.coerce.number().int().min(1).max(500).optional(),
});
export type AlertQuery = z.infer<typeof alertQuery>;

export const alertList = z.object({
  items: z.array(alertView),
  /** Of all alerts stored, not of this filter. */
  counts: z.object({ total: z.int(), unexplained: z.int(), open: z.int(), chains: z.int() }),
  nextCursor: z.string().nullable(),
});
export type AlertList = z.infer<typeof alertList>;

export const alertVerdictBody = z.object({
  verdict: verdictValue.nullable(),
  /** Needed for a verdict, not for taking one back. */
  reason: storableText.max(4000).default(''),
  revision: z.int(),
});
export const alertAssignBody = z.object({ assignee: storableText.max(200).nullable(), revision: z.int() });

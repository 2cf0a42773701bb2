import { z } from 'zod';
import { eventKind, isoTime } from './scalars';

export const eventView = z.object({
  id: z.string(),
  kind: eventKind,
  time: isoTime,
  clock: z.enum(['source', 'record']),
  recorded: isoTime,
  reported: isoTime.nullable(),
  hostId: z.string(),
  host: z.string(),
  channel: z.string(),
  code: z.string(),
  recordId: z.int().nullable(),
  importId: z.string(),
  record: z.object({ file: z.string(), index: z.int() }),
  /** ECS field name → value. */
  fields: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type EventView = z.infer<typeof eventView>;

/** `raw` is the record's text exactly as the export held it. */
export const eventDetail = eventView.extend({ raw: z.string() });
export type EventDetail = z.infer<typeof eventDetail>;

export const eventQuery = z.object({
  q: z.string().max(400).optional(),
  host: z.string().optional(),
  kind: eventKind.optional(),
  entity: z.string().optional(),
  from: isoTime.optional(),
  to: isoTime.optional(),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(1000).optional(),
});
export const eventList = z.object({ items: z.array(eventView), nextCursor: z.string().nullable() });
export type EventList = z.infer<typeof eventList>;

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
export const eventDetail = eventView.extend({
  raw: z.string(),
  /** What each source says of the process that started; null when only one recorded it, or for other kinds. */
  sources: z
    .object({
      /** Facts on which the sources disagree beyond how each writes them. */
      conflicts: z.array(z.string()),
      told: z.array(
        z.object({
          product: z.string(),
          channel: z.string(),
          eventId: z.string(),
          entityId: z.string().nullable(),
          facts: z.record(z.string(), z.string()),
        }),
      ),
    })
    .nullable(),
});
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

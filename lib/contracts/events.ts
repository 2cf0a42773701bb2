import { z } from 'zod';
import { eventKind, isoTime, storableText } from './scalars';

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

/** What analysts said about an event. */
export const annotations = z.object({
  flag: z.object({ by: z.string(), at: isoTime }).nullable(),
  comments: z.array(z.object({ id: z.int(), text: z.string(), by: z.string(), at: isoTime })),
});
export type AnnotationsView = z.infer<typeof annotations>;
export const flagBody = z.object({ flagged: z.boolean() });
export const commentBody = z.object({ text: storableText.min(1).max(4000) });

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
  annotations,
});
export type EventDetail = z.infer<typeof eventDetail>;

/** What a search is over; `q` is in the query language of docs/QUERY.md. */
const eventScope = z.object({
  q: z.string().max(4000).optional(),
  host: z.string().max(400).optional(),
  kind: eventKind.optional(),
  entity: z.string().optional(),
  from: isoTime.optional(),
  to: isoTime.optional(),
});
export const eventQuery = eventScope.extend({
  order: z.enum(['newest', 'oldest']).optional(),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(1000).optional(),
});
export type EventQuery = z.infer<typeof eventQuery>;
export const eventList = z.object({ items: z.array(eventView), nextCursor: z.string().nullable() });
export type EventList = z.infer<typeof eventList>;

/** How many match, when, and which values they have. */
export const eventSummaryQuery = eventScope.extend({
  /** Comma-separated fields to count the values of; none when absent. */
  facets: z.string().max(2000).optional(),
});
export const eventSummary = z.object({
  total: z.int(),
  /** Span of what matches; null when nothing does. */
  from: isoTime.nullable(),
  to: isoTime.nullable(),
  /** Stretches of `binSeconds` from `from`; those without events left out. */
  bins: z.array(z.object({ from: isoTime, count: z.int() })),
  binSeconds: z.number(),
  /** Where the hosts that match could not have recorded a kind; host is a name. At most `BLIND_LISTED`; see total. */
  blind: z.array(
    z.object({ host: z.string(), kind: eventKind, from: isoTime, to: isoTime, reason: z.string() }),
  ),
  blindTotal: z.int(),
  facets: z.array(
    z.object({
      field: z.string(),
      /** The most frequent first. */
      values: z.array(z.object({ value: z.string(), count: z.int() })),
      /** Matching events that have the field at all. */
      present: z.int(),
      /** Different values; a lower bound when `values` could not hold them all. */
      distinct: z.int(),
    }),
  ),
});
export type EventSummary = z.infer<typeof eventSummary>;

/** A field the query language knows. */
export const eventField = z.object({
  name: z.string(),
  type: z.enum(['text', 'number', 'ip', 'time', 'keyword']),
  text: z.string(),
  /** Values, where there is a fixed list (event.kind). */
  values: z.array(z.string()).optional(),
});
export type EventFieldView = z.infer<typeof eventField>;
export const eventFieldList = z.object({ items: z.array(eventField) });

export const eventValuesQuery = z.object({
  field: z.string().max(100),
  prefix: z.string().max(400).default(''),
  host: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(50).optional(),
});
export const eventValues = z.object({
  items: z.array(z.object({ value: z.string(), count: z.int() })),
  /** False when only a part of the events was looked at. */
  complete: z.boolean(),
});
export type EventValues = z.infer<typeof eventValues>;

export const eventExportQuery = eventScope.extend({
  format: z.enum(['csv', 'json', 'ndjson']).default('csv'),
  order: z.enum(['newest', 'oldest']).optional(),
  /** Comma-separated columns of the CSV. */
  columns: z.string().max(4000).optional(),
});

/** A search over events kept under a name. */
export const savedSearch = z.object({
  id: z.int(),
  name: z.string(),
  query: z.string(),
  columns: z.array(z.string()),
  order: z.enum(['newest', 'oldest']),
  shared: z.boolean(),
  by: z.string(),
  at: isoTime,
  /** Whether the one who asks may change it. */
  mine: z.boolean(),
});
export type SavedSearchView = z.infer<typeof savedSearch>;
export const savedSearchList = z.object({ items: z.array(savedSearch) });
export const savedSearchBody = z.object({
  name: storableText.min(1).max(200),
  query: storableText.max(4000),
  columns: z.array(storableText.max(100)).max(60).default([]),
  order: z.enum(['newest', 'oldest']).default('newest'),
  shared: z.boolean().default(false),
});

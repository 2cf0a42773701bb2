import { z } from 'zod';
import { eventKind, isoTime } from './scalars';

export const timelineEvent = z.object({
  eventId: z.string(),
  time: isoTime,
  kind: eventKind,
  label: z.string(),
  detail: z.string().nullable(),
  entityId: z.string().nullable(),
  image: z.string().nullable(),
  /** Stage this event satisfies in the finding, if any. */
  stage: z.string().nullable(),
});
export type TimelineEventView = z.infer<typeof timelineEvent>;

export const timelineView = z.object({
  from: isoTime,
  to: isoTime,
  /** T0: the anchor's time. */
  anchor: isoTime.nullable(),
  events: z.array(timelineEvent),
  /** Events in [from, to] that match; `events` holds the first page. */
  total: z.int(),
  /** Density over the whole span, at most one bin per pixel. */
  bins: z.array(z.object({ from: isoTime, count: z.int() })),
  binSeconds: z.number(),
  /** Intervals and kinds in which this host's telemetry could not show anything. */
  blind: z.array(z.object({ kind: eventKind, from: isoTime, to: isoTime, reason: z.string() })),
  clock: z.object({ offsetSeconds: z.number(), text: z.string() }).nullable(),
  nextCursor: z.string().nullable(),
});
export type TimelineView = z.infer<typeof timelineView>;

export const timelineQuery = z.object({
  from: isoTime.optional(),
  to: isoTime.optional(),
  /** `lineage`: events of the shown processes only (default); `host`: all of the host. */
  scope: z.enum(['lineage', 'host']).optional(),
  /** Comma-separated kinds. */
  kinds: z.string().optional(),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(5000).optional(),
});

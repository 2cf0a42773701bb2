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
  /** True when an analyst flagged it. */
  flagged: z.boolean(),
  /** How many comments it has. */
  comments: z.int(),
});
export type TimelineEventView = z.infer<typeof timelineEvent>;

export const timelineView = z.object({
  from: isoTime,
  to: isoTime,
  /** T0: the anchor's time. */
  anchor: isoTime.nullable(),
  /** First and last time of everything the scope holds, whatever window was asked for. */
  span: z.object({ from: isoTime, to: isoTime }),
  /**
   * All events of the window when `exact`; else only those that must be drawn whatever the density: what satisfies a
   * stage, what is flagged or commented.
   */
  events: z.array(timelineEvent),
  exact: z.boolean(),
  /** Events in [from, to] that match. */
  total: z.int(),
  /**
   * When not `exact`: how many events lie in each stretch of the window, per key: a kind, or a process (null: one that
   * the finding's lineage does not name). Stretches are `densitySeconds` long and counted from `from`.
   */
  density: z.array(z.object({ key: z.string().nullable(), bin: z.int(), count: z.int() })),
  densitySeconds: z.number(),
  /** Density over the whole span, at most one bin per pixel. */
  bins: z.array(z.object({ from: isoTime, count: z.int() })),
  binSeconds: z.number(),
  /** Intervals and kinds in which this host's telemetry could not show anything. */
  blind: z.array(z.object({ kind: eventKind, from: isoTime, to: isoTime, reason: z.string() })),
  clock: z.object({ offsetSeconds: z.number(), text: z.string() }).nullable(),
  /** Minutes the host's own zone is ahead of UTC, where its records tell; for times as the host shows them. */
  hostOffsetMinutes: z.int().nullable(),
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
  /** What `density` is counted by; default `kind`. */
  by: z.enum(['kind', 'process']).optional(),
  cursor: z.string().optional(),
  /** Up to how many events the window is sent as they are; default 5000. */
  limit: z.coerce.number().int().min(1).max(5000).optional(),
});

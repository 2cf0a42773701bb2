import { z } from 'zod';
import { eventCounts } from './lineage';
import { eventKind, isoTime } from './scalars';

export const hostView = z.object({
  id: z.string(),
  name: z.string(),
  /** Other names the same host is written as. */
  aliases: z.array(z.string()),
  from: isoTime.nullable(),
  to: isoTime.nullable(),
  events: z.int(),
  counts: eventCounts,
  findings: z.int(),
  clockOffsets: z.array(z.object({ from: isoTime, offsetSeconds: z.number() })),
  /** Clocks of other products, measured from process starts that both recorded, and what is done about them. */
  productClocks: z.array(
    z.object({
      product: z.string(),
      reference: z.string(),
      offsetSeconds: z.number(),
      pairs: z.int(),
      agreeing: z.int(),
      applied: z.boolean(),
      choice: z.enum(['estimated', 'as_reported']),
    }),
  ),
  /** Why its names are taken for one machine, and what a person decided about that. */
  identity: z.object({
    names: z.array(z.object({ name: z.string(), because: z.string() })),
    devices: z.array(z.object({ device: z.string(), name: z.string() })),
    decisions: z.array(
      z.object({
        name: z.string(),
        with: z.string(),
        decision: z.enum(['same', 'separate']),
        by: z.string(),
        at: z.iso.datetime(),
      }),
    ),
  }),
  coverage: z.array(
    z.object({
      stage: z.string(),
      state: z.enum(['visible', 'partial', 'blind']),
      why: z.string(),
      fix: z.string().nullable(),
    }),
  ),
  /** Imports that brought events of it, the newest first. */
  imports: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      events: z.int(),
      at: isoTime,
      format: z.string().nullable(),
    }),
  ),
});
export type HostView = z.infer<typeof hostView>;
export const hostList = z.object({
  items: z.array(
    hostView.omit({ coverage: true, clockOffsets: true, productClocks: true, identity: true, imports: true }),
  ),
  nextCursor: z.string().nullable(),
});

/** A person's word on a name: the same machine as this host, another one, or as the records suggest. */
export const hostIdentityBody = z.object({
  name: z.string().min(1).max(400),
  decision: z.enum(['same', 'separate', 'automatic']),
});
export type HostIdentityBody = z.infer<typeof hostIdentityBody>;

/** Whether a product's events are moved by its measured offset, or left as reported. */
export const hostClockBody = z.object({
  product: z.string().min(1).max(100),
  choice: z.enum(['estimated', 'as_reported']),
});
export type HostClockBody = z.infer<typeof hostClockBody>;

/** Accounts that events of a host name, the most active first. */
export const hostUsers = z.object({
  items: z.array(
    z.object({ user: z.string(), events: z.int(), processes: z.int(), from: isoTime, to: isoTime }),
  ),
  total: z.int(),
});
export type HostUsers = z.infer<typeof hostUsers>;

/** What a host's telemetry was, kind by kind over time. */
export const hostHealth = z.object({
  from: isoTime.nullable(),
  to: isoTime.nullable(),
  binSeconds: z.number(),
  /** Kinds that were ever delivered or that an analytic needs; those needed first. */
  kinds: z.array(
    z.object({
      kind: eventKind,
      needed: z.boolean(),
      events: z.int(),
      from: isoTime.nullable(),
      to: isoTime.nullable(),
      bins: z.array(z.object({ from: isoTime, count: z.int() })),
      blind: z.array(z.object({ from: isoTime, to: isoTime, reason: z.string() })),
      /** Share of these events, 0 to 1, that carry a field analytics ask for. */
      filled: z.array(z.object({ field: z.string(), share: z.number() })),
    }),
  ),
});
export type HostHealth = z.infer<typeof hostHealth>;

import { z } from 'zod';
import { eventCounts } from './lineage';
import { isoTime } from './scalars';

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
  coverage: z.array(
    z.object({
      stage: z.string(),
      state: z.enum(['visible', 'partial', 'blind']),
      why: z.string(),
      fix: z.string().nullable(),
    }),
  ),
});
export type HostView = z.infer<typeof hostView>;
export const hostList = z.object({
  items: z.array(hostView.omit({ coverage: true, clockOffsets: true })),
  nextCursor: z.string().nullable(),
});

import { z } from 'zod';
import { eventKind, isoTime, processClass, strength } from './scalars';

export const eventCounts = z.partialRecord(eventKind, z.int());

export const processNode = z.object({
  entityId: z.string(),
  pid: z.int().nullable(),
  image: z.string().nullable(),
  name: z.string(),
  commandLine: z.string().nullable(),
  user: z.string().nullable(),
  integrity: z.string().nullable(),
  hash: z.string().nullable(),
  startedAt: isoTime.nullable(),
  endedAt: isoTime.nullable(),
  /** `unknown`: no end was recorded and this source records few ends. */
  state: z.enum(['running', 'ended', 'unknown']),
  /** True when the process is known only from what its children or events say of it. */
  imputed: z.boolean(),
  class: processClass,
  parentId: z.string().nullable(),
  /** The link to the parent; `root` when the parent is outside what was recorded. */
  link: z.object({
    strength: z.enum(['exact', 'inferred', 'broken', 'root']),
    reason: z.string().nullable(),
  }),
  /** Who asked for its start when the parent only carried it out (WMI, COM, a task, …), as a sentence. */
  requestedBy: z.string().optional(),
  /** Stage ids this process takes part in. */
  stages: z.array(z.string()),
  onPath: z.boolean(),
  alerts: z.int(),
  counts: eventCounts,
  /** Direct children recorded on the host; those not in `nodes` are folded. */
  childrenTotal: z.int(),
  /** eventId of its start record, if there is one. */
  startEventId: z.string().nullable(),
});
export type ProcessNodeView = z.infer<typeof processNode>;

/** Something a process made or reached on the cause→effect path. */
export const artefact = z.object({
  id: z.string(),
  type: z.enum(['file', 'stream', 'destination', 'dns', 'registry']),
  label: z.string(),
  detail: z.string().nullable(),
  time: isoTime,
  /** Process that wrote, resolved or reached it. */
  fromId: z.string(),
  /** Process that ran, opened or named it, if one did. */
  toId: z.string().nullable(),
  strength,
  stage: z.string().nullable(),
  eventId: z.string(),
});
export type ArtefactView = z.infer<typeof artefact>;

export const lineageView = z.object({
  anchorId: z.string().nullable(),
  nodes: z.array(processNode),
  artefacts: z.array(artefact),
  /** Per shown parent: what is folded away below it. Nothing is cut without a count. */
  folded: z.array(z.object({ parentId: z.string(), processes: z.int(), samples: z.array(z.string()) })),
  /** Links along the path that are not parentage: file, COM, handed over. */
  joins: z.array(z.object({ fromId: z.string(), toId: z.string(), strength, text: z.string() })),
  shown: z.int(),
  total: z.int(),
});
export type LineageView = z.infer<typeof lineageView>;

export const lineageQuery = z.object({
  /** Comma-separated entity ids whose children are to be included. */
  expand: z.string().max(8000).optional(),
  limit: z.coerce.number().int().min(1).max(2000).optional(),
});

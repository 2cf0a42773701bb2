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
  /** Who signed the image, where a record says so. */
  signer: z.string().nullable(),
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

/** What is not shown below a parent. Nothing is cut without a count. */
export const foldedBranch = z.object({
  /** The empty text for what hangs on no node: roots that are not sent, and all below them. */
  parentId: z.string(),
  /** Processes below the parent, at any depth, that are not among the nodes. */
  processes: z.int(),
  /** Events those processes did themselves, by kind; process starts left out. */
  events: eventCounts,
  /** Names of the first few, by time. */
  samples: z.array(z.string()),
  /** Direct children among them (roots, where there is no parent), by image name, the most frequent first; `othersTotal` are not listed. */
  images: z.array(z.object({ name: z.string(), count: z.int() })),
  othersTotal: z.int(),
});
export type FoldedBranch = z.infer<typeof foldedBranch>;

export const lineageView = z.object({
  anchorId: z.string().nullable(),
  nodes: z.array(processNode),
  artefacts: z.array(artefact),
  /** Per shown parent: what is folded away below it; and one of all that hangs on no node, if there is any. */
  folded: z.array(foldedBranch),
  /** Links along the path that are not parentage: file, COM, handed over. */
  joins: z.array(z.object({ fromId: z.string(), toId: z.string(), strength, text: z.string() })),
  shown: z.int(),
  total: z.int(),
});
export type LineageView = z.infer<typeof lineageView>;

export const lineageQuery = z.object({
  /** Comma-separated entity ids whose children are to be included. */
  expand: z.string().max(8000).optional(),
  /** Comma-separated entity ids that must be among the nodes, with everything that leads to them. */
  reveal: z.string().max(8000).optional(),
  /** `true`: the whole forest of the host from its roots, parents before children, up to `limit`. */
  all: z.enum(['true', 'false']).optional(),
  limit: z.coerce.number().int().min(1).max(20_000).optional(),
});

/** A page of one process's direct children, or of the roots of a host, in order of first sight. */
export const lineageChildrenQuery = z.object({
  /** Absent or empty for the roots. */
  parent: z.string().max(400).optional(),
  /** Only children whose image has this name (last part of the path, whatever its case). */
  image: z.string().max(400).optional(),
  cursor: z.string().max(2000).optional(),
  limit: z.coerce.number().int().min(1).max(1000).optional(),
  /** Mark stages and path of this finding on the nodes. */
  finding: z.string().max(200).optional(),
});
export const lineageChildren = z.object({
  /** The empty text for roots. */
  parentId: z.string(),
  nodes: z.array(processNode),
  /** For each of `nodes` that has children: what is below it. */
  folded: z.array(foldedBranch),
  /** All direct children or roots, of this image when one was asked for. */
  total: z.int(),
  nextCursor: z.string().nullable(),
});
export type LineageChildren = z.infer<typeof lineageChildren>;

/** Processes of a host whose image, command line, user or pid holds a text. */
export const lineageSearchQuery = z.object({
  q: z.string().min(1).max(200),
  limit: z.coerce.number().int().min(1).max(500).optional(),
});
export const lineageSearch = z.object({
  /** In order of first sight; `ancestors` from the root down to the parent. */
  hits: z.array(z.object({ entityId: z.string(), name: z.string(), ancestors: z.array(z.string()) })),
  total: z.int(),
});
export type LineageSearch = z.infer<typeof lineageSearch>;

import { z } from 'zod';
import { isoTime, STORABLE } from './scalars';

export const importState = z.enum(['receiving', 'parsing', 'correlating', 'done', 'failed']);

/** read = events + ignored + duplicates + quarantined, always. */
export const recordCounts = z.object({
  read: z.int().nonnegative(),
  events: z.int().nonnegative(),
  ignored: z.int().nonnegative(),
  duplicates: z.int().nonnegative(),
  quarantined: z.int().nonnegative(),
});
export type RecordCounts = z.infer<typeof recordCounts>;

/** One file within the upload: the upload itself, or a member of the archive. */
export const importMember = z.object({
  name: z.string(),
  format: z.string().nullable(),
  records: recordCounts,
  /** Why (part of) this member was not read, if so. */
  problem: z.string().nullable(),
  /** How sure detection was, 0 to 1, and what it saw; null when a person chose the format, or none was found. */
  confidence: z.number().min(0).max(1).nullable(),
  reason: z.string().nullable(),
  /** True when the member is encrypted and was not opened. No password is tried unless a person gives it. */
  needsPassword: z.boolean(),
});
export type ImportMember = z.infer<typeof importMember>;

export const importView = z.object({
  id: z.string(),
  name: z.string(),
  state: importState,
  /** 0 to 1 of the current state; bytes read of bytes stored while parsing, hosts done of hosts while correlating. */
  progress: z.number().min(0).max(1),
  /** Format id(s) found, joined by a comma when members differ; null before detection. */
  format: z.string().nullable(),
  /** The format a person asked for, or `auto`; and those for single members, by the member's name. */
  requestedFormat: z.string(),
  memberFormats: z.record(z.string(), z.string()),
  /** What is being read: all of the upload, or only the records that stand in quarantine. */
  scope: z.enum(['all', 'quarantined']),
  /** Set while the import's events are being taken out: to read it again, or because it was cancelled. */
  clearing: z.enum(['reparse', 'cancel']).nullable(),
  /** True when members were opened with a password. It is not kept: reading again needs it again. */
  encrypted: z.boolean(),
  sha256: z.string(),
  bytes: z.int().nonnegative(),
  records: recordCounts,
  /** Ignored records by type, e.g. {"Sysmon 10": 812}. */
  ignoredTypes: z.record(z.string(), z.int()),
  eventKinds: z.record(z.string(), z.int()),
  members: z.array(importMember),
  hosts: z.array(z.string()),
  /** Measured distance of the log's clock from the sensor's, in seconds, by host; only hosts with one other than 0. */
  clockOffsets: z.array(z.object({ host: z.string(), offsetSeconds: z.number(), from: isoTime })),
  from: isoTime.nullable(),
  to: isoTime.nullable(),
  findings: z.int().nonnegative(),
  error: z.object({ message: z.string(), detail: z.string().nullable() }).nullable(),
  createdAt: isoTime,
  finishedAt: isoTime.nullable(),
  /** True when these very bytes had been imported before; nothing was counted again. */
  alreadyImported: z.boolean(),
});
export type ImportView = z.infer<typeof importView>;

export const importList = z.object({ items: z.array(importView), nextCursor: z.string().nullable() });
export type ImportList = z.infer<typeof importList>;

/** A format's id, or `auto`. */
const formatId = z.string().max(64).regex(STORABLE, 'holds characters that no format id has');

/** Single members a person chooses a format for, at most: beyond this it is not a person who chooses. */
const MEMBER_FORMATS = 1_000;

/** How an import is to be read again. What is absent stays as it was chosen before. */
export const reparseBody = z.strictObject({
  /** Format id, or `auto`. */
  format: formatId.optional(),
  /** Format ids for single members, by the member's name; takes the place of those chosen before. */
  memberFormats: z
    .record(z.string().max(4000).regex(STORABLE, 'holds characters that no member name has'), formatId)
    .refine((formats) => Object.keys(formats).length <= MEMBER_FORMATS, `at most ${MEMBER_FORMATS} members`)
    .optional(),
  /** Opens encrypted members. Never shown again, and forgotten once this reading has ended. */
  password: z.string().min(1).max(1024).regex(STORABLE, 'holds characters that no password has').optional(),
  /** Reads only the records that stand in quarantine; all else stays as it is. */
  only: z.literal('quarantined').optional(),
});
export type ReparseBody = z.infer<typeof reparseBody>;

/** An import that is being deleted: it is no more from here on, its events leave in the background. */
export const deletionView = z.object({ id: z.string(), deleting: z.literal(true) });

export const quarantinedView = z.object({
  file: z.string(),
  index: z.int(),
  /** Byte offset of the record in the (unpacked) file. */
  offset: z.int(),
  reason: z.string(),
  /** The reason without what is particular to the record: what the groups are made by. */
  group: z.string(),
  /** The record's bytes as text (invalid UTF-8 replaced), cut to 2,000 characters; `bytes` is its true size. */
  text: z.string(),
  /** Its first bytes, at most 512, exactly as they are, in Base64. */
  head: z.string(),
  bytes: z.int(),
});
export type QuarantinedView = z.infer<typeof quarantinedView>;
export const quarantineList = z.object({
  items: z.array(quarantinedView),
  total: z.int(),
  nextCursor: z.string().nullable(),
});
export type QuarantineList = z.infer<typeof quarantineList>;

/** Quarantined records that were refused for the same reason. */
export const quarantineGroup = z.object({
  group: z.string(),
  records: z.int(),
  /** The first of them. */
  first: z.object({ file: z.string(), index: z.int(), offset: z.int(), reason: z.string() }),
});
export const quarantineGroups = z.object({ items: z.array(quarantineGroup), total: z.int() });
export type QuarantineGroups = z.infer<typeof quarantineGroups>;

export const importQuery = z.object({
  name: z.string().max(400).optional(),
  format: formatId.default('auto'),
  wait: z.enum(['true', 'false']).default('false'),
});

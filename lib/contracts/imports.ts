import { z } from 'zod';
import { isoTime } from './scalars';

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
  /** Why this member was not read, if it was not. */
  problem: z.string().nullable(),
});

export const importView = z.object({
  id: z.string(),
  name: z.string(),
  state: importState,
  /** 0 to 1 of the current state; bytes read of bytes stored while parsing, hosts done of hosts while correlating. */
  progress: z.number().min(0).max(1),
  /** Format id(s) found, joined by a comma when members differ; null before detection. */
  format: z.string().nullable(),
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

export const quarantinedView = z.object({
  file: z.string(),
  index: z.int(),
  /** Byte offset of the record in the (unpacked) file. */
  offset: z.int(),
  reason: z.string(),
  /** The record's bytes as text (invalid UTF-8 replaced), cut to 2,000 characters; `bytes` is its true size. */
  text: z.string(),
  bytes: z.int(),
});
export const quarantineList = z.object({
  items: z.array(quarantinedView),
  total: z.int(),
  nextCursor: z.string().nullable(),
});
export type QuarantineList = z.infer<typeof quarantineList>;

export const importQuery = z.object({
  name: z.string().max(400).optional(),
  format: z.string().max(64).default('auto'),
  wait: z.enum(['true', 'false']).default('false'),
});

import { AppError } from '../base/appError';
import { formatMicros, MICROS_PER_SECOND, type Micros, micros } from '../base/time';
import type { ImportList, ImportView } from '../contracts/imports';
import { type ClockSegment, offsetAt } from '../events/clock';
import {
  type ImportedHost,
  type ImportRecord,
  listImportRecords,
  loadImportRecord,
} from '../storage/imports';
import { fromCursor, toCursor } from './cursor';

const PAGE = 50;

/** One import as its page shows it. Throws `not_found`. */
export async function readImport(id: number): Promise<ImportView> {
  const record = await loadImportRecord(id);
  if (record === undefined) throw new AppError('not_found', `There is no import ${id}.`);
  return toImportView(record);
}

/** Imports, newest first. */
export async function readImports(query: {
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}): Promise<ImportList> {
  const limit = query.limit ?? PAGE;
  const before = fromCursor(query.cursor, 'number');
  const records = await listImportRecords(limit + 1, before?.[0]);
  const shown = records.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(toImportView),
    nextCursor: records.length > limit && last !== undefined ? toCursor([last.id]) : null,
  };
}

function toImportView(record: ImportRecord): ImportView {
  const spans = record.hosts.map(spanOf);
  return {
    id: String(record.id),
    name: record.name,
    state: record.state,
    progress: progressOf(record),
    format: [...new Set(record.members.flatMap((member) => member.format ?? []))].sort().join(',') || null,
    requestedFormat: record.requestedFormat,
    memberFormats: { ...record.memberFormats },
    scope: record.scope,
    clearing: record.clearing === 'delete' ? null : record.clearing,
    encrypted: record.encrypted,
    sha256: record.sha256,
    bytes: record.bytes,
    records: countsOf(record),
    ignoredTypes: { ...record.ignoredTypes },
    eventKinds: { ...record.eventKinds },
    members: record.members.map((member) => ({
      name: member.name,
      format: member.format,
      records: countsOf(member),
      problem: member.problem,
      confidence: member.confidence,
      reason: member.reason,
      needsPassword: member.needsPassword,
    })),
    hosts: [...new Set(record.hosts.map((host) => host.name))],
    clockOffsets: offsetsOf(record.hosts),
    from: timeOrNull(
      spans.flatMap((span) => span.from ?? []),
      Math.min,
    ),
    to: timeOrNull(
      spans.flatMap((span) => span.to ?? []),
      Math.max,
    ),
    findings: record.findings,
    // A cancelled import has its words from the beginning, and fails when its events are out.
    error: record.state === 'failed' ? record.error : null,
    createdAt: record.createdAt.toISOString(),
    finishedAt: record.finishedAt?.toISOString() ?? null,
    alreadyImported: false,
  };
}

function countsOf({
  read,
  events,
  ignored,
  duplicates,
  quarantined,
}: ImportView['records']): ImportView['records'] {
  return { read, events, ignored, duplicates, quarantined };
}

function progressOf(record: ImportRecord): number {
  if (record.state === 'done') return 1;
  if (record.state === 'correlating') {
    const done = record.hosts.filter((host) => host.correlated).length;
    return record.hosts.length === 0 ? 1 : done / record.hosts.length;
  }
  return record.bytes === 0 ? 0 : Math.min(1, record.bytesRead / record.bytes);
}

/** The span of a host's events on its one clock: sensor times as they are, log times moved by its segments. */
function spanOf(host: ImportedHost): { readonly from?: number; readonly to?: number } {
  const moved = (recorded: number) => recorded + offsetAt(host.clock, micros(recorded));
  const starts = [host.sourceFrom ?? [], host.recordFrom === null ? [] : moved(host.recordFrom)].flat();
  const ends = [host.sourceTo ?? [], host.recordTo === null ? [] : moved(host.recordTo)].flat();
  return starts.length === 0 ? {} : { from: Math.min(...starts), to: Math.max(...ends) };
}

function timeOrNull(times: readonly number[], pick: (...values: number[]) => number): string | null {
  return times.length === 0 ? null : formatMicros(micros(times.reduce((a, b) => pick(a, b))));
}

function offsetsOf(hosts: readonly ImportedHost[]): ImportView['clockOffsets'] {
  const byName = new Map(hosts.map((host) => [host.name, host]));
  return [...byName.values()].flatMap((host) =>
    segmentsSince(host.clock, micros(Math.min(host.recordFrom ?? Infinity, host.sourceFrom ?? Infinity)))
      .filter((segment) => segment.offset !== 0)
      .map((segment) => ({
        host: host.name,
        offsetSeconds: segment.offset / MICROS_PER_SECOND,
        from: formatMicros(segment.from),
      })),
  );
}

/** Segments with the open start of the first one put at the first record, so that it can be written as a time. */
export function segmentsSince(segments: readonly ClockSegment[], first: Micros): readonly ClockSegment[] {
  return Number.isFinite(first)
    ? segments.map((segment) => ({ ...segment, from: micros(Math.max(segment.from, first)) }))
    : [];
}

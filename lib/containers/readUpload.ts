import { AppError } from '../base/appError';
import { UNNAMED_HOST, unnamedHostOf } from '../events/hostName';
import type { NormalisedRecord } from '../events/record';
import { FORMATS } from '../formats';
import { detectFormat } from '../formats/detectFormat';
import {
  type DecodedRecord,
  type ExportFormat,
  SAMPLE_BYTES,
  type VendorRecord,
} from '../formats/exportFormat';
import { createNormaliser } from '../formats/recognise';
import { createRecordDecoder } from '../formats/recordDecoder';
import { peek } from './magic';
import type { Member } from './member';
import { uniqueName } from './memberName';
import { openUpload } from './openMembers';
import type { UploadOptions, UploadProgress, UploadRecord, UploadStep } from './upload';

/**
 * Reads an upload on disk to its end: unpacks it, recognises each member's format, decodes and normalises
 * every record. Does not remove duplicates, give ids or set the clock (events/identify.ts does).
 *
 * What cannot be read is told, never thrown: a member of no known format, a cut-off archive, a bad record.
 * Thrown are only AppError bad_input (no such file, a directory) and bad_request (no such format).
 */
export async function* readUpload(
  path: string,
  options: UploadOptions,
): AsyncGenerator<UploadStep, void, undefined> {
  const formats = [...FORMATS, ...(options.formats ?? [])];
  const chosenFor = chooser(options, formats);
  const upload = await openUpload(path, options.name, {
    ...(options.limits === undefined ? {} : { limits: options.limits }),
    ...(options.password === undefined ? {} : { password: options.password }),
  });
  const hosts = new Map<string, number>();
  for await (const member of upload.members) {
    // Two folders may each hold a `security.csv`, of two machines.
    const file = { name: member.name, host: uniqueName(hosts, unnamedHostOf(member.name)) };
    yield* readMember(member, file, chosenFor(member.name), formats, upload.progress);
  }
}

/** A member by its name, and the host of its events whose records name no machine. */
type SourceFile = { readonly name: string; readonly host: string };

/** The format a member is read as, how that was decided, and the reader of its records. */
type Choice = {
  readonly format: ExportFormat;
  readonly confidence: number | null;
  readonly reason: string | null;
  readonly normalise: (record: VendorRecord) => readonly NormalisedRecord[];
};

async function* readMember(
  member: Member,
  file: SourceFile,
  chosen: ExportFormat | undefined,
  formats: readonly ExportFormat[],
  progress: () => UploadProgress,
): AsyncGenerator<UploadStep, void, undefined> {
  const { head, complete, bytes } = await peek(member.bytes, SAMPLE_BYTES);
  const close = (choice: Choice | undefined, records: number, problem: string | null): UploadStep => ({
    step: 'member',
    member: member.name,
    format: choice?.format.id ?? null,
    confidence: choice?.confidence ?? null,
    reason: choice?.reason ?? null,
    records,
    problem,
    needsPassword: member.needsPassword,
    progress: progress(),
  });
  try {
    if (head.length === 0) return yield close(undefined, 0, member.problem() ?? 'the file is empty');
    const choice = chosen === undefined ? detected(head, complete, formats) : asked(chosen, formats);
    if (typeof choice === 'string') return yield close(undefined, 0, member.problem() ?? choice);
    const decoder = createRecordDecoder();
    let records = 0;
    const batch = (decoded: readonly DecodedRecord[]): UploadStep => {
      const read = decoded.flatMap((record) => toUploadRecords(record, choice, file, () => records++));
      return {
        step: 'batch',
        member: member.name,
        format: choice.format.id,
        records: read,
        progress: progress(),
      };
    };
    for await (const chunk of bytes) {
      const decoded = decoder.push(chunk);
      if (decoded.length > 0) yield batch(decoded);
    }
    const end = decoder.end();
    if (end.records.length > 0) yield batch(end.records);
    const problems = [member.problem(), end.problem].filter((one) => one !== null && one !== undefined);
    yield close(choice, records, problems.length === 0 ? null : problems.join('; '));
  } finally {
    await bytes.return();
  }
}

/** Numbers records as they come out: one that holds several is several. */
function toUploadRecords(
  record: DecodedRecord,
  choice: Choice,
  file: SourceFile,
  nextIndex: () => number,
): readonly UploadRecord[] {
  const outcomes: readonly NormalisedRecord[] =
    record.value === undefined
      ? [{ outcome: 'quarantined', reason: record.refused }]
      : choice.normalise(record.value);
  return outcomes.map((outcome) => ({
    place: { file: file.name, index: nextIndex() },
    offset: record.offset,
    length: record.length,
    raw: record.raw,
    outcome: placed(outcome, file.host),
  }));
}

/**
 * Puts an event whose record names no machine on the host of its file, and so the place in the log of one that is none,
 * and the record itself.
 */
function placed(outcome: NormalisedRecord, host: string): NormalisedRecord {
  if (outcome.outcome === 'quarantined')
    return outcome.log?.host === UNNAMED_HOST ? { ...outcome, log: { ...outcome.log, host } } : outcome;
  const { written } = outcome;
  const named = written?.host === UNNAMED_HOST ? { written: { ...written, host } } : {};
  if (outcome.outcome === 'event')
    return outcome.event.host === UNNAMED_HOST
      ? { ...outcome, ...named, event: { ...outcome.event, host } }
      : outcome;
  if (outcome.log?.host === UNNAMED_HOST) return { ...outcome, ...named, log: { ...outcome.log, host } };
  return written?.host === UNNAMED_HOST ? { ...outcome, ...named } : outcome;
}

/** A person's choice: records are that format's, in whatever wrapper, and nobody else's. */
function asked(format: ExportFormat, formats: readonly ExportFormat[]): Choice {
  const others = formats.filter((one) => one === format);
  return { format, confidence: null, reason: null, normalise: createNormaliser(format, others) };
}

function detected(head: Uint8Array, complete: boolean, formats: readonly ExportFormat[]): Choice | string {
  try {
    const { format, confidence, reason } = detectFormat(head, complete, formats);
    return { format, confidence, reason, normalise: createNormaliser(format, formats) };
  } catch (error) {
    if (error instanceof AppError && error.code === 'unknown_format') return error.message;
    throw error;
  }
}

/** The format asked for by a member's name: its own override, else the upload's. Undefined: detect it. */
function chooser(
  options: UploadOptions,
  formats: readonly ExportFormat[],
): (member: string) => ExportFormat | undefined {
  const choose = (id: string | undefined): ExportFormat | undefined => {
    if (id === undefined || id === 'auto') return undefined;
    const format = formats.find((one) => one.id === id);
    if (format !== undefined) return format;
    const known = formats.map((one) => one.id);
    throw new AppError(
      'bad_request',
      `no format is called ${JSON.stringify(id)}; known are auto, ${known.join(', ')}`,
      { format: id, known },
    );
  };
  const whole = choose(options.format);
  const members = new Map(
    Object.entries(options.memberFormats ?? {}).map(([name, id]) => [name, choose(id)]),
  );
  return (member) => members.get(member) ?? whole;
}

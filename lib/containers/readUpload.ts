import { AppError } from '../base/appError';
import { detectFormat } from '../formats/detectFormat';
import { type DecodedRecord, type ExportFormat, SAMPLE_BYTES } from '../formats/exportFormat';
import { FORMATS, formatById } from '../formats/index';
import { isTar, peek } from './magic';
import type { Member } from './member';
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
  const chosen = chooseFormat(options.format);
  const upload = await openUpload(path, options.name);
  for await (const member of upload.members) yield* readMember(member, chosen, upload.progress);
}

async function* readMember(
  member: Member,
  chosen: ExportFormat | undefined,
  progress: () => UploadProgress,
): AsyncGenerator<UploadStep, void, undefined> {
  const { head, complete, bytes } = await peek(member.bytes, SAMPLE_BYTES);
  const close = (format: string | null, records: number, problem: string | null): UploadStep => ({
    step: 'member',
    member: member.name,
    format,
    records,
    problem,
    progress: progress(),
  });
  try {
    if (head.length === 0) return yield close(null, 0, member.problem() ?? 'the file is empty');
    if (isTar(head))
      return yield close(
        null,
        0,
        'a tar archive, which is not read yet: unpack it and upload the files in it',
      );
    const format = chosen ?? formatOrReason(head, complete);
    if (typeof format === 'string') return yield close(null, 0, member.problem() ?? format);
    const decoder = format.decoder();
    let records = 0;
    const batch = (decoded: readonly DecodedRecord[]): UploadStep => {
      records += decoded.length;
      return {
        step: 'batch',
        member: member.name,
        format: format.id,
        records: decoded.map((record) => normalise(record, format, member.name)),
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
    yield close(format.id, records, problems.length === 0 ? null : problems.join('; '));
  } finally {
    await bytes.return();
  }
}

function normalise(record: DecodedRecord, format: ExportFormat, file: string): UploadRecord {
  return {
    place: { file, index: record.index },
    offset: record.offset,
    length: record.length,
    raw: record.raw,
    outcome:
      record.value === undefined
        ? { outcome: 'quarantined', reason: record.refused }
        : format.normalise(record.value),
  };
}

function formatOrReason(head: Uint8Array, complete: boolean): ExportFormat | string {
  try {
    return detectFormat(head, complete).format;
  } catch (error) {
    if (error instanceof AppError && error.code === 'unknown_format') return error.message;
    throw error;
  }
}

function chooseFormat(id: string | undefined): ExportFormat | undefined {
  if (id === undefined || id === 'auto') return undefined;
  const format = formatById(id);
  if (format === undefined) {
    throw new AppError(
      'bad_request',
      `no format is called ${JSON.stringify(id)}; known are auto, ${FORMATS.map((one) => one.id).join(', ')}`,
      {
        format: id,
        known: FORMATS.map((one) => one.id),
      },
    );
  }
  return format;
}

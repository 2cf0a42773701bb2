import { AppError } from '../base/appError';
import { decodeText } from './encoding';
import {
  type Detection,
  type ExportFormat,
  type FormatSample,
  SAMPLE_BYTES,
  type VendorRecord,
} from './exportFormat';
import { FORMATS } from './index';
import { isEmptyEnvelope } from './jsonEnvelope';
import { sniffLayout } from './layout';
import { recognise } from './recognise';
import { createRecordDecoder } from './recordDecoder';

/** The format found and why. */
export type DetectedFormat = Detection & { readonly format: ExportFormat };

/**
 * Recognises a file by its beginning (64 KiB; `complete` if that is all of it). The most confident format
 * wins. Throws AppError unknown_format, saying what was tried and what the file looks like instead.
 */
export function detectFormat(
  beginning: Uint8Array,
  complete: boolean,
  formats: readonly ExportFormat[] = FORMATS,
): DetectedFormat {
  const sample = takeSample(beginning, complete);
  const found = detectByRecords(sample, formats) ?? detectByMarks(sample, formats);
  if (found !== undefined) return found;
  const tried = formats.map(({ id, title }) => ({ id, title }));
  if (holdsNone(sample)) throw new AppError('unknown_format', NO_RECORDS, { seen: NO_RECORDS, tried });
  const seen = describe(sample);
  const message = `not an export Sequela knows: ${seen} (${tried.length} formats tried)`;
  throw new AppError('unknown_format', message, { seen, tried });
}

const NO_RECORDS = 'the export holds no records';

/** Whether a file is what a query that found nothing gives: `[]`, `{"value":[]}`, `{"hits":{"hits":[]}}`. */
function holdsNone(sample: FormatSample): boolean {
  if (sample.layout !== 'json') return false;
  if (sample.records.length > 0) return sample.records.every(isEmptyEnvelope);
  return /^\s*\[\s*\]\s*$/.test(sample.text);
}

/**
 * Confidence by the share of the sample's records that are a format's, wrapped or plain. A file with one
 * record is as sure as its record; one in which few fit is still recognised, weakly, so that it is read.
 */
function detectByRecords(sample: FormatSample, formats: readonly ExportFormat[]): DetectedFormat | undefined {
  const counts = new Map<ExportFormat, number>();
  for (const record of sample.records) {
    const format = recognise(record, formats)?.format;
    if (format !== undefined) counts.set(format, (counts.get(format) ?? 0) + 1);
  }
  let best: ExportFormat | undefined;
  for (const [format, count] of counts)
    if (count > (best === undefined ? 0 : (counts.get(best) ?? 0))) best = format;
  if (best === undefined) return undefined;
  const total = sample.records.length;
  const fitting = counts.get(best) ?? 0;
  return {
    format: best,
    confidence: Math.round((0.3 + (0.65 * fitting) / total) * 100) / 100,
    reason: `${fitting} of the first ${total} ${total === 1 ? 'record has' : 'records have'} ${best.shape}`,
  };
}

/** For a file whose first record is larger than the sample, or binary: what its beginning shows. Weak on purpose. */
function detectByMarks(sample: FormatSample, formats: readonly ExportFormat[]): DetectedFormat | undefined {
  if (sample.layout === 'evtx') {
    const format = formats.find((one) => one.layouts.includes('evtx'));
    return format === undefined
      ? undefined
      : { format, confidence: 1, reason: 'the file begins with ElfFile, as event log files do' };
  }
  if (sample.records.length > 0) return undefined;
  const format = formats.find(({ marks }) => marks !== undefined && shows(sample.text, marks));
  return format === undefined
    ? undefined
    : { format, confidence: 0.25, reason: `the beginning shows ${format.shape}` };
}

function shows(text: string, marks: NonNullable<ExportFormat['marks']>): boolean {
  const holds = (mark: string): boolean => text.includes(mark);
  const sets = marks.filter((set) => typeof set !== 'string');
  return sets.length > 0
    ? sets.some((set) => set.every(holds))
    : marks.every((mark) => typeof mark === 'string' && holds(mark));
}

/** Reads what detection looks at. A record that the end of the sample cuts is left out. */
export function takeSample(beginning: Uint8Array, complete: boolean): FormatSample {
  const head = beginning.subarray(0, SAMPLE_BYTES);
  const sniffed = sniffLayout(head);
  const records: VendorRecord[] = [];
  if (sniffed.layout !== 'evtx') {
    const decoder = createRecordDecoder();
    const decoded = [...decoder.push(head)];
    // A decoder waits for a full sample before it decides on the layout; end() makes it decide now.
    decoded.push(...decoder.end().records);
    for (const { value } of decoded) {
      if (value !== undefined && records.length < SAMPLE_RECORDS_MAX) records.push(value);
    }
    // The last row of a table that goes on is likely cut, which a row does not show.
    if (!complete && sniffed.layout === 'csv' && records.length > 1) records.pop();
  }
  const text = sniffed.layout === 'evtx' ? '' : decodeText(head.subarray(sniffed.bom), sniffed.encoding);
  return { ...sniffed, head, text, records };
}

const SAMPLE_RECORDS_MAX = 50;

/** What a file that nobody claimed looks like, for a person. */
function describe(sample: FormatSample): string {
  const { head, records } = sample;
  if (head.length === 0) return 'the file is empty';
  for (const { magic, name } of MAGIC) if (startsWith(head, magic)) return name;
  const first = records[0];
  if (first !== undefined) {
    const keys = Object.keys(first);
    const shown = keys.slice(0, 8).map(printable).join(', ');
    const kind = sample.layout === 'csv' ? 'a table' : sample.layout === 'xml' ? 'XML' : 'JSON';
    return `${kind} whose first record has the members ${shown === '' ? '(none)' : shown}${keys.length > 8 ? ', …' : ''}`;
  }
  let control = 0;
  for (const byte of head) if (byte < 9 || (byte > 13 && byte < 32)) control++;
  if (control > head.length * 0.05) {
    return `binary data that begins with ${[...head.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')}`;
  }
  const line = sample.text.split(/\r?\n/).find((one) => one.trim() !== '') ?? '';
  return `text that begins with "${printable(line.slice(0, 60))}"`;
}

function printable(text: string): string {
  return text.replace(/\p{C}/gu, '\ufffd').slice(0, 60);
}

const MAGIC: readonly { readonly magic: readonly (number | null)[]; readonly name: string }[] = [
  { magic: [0x1f, 0x8b], name: 'gzip data' },
  { magic: [...'PK'].map(code), name: 'a ZIP archive' },
  { magic: [0x28, 0xb5, 0x2f, 0xfd], name: 'Zstandard data' },
  { magic: [0x37, 0x7a, 0xbc, 0xaf], name: 'a 7-Zip archive: unpack it first' },
  { magic: [0xfd, ...[...'7zXZ'].map(code)], name: 'xz data: unpack it first' },
  { magic: [...'BZh'].map(code), name: 'bzip2 data: unpack it first' },
  { magic: [...'Rar!'].map(code), name: 'a RAR archive: unpack it first' },
  { magic: [0xd4, 0xc3, 0xb2, 0xa1], name: 'a packet capture' },
  { magic: [0xa1, 0xb2, 0xc3, 0xd4], name: 'a packet capture' },
  { magic: [0x0a, 0x0d, 0x0d, 0x0a], name: 'a packet capture' },
  { magic: [0x89, ...[...'PNG'].map(code)], name: 'a picture' },
  { magic: [0xff, 0xd8, 0xff], name: 'a picture' },
  { magic: [...'GIF8'].map(code), name: 'a picture' },
  { magic: [...'%PDF'].map(code), name: 'a PDF document' },
  { magic: [...'MZ'].map(code), name: 'a Windows program' },
  { magic: [0x7f, ...[...'ELF'].map(code)], name: 'a Linux program' },
  { magic: [...'SQLite format 3'].map(code), name: 'an SQLite database' },
  {
    magic: [...Array.from({ length: 257 }, () => null), ...[...'ustar'].map(code)],
    name: 'a tar archive',
  },
];

function code(character: string): number {
  return character.charCodeAt(0);
}

function startsWith(head: Uint8Array, magic: readonly (number | null)[]): boolean {
  return head.length >= magic.length && magic.every((byte, i) => byte === null || byte === head[i]);
}

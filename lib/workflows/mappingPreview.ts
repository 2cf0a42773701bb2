import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { AppError } from '../base/appError';
import { formatMicros } from '../base/time';
import { isZip, peek } from '../containers/magic';
import { openUpload } from '../containers/openMembers';
import type { MappingPreview, MappingPreviewBody } from '../contracts/mappings';
import { NUMBER_FIELDS, TEXT_FIELDS } from '../events/endpointEvent';
import type { NormalisedRecord } from '../events/record';
import { detectFormat } from '../formats/detectFormat';
import { SAMPLE_BYTES, type VendorRecord } from '../formats/exportFormat';
import { sniffLayout } from '../formats/layout';
import { type GuessedMapping, guessMapping } from '../formats/mapping/guessMapping';
import { mappedFormat } from '../formats/mapping/mappedFormat';
import { MAPPED_FIELDS, type Mapping, mappingGaps } from '../formats/mapping/mapping';
import { createRecordDecoder } from '../formats/recordDecoder';
import { loadImport, type StoredImport } from '../storage/imports';
import { spoolUpload, uploadRange } from '../storage/uploads';
import { loadFormats } from './mappingFormats';
import { parse, toShape } from './mappings';

const RECORDS = 50;
const MEMBERS_MAX = 200;
const SAMPLES = 4;
const SAMPLE_LENGTH = 160;
/** Enough of a file for fifty records of nearly any product. */
const HEAD_BYTES = 2 * 1024 * 1024;

/**
 * Reads the first records of a stored import and shows what a mapping makes of them: the one given, else a
 * guess. Throws `not_found`, and `bad_input` for a file that holds no records at all.
 */
export async function previewMapping(body: MappingPreviewBody): Promise<MappingPreview> {
  const thisImport = await loadImport(Number(body.importId));
  if (thisImport === undefined) throw new AppError('not_found', `There is no import ${body.importId}.`);
  const { member, members, head, complete, records } = await readHead(thisImport, body.member);
  if (records.length === 0)
    throw new AppError(
      'bad_input',
      `${member} holds no records that could be mapped: it is no JSON and no table with a heading.`,
    );
  const guess = guessMapping(records, nameOf(thisImport.name));
  const mapping = body.mapping === undefined ? guess.mapping : parse(body.mapping, false);
  const outcomes = records.map(mappedFormat(mapping).normalise);
  return {
    importId: body.importId,
    importName: thisImport.name,
    member,
    members: [...members],
    sources: toSources(guess),
    fields: [...MAPPED_FIELDS],
    mapping: toShape(mapping),
    gaps: [...gapsOf(mapping)],
    records: outcomes.map(toRecord),
    counts: {
      read: outcomes.length,
      events: outcomes.filter(({ outcome }) => outcome === 'event').length,
      ignored: outcomes.filter(({ outcome }) => outcome === 'ignored').length,
      quarantined: outcomes.filter(({ outcome }) => outcome === 'quarantined').length,
    },
    recognisedAs: await recognisedAs(head, complete),
  };
}

type Head = {
  readonly member: string;
  readonly head: Uint8Array;
  readonly complete: boolean;
  readonly records: readonly VendorRecord[];
};

/** The beginning of the member asked for, else of the first that holds records, and the names of all. */
async function readHead(
  thisImport: StoredImport,
  wanted: string | undefined,
): Promise<Head & { readonly members: readonly string[] }> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'sequela-preview-'));
  try {
    const file = path.join(folder, 'upload');
    await spoolBeginning(thisImport, file);
    const upload = await openUpload(file, thisImport.name);
    const members: string[] = [];
    let found: Head | undefined;
    for await (const member of upload.members) {
      if (members.length === MEMBERS_MAX) break;
      members.push(member.name);
      const settled = found !== undefined && found.records.length > 0;
      if (settled || (wanted !== undefined && wanted !== member.name)) continue;
      const { head, complete, bytes } = await peek(member.bytes, HEAD_BYTES);
      const whole = complete && isWhole(thisImport);
      // A copy: the member's memory is not ours once the next one is read.
      const copy = Uint8Array.from(head);
      found = { member: member.name, head: copy, complete: whole, records: firstRecords(copy, whole) };
      await bytes.return();
    }
    if (found === undefined)
      throw new AppError('bad_input', `There is no file ${wanted ?? ''} in ${thisImport.name}.`);
    return { ...found, members };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Writes as much of the upload as a preview needs: all of an archive, whose list stands at its end. */
async function spoolBeginning(thisImport: StoredImport, file: string): Promise<void> {
  const head = await uploadRange(thisImport.uploadId, 0, 2 * HEAD_BYTES);
  if (isZip(head)) await spoolUpload(thisImport.uploadId, file);
  else await writeFile(file, head, { mode: 0o600 });
}

function isWhole(thisImport: StoredImport): boolean {
  return thisImport.bytes <= 2 * HEAD_BYTES;
}

function firstRecords(head: Uint8Array, complete: boolean): readonly VendorRecord[] {
  const decoder = createRecordDecoder();
  const decoded = [...decoder.push(head), ...decoder.end().records];
  const records = decoded.flatMap(({ value }): readonly VendorRecord[] =>
    value === undefined ? [] : [value],
  );
  // The last row of a table that goes on is likely cut, which a row does not show.
  const cut = !complete && sniffLayout(head.subarray(0, SAMPLE_BYTES)).layout === 'csv';
  return (cut ? records.slice(0, -1) : records).slice(0, RECORDS);
}

async function recognisedAs(head: Uint8Array, complete: boolean): Promise<string | null> {
  try {
    return detectFormat(
      head.subarray(0, SAMPLE_BYTES),
      complete && head.length <= SAMPLE_BYTES,
      await loadFormats(),
    ).format.id;
  } catch (error) {
    if (error instanceof AppError && error.code === 'unknown_format') return null;
    throw error;
  }
}

/** A name for the guess: the file's, without ending and number. */
function nameOf(file: string): string {
  const plain = file
    .replace(/(\.[A-Za-z0-9]{1,5}){1,2}$/, '')
    .replace(/[\p{C}/]/gu, ' ')
    .trim();
  return plain.slice(0, 80) || 'Export';
}

/** The shape is the records' own, so a gap in it is no mistake of the person's. */
function gapsOf(mapping: Mapping): readonly string[] {
  return mappingGaps(mapping);
}

function toSources({ sources, guesses }: GuessedMapping): MappingPreview['sources'] {
  return sources.map(({ path: place, present, values }) => ({
    path: place,
    present,
    samples: [...new Set(values)].slice(0, SAMPLES).map((value) => value.slice(0, SAMPLE_LENGTH)),
    guess: guesses.get(place) ?? null,
  }));
}

function toRecord(outcome: NormalisedRecord, index: number): MappingPreview['records'][number] {
  const base = {
    index,
    outcome: outcome.outcome,
    kind: null,
    time: null,
    host: null,
    fields: {},
    reason: null,
  };
  if (outcome.outcome === 'ignored') return { ...base, reason: outcome.type };
  if (outcome.outcome === 'quarantined') return { ...base, reason: outcome.reason };
  const { event } = outcome;
  const fields = [...TEXT_FIELDS, ...NUMBER_FIELDS].flatMap((field) => {
    const value = event[field];
    return value === undefined ? [] : [[field, String(value).slice(0, 1000)] as const];
  });
  return {
    ...base,
    kind: event.kind,
    time: formatMicros(event.reported ?? event.recorded),
    host: event.host,
    fields: Object.fromEntries(fields),
  };
}

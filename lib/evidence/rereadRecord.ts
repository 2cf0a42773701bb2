import type { Digest } from '../base/digest';
import { eventId } from '../events/eventId';
import { UNNAMED_HOST } from '../events/hostName';
import type { EventDraft } from '../events/record';
import type { ExportFormat, VendorRecord } from '../formats/exportFormat';
import { createNormaliser } from '../formats/recognise';
import { createRecordDecoder } from '../formats/recordDecoder';

/** A record on its own: its bytes, and the heading of the table it is a row of. */
export type LoneRecord = { readonly raw: Uint8Array; readonly heading?: Uint8Array };

/** What of the file it came from has to be known to read it. */
export type RecordOrigin = {
  /** Id of the format the file was read as. */
  readonly format: string;
  /** Host of events whose record names none. */
  readonly host: string;
};

/**
 * Reads a record again, alone and from its bytes, and gives the event with that id; undefined when none of the events
 * in it has it: then these are not the bytes that the event was made of. `formats` are all there are, mappings too.
 */
export function rereadRecord(
  record: LoneRecord,
  origin: RecordOrigin,
  wanted: string,
  formats: readonly ExportFormat[],
  digest: Digest,
): EventDraft | undefined {
  const format = formats.find(({ id }) => id === origin.format);
  if (format === undefined) return undefined;
  const values = valuesOf(record);
  // A person's choice of a format holds for every record of a file; detection's leaves each record to its own.
  for (const others of [formats, [format]]) {
    const normalise = createNormaliser(format, others);
    for (const value of values) {
      for (const outcome of normalise(value)) {
        if (outcome.outcome !== 'event') continue;
        const { event } = outcome;
        const draft = event.host === UNNAMED_HOST ? { ...event, host: origin.host } : event;
        if (eventId(draft, digest) === wanted) return draft;
      }
    }
  }
  return undefined;
}

/** The part of a file that stands before its first record, as UTF-8: a table's heading. Undefined when nothing does. */
export function headingOf(head: Uint8Array, decode: (before: Uint8Array) => string): Uint8Array | undefined {
  const decoder = createRecordDecoder();
  const [first] = [...decoder.push(head), ...decoder.end().records];
  if (first === undefined || first.offset === 0) return undefined;
  // Whether the line end belongs to the heading or to the first row differs by encoding; here it always ends in one.
  const text = decode(head.subarray(0, first.offset)).replace(/[\r\n]+$/, '');
  return text === '' ? undefined : new TextEncoder().encode(`${text}\n`);
}

function valuesOf({ raw, heading }: LoneRecord): readonly VendorRecord[] {
  const decoder = createRecordDecoder();
  const decoded = heading === undefined ? [] : [...decoder.push(heading)];
  decoded.push(...decoder.push(raw), ...decoder.end().records);
  return decoded.flatMap(({ value }) => (value === undefined ? [] : [value]));
}

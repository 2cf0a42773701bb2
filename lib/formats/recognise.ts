import type { NormalisedRecord } from '../events/record';
import type { ExportFormat, VendorRecord } from './exportFormat';
import { unwrap, WRAPPERS_MAX } from './wrappers';

/** A record as its format knows it, out of whatever was around it. */
export type RecognisedRecord = { readonly format: ExportFormat; readonly record: VendorRecord };

/**
 * Finds the format a record belongs to, taking off wrappers until one knows it. Undefined when none does.
 * `formats` in order of preference; the first is asked first at every layer.
 */
export function recognise(
  record: VendorRecord,
  formats: readonly ExportFormat[],
): RecognisedRecord | undefined {
  let inner: VendorRecord | undefined = record;
  for (let layer = 0; inner !== undefined && layer <= WRAPPERS_MAX; layer++) {
    for (const format of formats) if (format.fits(inner)) return { format, record: inner };
    inner = unwrap(inner);
  }
  return undefined;
}

/**
 * The reader of one member: makes of each record what its own format makes of it, several where it holds
 * several. Nearly every record is the member's format's, plainly; one of another product in the same file is
 * read as what it is.
 */
export function createNormaliser(
  format: ExportFormat,
  others: readonly ExportFormat[],
): (record: VendorRecord) => readonly NormalisedRecord[] {
  const order = [format, ...others.filter((other) => other !== format)];
  return (record) => {
    if (format.fits(record)) return readOne(format, record);
    const found = recognise(record, order);
    return found === undefined ? [format.normalise(record)] : readOne(found.format, found.record);
  };
}

function readOne(format: ExportFormat, record: VendorRecord): readonly NormalisedRecord[] {
  const parts = format.split?.(record);
  if (parts === undefined || parts.length === 0) return [format.normalise(record)];
  // A record of a million parts is no record a product wrote.
  if (parts.length > PARTS_MAX)
    return [{ outcome: 'quarantined', reason: `holds ${parts.length} records, more than ${PARTS_MAX}` }];
  return parts.map((part) => format.normalise(part));
}

const PARTS_MAX = 100_000;

import type { NormalisedRecord } from '../events/record';
import type { Layout, SniffedLayout } from './layout';

/** A record as the vendor wrote it: a JSON object, a CSV row, an EVTX record rendered to names and values. */
export type VendorRecord = Readonly<Record<string, unknown>>;

/**
 * One record cut out of a file, or the bytes that should have been one.
 *
 * `index` counts all records of the file from 0, refused ones included. `offset` and `length` are bytes of
 * the (unpacked) file. `raw` holds exactly those bytes, in the file's own encoding (`rawText` in formats/encoding.ts reads
 * them back); only for a record over the size limit it holds their beginning, and for binary records and
 * tables that are not UTF-8 their text in UTF-8. `raw` may be a view of the chunk that was pushed: copy it to
 * keep it longer than the batch without keeping the chunk.
 */
export type DecodedRecord = {
  readonly index: number;
  readonly offset: number;
  readonly length: number;
  readonly raw: Uint8Array;
} & (
  | { readonly value: VendorRecord; readonly refused?: never }
  /** Why these bytes are not a record, for a person. */
  | { readonly value?: never; readonly refused: string }
);

/**
 * Cuts a stream of bytes into records. Chunks may be cut anywhere; the same bytes give the same records.
 * `end` returns what is left; `problem` says what was missing from the file as a whole (cut off, not closed)
 * when no single record can show it. Holds at most one record and a head of 64 KiB.
 */
export type RecordDecoder = {
  readonly push: (chunk: Uint8Array) => readonly DecodedRecord[];
  readonly end: () => { readonly records: readonly DecodedRecord[]; readonly problem?: string };
};

/** The beginning of a file as detection sees it. */
export type FormatSample = SniffedLayout & {
  /** At most SAMPLE_BYTES. */
  readonly head: Uint8Array;
  /** `head` as text; empty if it is binary. */
  readonly text: string;
  /** Records that are whole within the head; at most 50. */
  readonly records: readonly VendorRecord[];
};

/** How sure a format is that a file is its own, 0 to 1, and what it saw. */
export type Detection = { readonly confidence: number; readonly reason: string };

/**
 * Reader of one vendor's export. How bytes become records is the layout's business (recordDecoder.ts); a
 * format says which records are its own and makes an event of each. Judged by content only, never by a
 * file's name, and record by record, so that a file that mixes products is read whole. Adding a format is
 * one file and one line in formats/index.ts.
 */
export type ExportFormat = {
  /** Stable id, e.g. `winlogbeat`; what `?format=` takes and the ledger shows. */
  readonly id: string;
  /** What people call it, e.g. `Winlogbeat 7/8, Elastic Agent (JSON)`. */
  readonly title: string;
  /** Layouts it is exported in. */
  readonly layouts: readonly Layout[];
  /** What `fits` looks for, in words: `winlog.event_id`. Completes "50 of the first 50 records have …". */
  readonly shape: string;
  /** Whether a record is this format's. Cheap: a few members are looked at. No two formats claim one record. */
  readonly fits: (record: VendorRecord) => boolean;
  /** Texts that a file whose first record is longer than the sample shows, all of them; or several such sets, one of them. */
  readonly marks?: readonly string[] | readonly (readonly string[])[];
  /**
   * For a record that holds several: an incident its alerts, an alert its pieces of evidence. Each part is a
   * record of its own in the ledger and must fit this format. Absent, or undefined for a record: it is one.
   */
  readonly split?: (record: VendorRecord) => readonly VendorRecord[] | undefined;
  /** Never throws: a record it cannot use comes back as quarantined with the reason. */
  readonly normalise: (record: VendorRecord) => NormalisedRecord;
};

/** How much of a file detection reads. */
export const SAMPLE_BYTES = 64 * 1024;

/** The longest single record that is read; a longer one is refused (its bytes stay in the original). */
export const RECORD_BYTES_MAX = 64 * 1024 * 1024;

/** How many bytes of a refused over-long record are kept with it. */
export const REFUSED_HEAD_BYTES = 64 * 1024;

import type { NormalisedRecord, RecordPlace } from '../events/record';
import type { ExportFormat } from '../formats/exportFormat';
import type { UnpackLimits } from './limits';

/** One record of an upload and what became of it. Every byte sequence that was a record, or should have been, appears once. */
export type UploadRecord = {
  readonly place: RecordPlace;
  /** Byte offset and length in the unpacked member. */
  readonly offset: number;
  readonly length: number;
  /** The record's bytes, in the member's own encoding; a view: encode or copy before asking for the next batch. */
  readonly raw: Uint8Array;
  readonly outcome: NormalisedRecord;
};

/** Compressed bytes consumed of the upload's size; monotone, equal at the end. */
export type UploadProgress = { readonly bytesRead: number; readonly bytesTotal: number };

/** What happened in an upload, in order: for each member any number of batches, then its close. */
export type UploadStep =
  | {
      readonly step: 'batch';
      /** Name of the member, the upload's own name if it is no archive. */
      readonly member: string;
      /** Id of the format the member was read as. */
      readonly format: string;
      /** In file order; about 1 MB of records. */
      readonly records: readonly UploadRecord[];
      readonly progress: UploadProgress;
    }
  | {
      readonly step: 'member';
      readonly member: string;
      /** Null when the member could not be read as any format. */
      readonly format: string | null;
      /** How sure detection was, 0 to 1, and what it saw; null when a person chose the format, or none was found. */
      readonly confidence: number | null;
      readonly reason: string | null;
      /** Records handed out for this member. */
      readonly records: number;
      /** Why (part of) this member was not read, for a person; null if it was read whole. */
      readonly problem: string | null;
      /** True when the member is encrypted and was not opened with the password that was given, if any. */
      readonly needsPassword: boolean;
      readonly progress: UploadProgress;
    };

export type UploadOptions = {
  /** Name the upload was given; only shown, never used as a path. */
  readonly name: string;
  /** Format id that overrides detection, or `auto`. */
  readonly format?: string;
  /** Format ids that override it for single members, by the member's name. */
  readonly memberFormats?: Readonly<Record<string, string>>;
  /** Opens encrypted archives; tried only because a person gave it. */
  readonly password?: string;
  readonly limits?: UnpackLimits;
  /** Formats beside those of the registry: saved mappings. */
  readonly formats?: readonly ExportFormat[];
};

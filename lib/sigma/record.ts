import type { EventDraft, LogRecord } from '../events/record';
import type { FieldValue, Logsource } from './rule';

/**
 * One record as rules see it: of a Windows log by that log's own names, of any other product by the event that was made
 * of it.
 */
export type SigmaRecord = {
  readonly source: SigmaSource;
  readonly log?: LogRecord;
  readonly event?: EventDraft;
};

/** Records of one class: they have the same fields and belong to the same log sources. One object per class. */
export type SigmaSource = {
  /** `Microsoft-Windows-Sysmon/Operational 1`, `CrowdStrike process_start`. */
  readonly key: string;
  /** What people call it: `Sysmon 1`. */
  readonly title: string;
  /** Whether rules of this log source are about these records. */
  readonly takes: (logsource: Logsource) => boolean;
  /** How a field is read; undefined: no record of this class can have it, so that a test on it is unknown. */
  readonly reader: (field: string) => ((record: SigmaRecord) => FieldValue) | undefined;
  /** Every value of the record as text, for keywords. */
  readonly values: (record: SigmaRecord) => readonly string[];
};

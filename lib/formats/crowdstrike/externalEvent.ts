import type { VendorRecord } from '../exportFormat';
import { isObject } from '../jsonSink';
import { at, textAt, textOf } from '../vendorValues';

/**
 * An event of Falcon's cloud, as Event Streams sends it (`metadata` and `event`), or bare, as the replicator
 * and LogScale have it.
 */
export type ExternalEvent = {
  /** E.g. `EppDetectionSummaryEvent`; without the `Event_` that some stores put before it. */
  readonly type: string;
  /** Fields of the event itself. */
  readonly fields: VendorRecord;
  /** The envelope's time, as written; absent for a bare event. */
  readonly created?: unknown;
};

/** Reads the envelope, nested or as a table's dotted columns; undefined for what is no such event. */
export function readExternalEvent(record: VendorRecord): ExternalEvent | undefined {
  const type = textAt(record, 'metadata.eventType');
  if (type !== undefined && isEnvelope(record)) {
    const nested = record.event;
    return {
      type: withoutPrefix(type),
      fields: isObject(nested) ? nested : dotted(record),
      created: at(record, 'metadata.eventCreationTime'),
    };
  }
  const bare = bareType(record);
  return bare === undefined ? undefined : { type: withoutPrefix(bare), fields: record };
}

/** Whether a record is an event of the cloud without its envelope: no sensor event, whatever its name says. */
export function isExternalEvent(record: VendorRecord): boolean {
  return bareType(record) !== undefined;
}

/** Other products have a `metadata.eventType` too; these fields beside it only Falcon has. */
function isEnvelope(record: VendorRecord): boolean {
  return ENVELOPE.some((path) => at(record, path) !== undefined);
}

const ENVELOPE = ['metadata.customerIDString', 'metadata.eventCreationTime', 'metadata.detectionIdString'];

function bareType(record: VendorRecord): string | undefined {
  const api = textOf(record.ExternalApiType);
  if (api !== undefined) return api;
  const name = textOf(record.event_simpleName ?? record['#event_simpleName']);
  if (name !== undefined) return /^Event_|SummaryEvent$/.test(name) ? name : undefined;
  if (textOf(record.FalconHostLink) === undefined) return undefined;
  if (textOf(record.LeadId) !== undefined) return 'AutomatedLeadSummaryEvent';
  if (textOf(record.CompositeId) !== undefined) return 'EppDetectionSummaryEvent';
  return textOf(record.DetectId) === undefined ? undefined : 'DetectionSummaryEvent';
}

function withoutPrefix(type: string): string {
  return type.startsWith('Event_') ? type.slice(6) : type;
}

/** Columns `event.CommandLine` as fields `CommandLine`. */
function dotted(record: VendorRecord): VendorRecord {
  const fields: Record<string, unknown> = Object.create(null);
  for (const [name, value] of Object.entries(record)) {
    if (name.startsWith('event.')) fields[name.slice(6)] = value;
  }
  return fields;
}

import type { VendorRecord } from './exportFormat';
import { isObject } from './jsonSink';

/**
 * What collectors put around a vendor's record: a member that holds the record as an object (`_source`,
 * Splunk's `result`, Panther's `log`) or as text (`_raw`, `message`, `body`, `event.original`). Only asked
 * where no format knows the record as it is. Undefined when there is nothing inside.
 */
export function unwrap(record: VendorRecord): VendorRecord | undefined {
  for (const name of AS_OBJECT) {
    const inner = record[name];
    if (isObject(inner)) return inner;
  }
  for (const name of AS_TEXT) {
    const inner = parseInner(record[name]);
    if (inner !== undefined) return inner;
  }
  const event = record.event;
  if (isObject(event)) {
    const original = parseInner(event.original);
    if (original !== undefined) return original;
    return event;
  }
  return parseInner(record['event.original']) ?? parseInner(event);
}

/** How many layers are taken off at most. */
export const WRAPPERS_MAX = 3;

const AS_OBJECT = ['_source', 'result', 'log', 'fields', 'payload', 'json', 'record'];
const AS_TEXT = [
  '_raw',
  '@rawstring',
  'message',
  'Message',
  'body',
  'raw',
  'rawEvent',
  'raw_log',
  'full_log',
  'log',
  'full_message',
];

/** Beyond this a text is not tried: a wrapped record is never that long. */
const TEXT_MAX = 16 * 1024 * 1024;

function parseInner(text: unknown): VendorRecord | undefined {
  if (typeof text !== 'string' || text.length > TEXT_MAX) return undefined;
  const start = text.indexOf('{');
  if (start < 0 || start > 512 || !text.trimEnd().endsWith('}')) return undefined;
  try {
    const parsed: unknown = JSON.parse(text.slice(start));
    return isObject(parsed) ? parsed : undefined;
  } catch {
    // Text with braces in it is no record; it stays what it was.
    return undefined;
  }
}

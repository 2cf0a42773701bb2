import { decodeText, type Encoding } from './encoding';
import { type DecodedRecord, RECORD_BYTES_MAX, REFUSED_HEAD_BYTES, type VendorRecord } from './exportFormat';

/** Collects the records of one file in order and numbers them. */
export type JsonSink = {
  /** Takes bytes that ought to be one JSON object; refuses them if they are not. */
  readonly value: (raw: Uint8Array, offset: number) => void;
  /** Takes bytes together with the object already read from them. */
  readonly parsed: (raw: Uint8Array, offset: number, value: VendorRecord) => void;
  /** Takes bytes that cannot be read. `length` is their true size when `raw` holds only their beginning. */
  readonly refuse: (raw: Uint8Array, offset: number, reason: string, length?: number) => void;
  /** Hands over what was collected since the last call. */
  readonly drain: () => readonly DecodedRecord[];
};

/** Cuts bytes into records for a sink; takes chunks of whole UTF-16 units. `end` says what the file lacks as a whole. */
export type Framer = { readonly push: (chunk: Uint8Array) => void; readonly end: () => string | undefined };

/** A sink for text of one encoding. Elasticsearch hits (`_source`) are unwrapped: the source is the record. */
export function createJsonSink(encoding: Encoding): JsonSink {
  let records: DecodedRecord[] = [];
  let index = 0;
  const refuse: JsonSink['refuse'] = (raw, offset, refused, length = raw.length) => {
    records.push({ index: index++, offset, length, raw, refused });
  };
  const parsed: JsonSink['parsed'] = (raw, offset, value) => {
    records.push({ index: index++, offset, length: raw.length, raw, value });
  };
  return {
    value(raw, offset) {
      const value = parseObject(raw, encoding);
      if (typeof value === 'string') refuse(raw, offset, value);
      else parsed(raw, offset, value);
    },
    parsed,
    refuse,
    drain() {
      const drained = records;
      records = [];
      return drained;
    },
  };
}

/** The object in the bytes, or the reason why there is none. */
export function parseObject(raw: Uint8Array, encoding: Encoding): VendorRecord | string {
  let parsed: unknown;
  try {
    parsed = JSON.parse(decodeText(raw, encoding));
  } catch (error) {
    return `not valid JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
  if (!isObject(parsed))
    return `not a JSON object but ${Array.isArray(parsed) ? 'an array' : `a bare value`}`;
  const source = parsed._source;
  return source !== undefined && isObject(source) ? source : parsed;
}

/** True for a JSON object; arrays and null are not. */
export function isObject(value: unknown): value is VendorRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Bytes of one record that may reach over many chunks. Past the size limit only the beginning is kept and
 * the rest is counted, so that memory stays bounded whatever the input.
 */
export function createHeldBytes(): {
  readonly add: (bytes: Uint8Array) => void;
  readonly take: () => Uint8Array;
  readonly size: () => number;
  readonly overflowed: () => boolean;
} {
  let parts: Uint8Array[] = [];
  let kept = 0;
  let size = 0;
  return {
    add(bytes) {
      size += bytes.length;
      if (size <= RECORD_BYTES_MAX) {
        parts.push(bytes);
        kept += bytes.length;
      } else if (kept > REFUSED_HEAD_BYTES) {
        parts = [concat(parts, kept).slice(0, REFUSED_HEAD_BYTES)];
        kept = REFUSED_HEAD_BYTES;
      }
    },
    take() {
      const whole = parts.length === 1 && parts[0] !== undefined ? parts[0] : concat(parts, kept);
      parts = [];
      kept = 0;
      size = 0;
      return whole;
    },
    size: () => size,
    overflowed: () => size > RECORD_BYTES_MAX,
  };
}

/** One array of all bytes of the parts; `length` is their total. */
export function concat(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

import { afterSample } from './afterSample';
import { decodeText, type Encoding, sniffEncoding, unitWidth } from './encoding';
import {
  type DecodedRecord,
  RECORD_BYTES_MAX,
  REFUSED_HEAD_BYTES,
  type RecordDecoder,
  SAMPLE_BYTES,
} from './exportFormat';
import { eventRecord } from './windows/eventElement';
import { parseEventXml } from './windows/eventXml';

/**
 * Cuts event XML into its `<Event>` elements, with or without a root around them, in UTF-8, UTF-16 or
 * Windows-1252. An element that cannot be read is refused and the next one looked for; so is text between
 * elements. Holds at most one element.
 */
export function createXmlDecoder(): RecordDecoder {
  return afterSample((sample) => {
    const { encoding, bom } = sniffEncoding(sample);
    return { decoder: createElementReader(encoding, bom), skip: bom };
  });
}

function createElementReader(encoding: Encoding, begin: number): RecordDecoder {
  const held = createHeld();
  const open = createMark('<Event', encoding);
  const close = createMark('</Event', encoding);
  let index = 0;
  /** Place in the file of the first byte that is held. */
  let offset = begin;
  /** How much of what is held was already searched. */
  let searched = 0;
  let inside = false;
  /** An element over the size limit is being passed over; this many of its bytes are gone. */
  let dropped = 0;
  let records: DecodedRecord[] = [];

  const consume = (length: number): void => {
    held.drop(length);
    offset += length;
    searched = 0;
  };

  const refuse = (length: number, refused: string): void => {
    const kept = Math.min(length, REFUSED_HEAD_BYTES);
    const raw = new Uint8Array(held.bytes().subarray(0, kept));
    records.push({ index: index++, offset: offset - dropped, length: length + dropped, raw, refused });
    consume(length);
    dropped = 0;
  };

  const between = (length: number): void => {
    const text = length > GAP_MAX ? undefined : decodeText(held.bytes().subarray(0, length), encoding);
    if (text !== undefined && text.replace(DOCUMENT_TYPE, '').replace(MARKUP, '').trim() === '')
      consume(length);
    else refuse(length, 'text between events');
  };

  const element = (length: number): void => {
    if (dropped > 0) {
      refuse(length, `longer than ${RECORD_BYTES_MAX} bytes`);
      return;
    }
    const raw = new Uint8Array(held.bytes().subarray(0, length));
    const parsed = parseEventXml(decodeText(raw, encoding));
    if (typeof parsed === 'string') records.push({ index: index++, offset, length, raw, refused: parsed });
    else records.push({ index: index++, offset, length, raw, value: eventRecord(parsed, 'xml') });
    consume(length);
  };

  /** Takes the next piece off what is held; false when more bytes are needed. */
  const step = (): boolean => {
    const found = (inside ? close : open)(held.bytes(), searched);
    if (found.at < 0) {
      searched = found.from;
      const over = inside ? RECORD_BYTES_MAX : GAP_MAX;
      if (held.bytes().length <= over) return false;
      const passed = Math.min(found.from, held.bytes().length);
      if (inside) {
        dropped += passed;
        consume(passed);
      } else between(passed);
      return false;
    }
    if (inside) {
      element(found.end);
      inside = false;
    } else {
      if (found.at > 0) between(found.at);
      inside = true;
    }
    return true;
  };

  const drain = (): readonly DecodedRecord[] => {
    const drained = records;
    records = [];
    return drained;
  };

  return {
    push(chunk) {
      held.add(chunk);
      while (step());
      return drain();
    },
    end() {
      while (step());
      const left = held.bytes().length;
      if (inside) refuse(left, 'an event that the end of the file cuts');
      else if (left > 0) between(left);
      return { records: drain() };
    },
  };
}

/** What may stand between events: tags of a root, comments, declarations. */
const MARKUP = /<[^<>]*>/g;
const DOCUMENT_TYPE = /<!DOCTYPE [^[\]<>]*(?:\[[^\]]*\])?\s*>/;
const GAP_MAX = 64 * 1024;

/** Where a tag was found (`end` is behind its `>`), or from where to search on when more bytes are there. */
type Found = { readonly at: number; readonly end: number; readonly from: number };

/** A search for a tag: its name must end there, so that `<Events>` and `<EventData>` are not `<Event`. */
function createMark(name: string, encoding: Encoding): (bytes: Buffer, from: number) => Found {
  const width = unitWidth(encoding);
  const low = encoding === 'utf-16be' ? 1 : 0;
  const mark = Buffer.alloc(name.length * width);
  for (let i = 0; i < name.length; i++) mark[i * width + low] = name.charCodeAt(i);
  const unit = (bytes: Buffer, at: number): number | undefined => {
    const code = bytes[at + low];
    return width === 2 && bytes[at + 1 - low] !== 0 ? -1 : code;
  };
  return (bytes, start) => {
    for (let from = start; ; ) {
      const at = bytes.indexOf(mark, from);
      if (at < 0)
        return { at: -1, end: -1, from: Math.max(start, bytes.length - mark.length) & ~(width - 1) };
      from = at + 1;
      if (width === 2 && (at & 1) !== 0) continue;
      let end = at + mark.length;
      const next = unit(bytes, end);
      if (next === undefined) return { at: -1, end: -1, from: at };
      if (next !== 62 && next !== 47 && !SPACES.has(next)) continue;
      if (mark[width + low] !== 47) return { at, end, from: at };
      while (SPACES.has(unit(bytes, end) ?? 0)) end += width;
      if (end + width > bytes.length) return { at: -1, end: -1, from: at };
      return { at, end: end + width, from: at };
    }
  };
}

const SPACES: ReadonlySet<number> = new Set([9, 10, 13, 32]);

/** Bytes that are held until they are a whole element; grows by doubling, so that adding is linear. */
function createHeld(): {
  readonly add: (chunk: Uint8Array) => void;
  readonly drop: (length: number) => void;
  readonly bytes: () => Buffer;
} {
  let space = Buffer.alloc(SAMPLE_BYTES * 2);
  let from = 0;
  let to = 0;
  return {
    add(chunk) {
      if (to + chunk.length > space.length) {
        const needed = to - from + chunk.length;
        const larger = needed * 2 > space.length ? Buffer.alloc(needed * 2) : space;
        space.copy(larger, 0, from, to);
        space = larger;
        to -= from;
        from = 0;
      }
      space.set(chunk, to);
      to += chunk.length;
    },
    drop(length) {
      from += length;
    },
    bytes: () => space.subarray(from, to),
  };
}

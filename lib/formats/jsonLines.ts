import { type Encoding, unitWidth } from './encoding';
import { RECORD_BYTES_MAX } from './exportFormat';
import { createHeldBytes, type Framer, type JsonSink, parseObject } from './jsonSink';
import { createJsonSplitter } from './jsonSplitter';

const NEWLINE = 10;
const RETURN = 13;
const BLANK = 32;
const TAB = 9;
const OPEN_BRACE = 123;

/**
 * Cuts JSON lines: one object per line. This is the fast path: the only work per byte is the search for
 * newlines. A line that is not one object is looked at once more (several objects, an array on one line) and
 * otherwise refused alone; it never spoils its neighbours. Blank lines count as nothing.
 *
 * `start` is the offset of the first byte that will be pushed.
 */
export function createJsonLines(sink: JsonSink, encoding: Encoding, start: number): Framer {
  const width = unitWidth(encoding);
  const find = FIND[encoding];
  const held = createHeldBytes();
  let position = start;
  let heldOffset = start;

  const line = (bytes: Uint8Array, offset: number): void => {
    const trimmed = trimEnd(bytes, width, encoding);
    if (trimmed.length === 0) return;
    // The common case is decided by one byte; what is odd is looked at by recoverLine.
    if (trimmed[0] === OPEN_BRACE || width === 2) {
      const parsed = parseObject(trimmed, encoding);
      if (typeof parsed !== 'string') sink.parsed(trimmed, offset, parsed);
      else recoverLine(sink, trimmed, offset, encoding, parsed);
    } else if (!isBlank(trimmed)) recoverLine(sink, trimmed, offset, encoding, 'not a JSON object');
  };

  const heldLine = (): void => {
    const length = held.size();
    const tooLong = held.overflowed();
    const bytes = held.take();
    if (tooLong) sink.refuse(bytes, heldOffset, `longer than ${RECORD_BYTES_MAX} bytes`, length);
    else line(bytes, heldOffset);
  };

  return {
    push(chunk) {
      let from = 0;
      if (held.size() > 0) {
        const end = find(chunk, 0);
        if (end < 0) {
          held.add(chunk);
          position += chunk.length;
          return;
        }
        held.add(chunk.subarray(0, end));
        heldLine();
        from = end + width;
      }
      for (let end = find(chunk, from); end >= 0; end = find(chunk, from)) {
        line(chunk.subarray(from, end), position + from);
        from = end + width;
      }
      if (from < chunk.length) {
        heldOffset = position + from;
        held.add(chunk.subarray(from));
      }
      position += chunk.length;
    },
    end() {
      if (held.size() > 0) heldLine();
      return undefined;
    },
  };
}

/** A line may hold several objects or an array of them. If any part of it is neither, the whole line is refused. */
function recoverLine(
  sink: JsonSink,
  bytes: Uint8Array,
  offset: number,
  encoding: Encoding,
  reason: string,
): void {
  const found: { raw: Uint8Array; offset: number }[] = [];
  let clean = true;
  const splitter = createJsonSplitter(
    {
      value: (raw, at) => {
        found.push({ raw, offset: at });
        clean &&= typeof parseObject(raw, encoding) !== 'string';
      },
      refuse: () => {
        clean = false;
      },
    },
    encoding,
    offset,
  );
  splitter.push(bytes);
  if (splitter.end() !== undefined) clean = false;
  if (!clean || found.length === 0) sink.refuse(bytes, offset, reason);
  else for (const one of found) sink.value(one.raw, one.offset);
}

function trimEnd(bytes: Uint8Array, width: number, encoding: Encoding): Uint8Array {
  let end = bytes.length;
  if (width === 1) {
    while (end > 0 && isSpace(bytes[end - 1])) end--;
  } else {
    const low = encoding === 'utf-16le' ? 0 : 1;
    while (end >= 2 && bytes[end - 2 + (1 - low)] === 0 && isSpace(bytes[end - 2 + low])) end -= 2;
  }
  return end === bytes.length ? bytes : bytes.subarray(0, end);
}

function isSpace(byte: number | undefined): boolean {
  return byte === RETURN || byte === BLANK || byte === TAB;
}

function isBlank(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (!isSpace(byte)) return false;
  return true;
}

const FIND: Readonly<Record<Encoding, (chunk: Uint8Array, from: number) => number>> = {
  'utf-8': (chunk, from) => chunk.indexOf(NEWLINE, from),
  'windows-1252': (chunk, from) => chunk.indexOf(NEWLINE, from),
  'utf-16le': (chunk, from) => findPair(chunk, from, NEWLINE, 0),
  'utf-16be': (chunk, from) => findPair(chunk, from, 0, NEWLINE),
};

function findPair(chunk: Uint8Array, from: number, first: number, second: number): number {
  for (let i = from; i + 1 < chunk.length; i += 2)
    if (chunk[i] === first && chunk[i + 1] === second) return i;
  return -1;
}

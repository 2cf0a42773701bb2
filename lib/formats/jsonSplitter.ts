import { type Encoding, unitWidth } from './encoding';
import { RECORD_BYTES_MAX } from './exportFormat';
import {
  ENVELOPE_KEYS,
  ENVELOPE_MEMBERS_MAX,
  MEMBER_NAME_MAX,
  RECORD_MEMBERS,
  SEARCH_DEPTH_MAX,
  SEARCH_PATHS,
} from './jsonEnvelope';
import { createHeldBytes, type Framer, type JsonSink } from './jsonSink';

const OBJECT = 1;
const ARRAY = 2;
const [QUOTE, COMMA, COLON, BACKSLASH] = [34, 44, 58, 92];
const [OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [123, 125, 91, 93];

/** Deeper nesting than any export has; a file of brackets must not fill memory. */
const DEPTH_MAX = 512;

/**
 * outside: between records. record: in one (or in an envelope around them). stray: in text that is no object.
 * broken: in a record whose grammar failed, looking for the next one.
 */
type Mode = 'outside' | 'record' | 'stray' | 'broken';

/**
 * Cuts JSON of any layout into its records without holding more than one: an array, objects one after the
 * other with or without line ends, pretty-printed or not, and envelopes around an array
 * (`{"hits":{"hits":[…]}}`, `{"records":[…]}`).
 *
 * It follows strings and brackets only; JSON.parse judges each piece. Where brackets do not add up the
 * record is refused up to the next place where one plainly begins: `{` as the first character of a line, no
 * deeper indented than the broken one, or `},{` if there are no lines. All bytes in between are in the
 * refused record. An envelope's other members (`total`, `@odata.context`) are not records and not reported.
 *
 * Chunks must hold whole characters of UTF-16. `start` is the offset of the first byte that will be pushed.
 * `plain`: every outermost object is a record, none an envelope.
 */
export function createJsonSplitter(
  sink: Pick<JsonSink, 'value' | 'refuse'>,
  encoding: Encoding,
  start: number,
  plain = false,
): Framer {
  const stride = unitWidth(encoding);
  const high = encoding === 'utf-16be' ? 0 : 1;
  const held = createHeldBytes();
  const stack: number[] = [];
  let mode: Mode = 'outside';
  /** How many of the open containers stand around the records. */
  let base = 0;
  let position = start;
  let recordOffset = -1;
  let recordColumn = 0;
  let reason = '';
  let inString = false;
  let escaped = false;
  let previous = 0;
  let beforePrevious = 0;
  let lineStart = start;
  let lineBlank = true;
  let sawNewline = false;
  /** In a top-level object that may turn out to be an envelope, or in the rest of one. */
  let candidate = false;
  let inEnvelope = false;
  let readingKey = false;
  /** Name of the member that is open in each open container, by depth from 1; empty in an array. */
  const keys: string[] = [];
  /** How many members the top-level object has begun, and whether one of them is a record's. */
  let members = 0;
  let isRecord = false;
  let awaitingFirst = false;

  function push(chunk: Uint8Array): void {
    // Start within this chunk of the bytes that belong to what is being read, or -1.
    let from = recordOffset >= 0 ? 0 : -1;

    const open = (i: number): void => {
      recordOffset = position + i;
      recordColumn = recordOffset - lineStart;
      sawNewline = false;
      from = i;
    };
    const close = (i: number): { raw: Uint8Array; offset: number; length: number; tooLong: boolean } => {
      const rest = chunk.subarray(from, i);
      const spans = held.size() > 0;
      if (spans) held.add(rest);
      const length = spans ? held.size() : rest.length;
      const tooLong = length > RECORD_BYTES_MAX;
      const closed = { raw: spans ? held.take() : rest, offset: recordOffset, length, tooLong };
      recordOffset = -1;
      from = -1;
      return closed;
    };
    const emit = (i: number): void => {
      const { raw, offset, length, tooLong } = close(i);
      if (tooLong) sink.refuse(raw, offset, `longer than ${RECORD_BYTES_MAX} bytes`, length);
      else sink.value(raw, offset);
    };
    const refuse = (i: number): void => {
      const { raw, offset, length } = close(i);
      const trimmed = length === raw.length ? trimBlank(raw, stride, high) : raw;
      sink.refuse(trimmed, offset, reason, length === raw.length ? trimmed.length : length);
    };
    const begin = (i: number): void => {
      open(i);
      candidate = base === 0 && !plain;
      members = 0;
      isRecord = false;
      awaitingFirst = false;
      stack.length = base;
      stack.push(OBJECT);
      mode = 'record';
    };
    const fail = (why: string): void => {
      reason = why;
      mode = 'broken';
      inString = false;
    };

    for (let i = 0; i < chunk.length; i += stride) {
      const c =
        stride === 1
          ? (chunk[i] as number)
          : (chunk[i + 1 - high] as number) | ((chunk[i + high] as number) << 8);

      if (inString) {
        if (escaped) escaped = false;
        else if (c === BACKSLASH) escaped = true;
        else if (c === QUOTE) {
          inString = false;
          if (readingKey) isRecord ||= namesRecord(keys, stack.length);
          readingKey = false;
        } else if (c === 10 || c === 13) {
          fail('not valid JSON: a line ends inside a text');
        } else if (readingKey) {
          const key = keys[stack.length] ?? '';
          if (key.length <= MEMBER_NAME_MAX) keys[stack.length] = key + String.fromCharCode(c);
        }
        if (mode !== 'broken') continue;
      }
      if (c === 10) {
        lineStart = position + i + stride;
        lineBlank = true;
        sawNewline = true;
        if (mode === 'stray') {
          refuse(i);
          mode = 'outside';
        }
        continue;
      }
      if (c === 32 || c === 9 || c === 13) continue;
      const first = lineBlank;
      lineBlank = false;

      if (mode === 'stray') {
        if (c !== OPEN_BRACE && c !== COMMA && !(c === CLOSE_BRACKET && base > 0)) continue;
        refuse(i);
        mode = 'outside';
      }
      if (mode === 'broken') {
        const column = position + i - lineStart;
        const lineBegins = first && sawNewline && column <= recordColumn;
        const nextElement = !sawNewline && base > 0 && previous === COMMA && beforePrevious === CLOSE_BRACE;
        beforePrevious = previous;
        previous = c;
        if (c === OPEN_BRACE && (lineBegins || nextElement)) {
          refuse(i);
          begin(i);
          continue;
        }
        if (!(c === CLOSE_BRACKET && first && base > 0 && column < recordColumn)) continue;
        refuse(i);
        stack.length = base;
        mode = 'outside';
      }
      if (mode === 'outside') {
        if (c === OPEN_BRACE) begin(i);
        else if (c === OPEN_BRACKET && base === 0) {
          stack.push(ARRAY);
          base = 1;
        } else if (c === CLOSE_BRACKET && base > 0) {
          stack.pop();
          base = 0;
          // What follows the array in an envelope is read like a record's inside, but kept by nobody.
          if (inEnvelope) {
            mode = 'record';
            candidate = true;
          }
        } else if (c !== COMMA) {
          open(i);
          reason = 'not a JSON object';
          mode = 'stray';
        }
        previous = c;
        continue;
      }

      // In a record.
      const top = stack[stack.length - 1];
      if (awaitingFirst) {
        awaitingFirst = false;
        if (c === OPEN_BRACE) {
          // An envelope: its array holds the records, its beginning is not one.
          if (recordOffset >= 0) close(i);
          inEnvelope = true;
          base = stack.length;
          begin(i);
          candidate = false;
          previous = c;
          continue;
        }
      }
      if (c === QUOTE) {
        inString = true;
        readingKey =
          candidate &&
          stack.length <= SEARCH_DEPTH_MAX &&
          top === OBJECT &&
          (previous === OPEN_BRACE || previous === COMMA);
        if (readingKey) {
          keys[stack.length] = '';
          if (stack.length === 1) members++;
        }
      } else if (c === OPEN_BRACE || c === OPEN_BRACKET) {
        const legal = top === OBJECT ? previous === COLON : previous === OPEN_BRACKET || previous === COMMA;
        if (!legal || stack.length >= DEPTH_MAX) {
          fail(
            legal
              ? `nested deeper than ${DEPTH_MAX}`
              : 'not valid JSON: a new object begins before this one ends',
          );
          if (recordOffset < 0) open(i);
          else if (
            legal === false &&
            c === OPEN_BRACE &&
            first &&
            sawNewline &&
            position + i - lineStart <= recordColumn
          ) {
            refuse(i);
            begin(i);
          }
          previous = c;
          continue;
        }
        if (candidate && c === OPEN_BRACKET && top === OBJECT) {
          awaitingFirst =
            stack.length === 1
              ? ENVELOPE_KEYS.has(keys[1] ?? '') &&
                members <= ENVELOPE_MEMBERS_MAX &&
                (inEnvelope || !isRecord)
              : isSearchList(keys, stack.length);
        }
        stack.push(c === OPEN_BRACE ? OBJECT : ARRAY);
        if (candidate && stack.length <= SEARCH_DEPTH_MAX) keys[stack.length] = '';
      } else if (c === CLOSE_BRACE || c === CLOSE_BRACKET) {
        if (top !== (c === CLOSE_BRACE ? OBJECT : ARRAY)) {
          fail('not valid JSON: brackets do not match');
          if (recordOffset < 0) open(i);
          previous = c;
          continue;
        }
        stack.pop();
        if (stack.length === base) {
          if (recordOffset >= 0) emit(i + stride);
          if (base === 0) inEnvelope = false;
          mode = 'outside';
        }
      }
      previous = c;
    }

    if (from >= 0) held.add(chunk.subarray(from));
    position += chunk.length;
    if (held.overflowed() && mode === 'record') fail(`longer than ${RECORD_BYTES_MAX} bytes`);
  }

  return {
    push,
    end() {
      const wasRecord = mode === 'record';
      if (recordOffset >= 0) {
        const length = held.size();
        const raw = held.take();
        const trimmed = length === raw.length ? trimBlank(raw, stride, high) : raw;
        sink.refuse(
          trimmed,
          recordOffset,
          wasRecord ? 'cut off: the file ends inside this record' : reason,
          length === raw.length ? trimmed.length : length,
        );
        recordOffset = -1;
      }
      return stack.length > 0 ? 'the file ends before its JSON does: it may have been cut off' : undefined;
    },
  };
}

/** Whether the member just named, at this depth, is one that only a record has. */
function namesRecord(keys: readonly string[], depth: number): boolean {
  if (depth === 1) return RECORD_MEMBERS.has(keys[1] ?? '');
  return depth === 2 && keys[1] === 'metadata' && keys[2] === 'product';
}

/** Whether the list that opens at this depth is where a search answer has its records. */
function isSearchList(keys: readonly string[], depth: number): boolean {
  return depth <= SEARCH_DEPTH_MAX && SEARCH_PATHS.has(keys.slice(1, depth + 1).join('.'));
}

function trimBlank(bytes: Uint8Array, stride: number, high: number): Uint8Array {
  let end = bytes.length;
  while (end >= stride) {
    const low = bytes[stride === 1 ? end - 1 : end - 2 + (1 - high)];
    const zero = stride === 1 || bytes[end - 2 + high] === 0;
    if (!zero || (low !== 32 && low !== 9 && low !== 10 && low !== 13)) break;
    end -= stride;
  }
  return end === bytes.length ? bytes : bytes.subarray(0, end);
}

import { type Encoding, sniffEncoding, unitWidth } from './encoding';
import { type RecordDecoder, SAMPLE_BYTES, type VendorRecord } from './exportFormat';
import { isEnvelope, isRecordAnywhere } from './jsonEnvelope';
import { createJsonLines } from './jsonLines';
import { concat, createJsonSink, type Framer, type JsonSink, parseObject } from './jsonSink';
import { createJsonSplitter } from './jsonSplitter';

/**
 * Decoder of JSON exports in any layout and in UTF-8 or UTF-16: looks at the first 64 KiB, then cuts by line
 * if the file is JSON lines (fast) and by structure otherwise (jsonSplitter.ts). Invalid UTF-8 is read with
 * U+FFFD in its place; the bytes stay in `raw`.
 */
export function createJsonDecoder(): RecordDecoder {
  let head: Uint8Array[] = [];
  let headBytes = 0;
  let running: { framer: Framer; sink: JsonSink } | undefined;

  const start = (): { framer: Framer; sink: JsonSink } => {
    const bytes = head.length === 1 && head[0] !== undefined ? head[0] : concat(head, headBytes);
    head = [];
    const sample = bytes.subarray(0, SAMPLE_BYTES);
    const { encoding, bom } = sniffEncoding(sample);
    const sink = createJsonSink(encoding);
    const text = sample.subarray(bom);
    const cut = isJsonLines(text, encoding)
      ? createJsonLines(sink, encoding, bom)
      : createJsonSplitter(sink, encoding, bom, opensWithRecord(text, encoding));
    const framer = wholeUnits(cut, encoding);
    framer.push(bytes.subarray(bom));
    running = { framer, sink };
    return running;
  };

  return {
    push(chunk) {
      if (running === undefined) {
        head.push(chunk);
        headBytes += chunk.length;
        if (headBytes < SAMPLE_BYTES) return [];
        return start().sink.drain();
      }
      running.framer.push(chunk);
      return running.sink.drain();
    },
    end() {
      const { framer, sink } = running ?? start();
      const problem = framer.end();
      const records = sink.drain();
      return problem === undefined ? { records } : { records, problem };
    },
  };
}

/**
 * True if at least half of the sample's whole lines are one JSON object each. An envelope on a line
 * (`{"records":[…]}`) is not: it holds records, it is none. A file that opens with a bracket is an array.
 */
function isJsonLines(sample: Uint8Array, encoding: Encoding): boolean {
  if (firstCharacter(sample) === OPEN_BRACKET) return false;
  let lines = 0;
  let objects = 0;
  const count = (raw: Uint8Array): void => {
    const parsed = parseObject(raw, encoding);
    lines++;
    if (typeof parsed !== 'string' && !isEnvelope(parsed)) objects++;
  };
  const lineSink: JsonSink = {
    value: count,
    parsed: count,
    refuse: () => {
      lines++;
    },
    drain: () => [],
  };
  // The last line of the sample is likely cut: it is never closed, so it does not count.
  const lineFramer = createJsonLines(lineSink, encoding, 0);
  lineFramer.push(unitWidth(encoding) === 1 ? sample : sample.subarray(0, sample.length & ~1));
  return objects > 0 && objects * 2 >= lines;
}

const OPEN_BRACKET = 91;

/** The first character that is no blank; the zero bytes of UTF-16 are passed over. */
function firstCharacter(sample: Uint8Array): number | undefined {
  return sample.find((byte) => byte > 32);
}

/** True if the first object lies whole in the sample and shows, behind a list, that it is a record and no envelope. */
function opensWithRecord(sample: Uint8Array, encoding: Encoding): boolean {
  let first: VendorRecord | string | undefined;
  const take = (raw: Uint8Array): void => {
    first ??= parseObject(raw, encoding);
  };
  const framer = createJsonSplitter({ value: take, refuse: () => {} }, encoding, 0, true);
  framer.push(unitWidth(encoding) === 1 ? sample : sample.subarray(0, sample.length & ~1));
  return first !== undefined && typeof first !== 'string' && isRecordAnywhere(first);
}

/** Hands on chunks of whole UTF-16 units, whatever the cut of the incoming ones. */
function wholeUnits(framer: Framer, encoding: Encoding): Framer {
  if (unitWidth(encoding) === 1) return framer;
  let odd: Uint8Array | undefined;
  return {
    push(chunk) {
      const joined = odd === undefined ? chunk : concat([odd, chunk], chunk.length + 1);
      const even = joined.length & ~1;
      odd = even === joined.length ? undefined : joined.slice(even);
      if (even > 0) framer.push(joined.subarray(0, even));
    },
    end() {
      if (odd !== undefined) framer.push(odd);
      return framer.end();
    },
  };
}

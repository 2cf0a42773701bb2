import { afterSample } from './afterSample';
import { createCsvDecoder } from './csvRecords';
import { decodeText, type Encoding, sniffEncoding, unitWidth } from './encoding';
import {
  type DecodedRecord,
  RECORD_BYTES_MAX,
  REFUSED_HEAD_BYTES,
  type RecordDecoder,
  type VendorRecord,
} from './exportFormat';
import { createBlockReader } from './lineBlocks';
import { readLine } from './lineContents';
import { createLineFramer, type LineTaker } from './lineFramer';

/**
 * Reads text in lines that hold records: JSON, event XML, Snare's or NXLog's fields, or `name=value` behind a
 * syslog header or none (lineContents.ts), and the text blocks of a Splunk forwarder, whose records go over many
 * lines (lineBlocks.ts). A line that holds no record is refused alone.
 *
 * PowerShell's CSV begins with a line `#TYPE …` before its heading: then the rest is a table.
 */
export function createLineDecoder(): RecordDecoder {
  return afterSample((sample) => {
    const { encoding, bom } = sniffEncoding(sample);
    const text = decodeText(sample.subarray(bom), encoding);
    const typed = /^#TYPE [^\n]{0,500}\n/.exec(text)?.[0];
    if (typed === undefined) return { decoder: createReader(text, encoding, bom), skip: bom };
    const skip = bom + typed.length * unitWidth(encoding);
    return { decoder: shifted(createCsvDecoder(), skip), skip };
  });
}

/** Moves the places of a decoder's records by what was skipped before it. */
function shifted(decoder: RecordDecoder, by: number): RecordDecoder {
  const move = (records: readonly DecodedRecord[]): readonly DecodedRecord[] =>
    records.map((record) => ({ ...record, offset: record.offset + by }));
  return {
    push: (chunk) => move(decoder.push(chunk)),
    end() {
      const end = decoder.end();
      return { ...end, records: move(end.records) };
    },
  };
}

/** A reader of lines, or of blocks where the sample shows them. */
function createReader(sample: string, encoding: Encoding, begin: number): RecordDecoder {
  let records: DecodedRecord[] = [];
  let index = 0;
  const add = (raw: Uint8Array, offset: number, read: VendorRecord | string, length = raw.length): void => {
    const place = { index: index++, offset, length, raw };
    records.push(typeof read === 'string' ? { ...place, refused: read } : { ...place, value: read });
  };
  const drain = (): readonly DecodedRecord[] => {
    const drained = records;
    records = [];
    return drained;
  };
  const blocks = createBlockReader(sample, (raw, offset, text) => add(raw, offset, readLine(text)), encoding);
  const line: LineTaker = (raw, offset, overlong) => {
    if (overlong !== undefined) {
      add(raw.slice(0, REFUSED_HEAD_BYTES), offset, `longer than ${RECORD_BYTES_MAX} bytes`, overlong);
      return;
    }
    const text = decodeText(raw, encoding);
    if (blocks !== undefined) blocks.line(raw, offset, text);
    else if (text.trim() !== '') add(withoutReturn(raw, encoding), offset, readLine(text));
  };
  const framer = createLineFramer(line, encoding, begin);
  return {
    push(chunk) {
      framer.push(chunk);
      return drain();
    },
    end() {
      framer.end();
      blocks?.end();
      return { records: drain() };
    },
  };
}

/** Without the carriage return before a line feed. */
function withoutReturn(raw: Uint8Array, encoding: Encoding): Uint8Array {
  const width = unitWidth(encoding);
  const low = raw.length - (encoding === 'utf-16be' ? 1 : width);
  return raw[low] === RETURN && (width === 1 || raw[low ^ 1] === 0)
    ? raw.subarray(0, raw.length - width)
    : raw;
}

const RETURN = 13;

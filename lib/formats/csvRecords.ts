import { type Options, Parser } from 'csv-parse';
import { afterSample } from './afterSample';
import { decodeText, type Encoding, sniffEncoding, unitWidth } from './encoding';
import { type DecodedRecord, RECORD_BYTES_MAX, REFUSED_HEAD_BYTES, type RecordDecoder } from './exportFormat';
import { concat } from './jsonSink';
import { csvDelimiter } from './layout';

/**
 * Cuts a CSV file into one record per row, named by the heading: any of Excel's separators, quoted newlines,
 * UTF-8, UTF-16 and Windows-1252. An empty cell is an absent member. A cell beyond the heading (Event Viewer
 * names one column too few) is called `column_N`. The grammar is csv-parse's.
 *
 * `raw` is the row as it stands in the file for UTF-8; for other encodings its text in UTF-8.
 */
export function createCsvDecoder(): RecordDecoder {
  return afterSample((sample) => ({ decoder: createReader(sample), skip: 0 }));
}

type Row = {
  readonly record: readonly string[];
  readonly raw: string;
  readonly info: { readonly bytes: number };
};

function createReader(sample: Uint8Array): RecordDecoder {
  const { encoding, bom } = sniffEncoding(sample);
  const text = decodeText(sample.subarray(bom), encoding);
  const told = /^sep=.\r?\n/i.exec(text)?.[0].length ?? 0;
  const toUtf8 = transcoder(encoding);
  const width = unitWidth(encoding);
  const parser = createParser({
    delimiter: csvDelimiter(text) ?? ',',
    info: true,
    raw: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: RECORD_BYTES_MAX,
  });
  let failure: string | undefined;
  let skip = bom + told * width;
  let heading: readonly string[] | undefined;
  let index = 0;
  const begin = bom + told * width;
  let offset = begin;
  let consumed = 0;
  let arrived = 0;

  const take = (row: Row): DecodedRecord | undefined => {
    // `raw` counts the row's line end; so do the offsets, so that the next row begins where this one ends.
    const length = encoding === 'utf-8' ? row.info.bytes - consumed : row.raw.length * width;
    consumed = row.info.bytes;
    const at = offset;
    offset += length;
    if (heading === undefined) {
      heading = nameColumns(row.record);
      return undefined;
    }
    const trimmed = row.raw.replace(/^[\r\n]+|[\r\n]+$/g, '');
    const raw = ENCODER.encode(trimmed);
    const lead = /^[\r\n]*/.exec(row.raw)?.[0].length ?? 0;
    const value: Record<string, unknown> = Object.create(null);
    for (let i = 0; i < row.record.length; i++) {
      const cell = row.record[i] as string;
      if (cell !== '') value[heading[i] ?? `column_${i + 1}`] = cell;
    }
    return { index: index++, offset: at + lead * width, length: raw.length, raw, value };
  };

  /** UTF-8 bytes after the last whole row: how many, and the first of them. */
  let fed = 0;
  let rest: Uint8Array = new Uint8Array(0);

  const feed = (chunk: Uint8Array | undefined): readonly DecodedRecord[] => {
    const records: DecodedRecord[] = [];
    const before = fed;
    fed += chunk?.length ?? 0;
    if (failure !== undefined) return records;
    const push = (row: Row): void => {
      const record = take(row);
      if (record !== undefined) records.push(record);
    };
    failure = parser(chunk, push);
    if (chunk !== undefined) rest = remaining(rest, chunk, consumed - before);
    return records;
  };

  return {
    push(chunk) {
      arrived += chunk.length;
      const dropped = Math.min(skip, chunk.length);
      skip -= dropped;
      return feed(toUtf8(chunk.subarray(dropped)));
    },
    end() {
      const records = [...feed(toUtf8(undefined)), ...feed(undefined)];
      if (failure === undefined) return { records };
      // What follows a quote that is never closed is one piece that nobody can cut: refused as such, not lost.
      const length = encoding === 'utf-8' ? fed - consumed : Math.max(0, arrived - offset);
      records.push({
        index,
        offset,
        length,
        raw: rest,
        refused: `this and the rest of the table cannot be read: ${failure}`,
      });
      return { records, problem: `the table cannot be read after record ${index}: ${failure}` };
    },
  };
}

/**
 * csv-parse as a function: takes the next bytes (undefined: the end), hands on whole rows at once, answers
 * what went wrong. Its stream does the same over this `api`, but ends a tick later, and a decoder has no ticks.
 */
function createParser(
  options: Options,
): (chunk: Uint8Array | undefined, push: (row: Row) => void) => string | undefined {
  const { api } = new Parser(options) as unknown as {
    readonly api: {
      readonly parse: (
        chunk: Uint8Array | undefined,
        end: boolean,
        push: (row: Row) => void,
        close: () => void,
      ) => Error | undefined;
    };
  };
  return (chunk, push) => {
    const bytes =
      chunk === undefined ? undefined : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    return api.parse(bytes, chunk === undefined, push, () => {})?.message;
  };
}

const ENCODER = new TextEncoder();

/** Turns chunks of a file, cut anywhere, into UTF-8; undefined ends the file. */
function transcoder(encoding: Encoding): (chunk: Uint8Array | undefined) => Uint8Array {
  if (encoding === 'utf-8') return (chunk) => chunk ?? new Uint8Array(0);
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  return (chunk) =>
    ENCODER.encode(chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true }));
}

/** The beginning of what stands after the last whole row, which ends `used` bytes into the chunk (before it: < 0). */
function remaining(rest: Uint8Array, chunk: Uint8Array, used: number): Uint8Array {
  if (used > 0) return chunk.slice(used, used + REFUSED_HEAD_BYTES);
  const room = REFUSED_HEAD_BYTES - rest.length;
  return room <= 0
    ? rest
    : concat([rest, chunk.subarray(0, room)], rest.length + Math.min(room, chunk.length));
}

/** The heading's names, each once; a column without one is named by its place. */
function nameColumns(cells: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return cells.map((cell, i) => {
    const name = cell.trim();
    const unique = name === '' || seen.has(name) ? `column_${i + 1}` : name;
    seen.add(unique);
    return unique;
  });
}

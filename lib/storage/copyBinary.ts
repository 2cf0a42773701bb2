import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import type { Connection } from './client';

/**
 * PostgreSQL's binary COPY format (PostgreSQL manual, "COPY", File Formats): the only way in and out that
 * keeps up with parsing. A row is a field count and, per field, a length and the value in network order.
 */
export type ColumnType = 'int2' | 'int4' | 'int8' | 'bool' | 'uuid' | 'text' | 'bytea';
export type Column = { readonly name: string; readonly type: ColumnType };
export type Value = string | number | boolean | Uint8Array | null | undefined;

const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const TRAILER = Buffer.from([0xff, 0xff]);
const WRITE_BYTES = 512 * 1024;
const FIRST_BYTES = 16 * 1024;

/**
 * Sends rows into a table by binary COPY. Values stand in the columns' order; null and undefined both mean
 * NULL; U+0000, which PostgreSQL's text cannot hold, is dropped. Runs within the connection's transaction.
 */
export async function copyRows(
  connection: Connection,
  table: string,
  columns: readonly Column[],
  rows: Iterable<readonly Value[]>,
): Promise<void> {
  const names = columns.map((column) => `"${column.name}"`).join(', ');
  const stream = connection.query(copyFrom(`COPY "${table}" (${names}) FROM STDIN (FORMAT binary)`));
  const done = finished(stream);
  // Awaited below; this keeps a refusal that comes while we still write from counting as unhandled.
  done.catch(() => undefined);
  const writer = createRowWriter(columns);
  writer.raw(SIGNATURE);
  for (const row of rows) {
    writer.row(row);
    if (writer.size() >= WRITE_BYTES && !stream.write(writer.take())) {
      await Promise.race([once(stream, 'drain'), done]);
    }
  }
  writer.raw(TRAILER);
  stream.end(writer.take());
  await done;
}

/**
 * Streams the rows of a query out by binary COPY. `select` must come from our own code, with no text of
 * users in it: COPY takes no parameters. `onRow` gets one array that is used again for the next row.
 */
export async function readRows(
  connection: Connection,
  select: string,
  types: readonly ColumnType[],
  onRow: (values: readonly Value[]) => void,
): Promise<void> {
  const stream = connection.query(copyTo(`COPY (${select}) TO STDOUT (FORMAT binary)`));
  const values: Value[] = new Array(types.length).fill(null);
  let rest: Buffer = Buffer.alloc(0);
  let headerRead = false;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    let data = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    if (!headerRead) {
      if (data.length < SIGNATURE.length) {
        rest = data;
        continue;
      }
      data = data.subarray(SIGNATURE.length);
      headerRead = true;
    }
    let at = 0;
    while (at < data.length) {
      const end = rowEnd(data, at);
      if (end === undefined) break;
      if (end > at + 2) {
        readRow(data, at, types, values);
        onRow(values);
      }
      at = end;
    }
    rest = data.subarray(at);
  }
}

/** Where the row that starts at `at` ends; undefined when it is not all here yet. */
function rowEnd(data: Buffer, at: number): number | undefined {
  if (at + 2 > data.length) return undefined;
  const fields = data.readInt16BE(at);
  let position = at + 2;
  for (let i = 0; i < fields; i++) {
    if (position + 4 > data.length) return undefined;
    const length = data.readInt32BE(position);
    position += 4 + (length > 0 ? length : 0);
  }
  return position <= data.length ? position : undefined;
}

function readRow(data: Buffer, start: number, types: readonly ColumnType[], values: Value[]): void {
  let at = start + 2;
  for (let i = 0; i < types.length; i++) {
    const length = data.readInt32BE(at);
    at += 4;
    if (length < 0) {
      values[i] = null;
      continue;
    }
    values[i] = readValue(data, at, length, types[i] ?? 'bytea');
    at += length;
  }
}

function readValue(data: Buffer, at: number, length: number, type: ColumnType): Value {
  switch (type) {
    case 'int2':
      return data.readInt16BE(at);
    case 'int4':
      return data.readInt32BE(at);
    case 'int8':
      return data.readInt32BE(at) * 0x1_0000_0000 + data.readUInt32BE(at + 4);
    case 'bool':
      return data[at] === 1;
    case 'uuid': {
      const hex = data.toString('hex', at, at + 16);
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
    }
    case 'text':
      return data.toString('utf8', at, at + length);
    case 'bytea':
      return data.subarray(at, at + length);
  }
}

/** Appends rows to a growing buffer; `take` hands the bytes over and starts anew. */
function createRowWriter(columns: readonly Column[]): {
  readonly row: (values: readonly Value[]) => void;
  readonly raw: (bytes: Buffer) => void;
  readonly size: () => number;
  readonly take: () => Buffer;
} {
  // Small at first: most COPYs of a correlation are a few rows.
  let buffer = Buffer.allocUnsafe(FIRST_BYTES);
  let at = 0;

  function need(bytes: number): void {
    if (at + bytes <= buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(buffer.length * 2, at + bytes));
    buffer.copy(larger, 0, 0, at);
    buffer = larger;
  }

  function value(type: ColumnType, given: Exclude<Value, null | undefined>): void {
    switch (type) {
      case 'int2':
        need(6);
        at = buffer.writeInt32BE(2, at);
        at = buffer.writeInt16BE(Number(given), at);
        return;
      case 'int4':
        need(8);
        at = buffer.writeInt32BE(4, at);
        at = buffer.writeInt32BE(Number(given), at);
        return;
      case 'int8': {
        const high = Math.floor(Number(given) / 0x1_0000_0000);
        need(12);
        at = buffer.writeInt32BE(8, at);
        at = buffer.writeInt32BE(high, at);
        at = buffer.writeUInt32BE(Number(given) - high * 0x1_0000_0000, at);
        return;
      }
      case 'bool':
        need(5);
        at = buffer.writeInt32BE(1, at);
        at = buffer.writeUInt8(given === true ? 1 : 0, at);
        return;
      case 'uuid':
        need(20);
        at = buffer.writeInt32BE(16, at);
        at += buffer.write(String(given).replaceAll('-', ''), at, 'hex');
        return;
      case 'text': {
        const text = withoutNul(String(given));
        need(4 + text.length * 3);
        const written = buffer.write(text, at + 4, 'utf8');
        buffer.writeInt32BE(written, at);
        at += 4 + written;
        return;
      }
      case 'bytea': {
        const bytes = given as Uint8Array;
        need(4 + bytes.length);
        at = buffer.writeInt32BE(bytes.length, at);
        buffer.set(bytes, at);
        at += bytes.length;
      }
    }
  }

  return {
    row(values) {
      need(2 + columns.length * 4);
      at = buffer.writeInt16BE(columns.length, at);
      for (let i = 0; i < columns.length; i++) {
        const given = values[i];
        if (given === null || given === undefined) {
          need(4);
          at = buffer.writeInt32BE(-1, at);
        } else value((columns[i] as Column).type, given);
      }
    },
    raw(bytes) {
      need(bytes.length);
      at += bytes.copy(buffer, at);
    },
    size: () => at,
    take() {
      // The stream keeps what it is given until it is sent, so the next rows go into a buffer of their own.
      const taken = buffer.subarray(0, at);
      buffer = Buffer.allocUnsafe(at >= WRITE_BYTES ? WRITE_BYTES * 2 : FIRST_BYTES);
      at = 0;
      return taken;
    },
  };
}

/** Text as PostgreSQL can hold it. */
export function withoutNul(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '') : text;
}

import type { EventElement } from '../eventElement';
import { createBinXmlReader } from './binXml';
import { DamagedEvent } from './budget';

/** Bytes of a chunk, the unit an event log file is written in. */
export const CHUNK_BYTES = 64 * 1024;

/** A record of a chunk: its place in the chunk and its event, or why it has none. */
export type ChunkRecord = { readonly offset: number; readonly length: number } & (
  | { readonly event: EventElement; readonly refused?: never }
  | { readonly event?: never; readonly refused: string }
);

const HEADER_BYTES = 512;
const RECORD_HEAD = 24;
const RECORD_BYTES_MIN = RECORD_HEAD + 4;
const SIGNATURE = 0x00002a2a;

/**
 * Reads the records of one chunk (shorter than 64 KiB where the file is cut) one after the other, as far as
 * they go: counts, checksums and flags of the header are not trusted, because a log that was copied while in
 * use has them wrong. A damaged record is refused and the next one looked for. Behind the end the header
 * tells, records count only while their numbers go on: what else lies there is left over from an older use
 * of the chunk.
 */
export function readChunk(chunk: Uint8Array): readonly ChunkRecord[] {
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  const headed = hasMagic(chunk);
  if (!headed && chunk.every((byte) => byte === 0)) return [];
  const records: ChunkRecord[] = [];
  const reader = createBinXmlReader(chunk);
  const end = headed ? freeSpace(view) : chunk.length;
  let last: number | undefined;
  let at = headed ? HEADER_BYTES : nextRecord(view, 0);
  const first = at;
  while (at < chunk.length) {
    const size = recordSize(view, at);
    if (size === undefined) {
      const next = nextRecord(view, at + 1);
      // Zeros, or the end of what was written.
      if (at >= end && (next >= chunk.length || recordNumber(view, next) !== (last ?? -2) + 1)) break;
      const stop = Math.min(next, Math.max(end, at));
      if (stop > at && !isEmpty(chunk, at, stop)) records.push(damaged(at, stop - at, chunk.length));
      at = next;
      continue;
    }
    const number = recordNumber(view, at);
    if (at >= end && last !== undefined && number !== last + 1) break;
    records.push(readRecord(reader, at, size));
    last = number;
    at += size;
  }
  if (!headed && records.length === 0)
    return [
      { offset: 0, length: chunk.length, refused: 'a chunk without its ElfChnk header and without records' },
    ];
  if (!headed && first > 0)
    records.unshift({
      offset: 0,
      length: first,
      refused: 'a chunk without its ElfChnk header: its records are read',
    });
  return records;
}

function readRecord(
  reader: ReturnType<typeof createBinXmlReader>,
  offset: number,
  length: number,
): ChunkRecord {
  try {
    return { offset, length, event: reader.read(offset + RECORD_HEAD, offset + length - 4) };
  } catch (error) {
    if (!(error instanceof DamagedEvent)) throw error;
    return { offset, length, refused: `a damaged event log record: it ${error.message}` };
  }
}

function damaged(offset: number, length: number, chunkLength: number): ChunkRecord {
  const cut = offset + length >= chunkLength && chunkLength < CHUNK_BYTES;
  return {
    offset,
    length,
    refused: cut
      ? 'an event log record that the end of the file cuts'
      : 'bytes between event log records that are no record',
  };
}

/** The length of the record at an offset, if one is there whole: signature, and the same length at both ends. */
function recordSize(view: DataView, at: number): number | undefined {
  if (at + RECORD_BYTES_MIN > view.byteLength || view.getUint32(at, true) !== SIGNATURE) return undefined;
  const size = view.getUint32(at + 4, true);
  if (size < RECORD_BYTES_MIN || at + size > view.byteLength) return undefined;
  return view.getUint32(at + size - 4, true) === size ? size : undefined;
}

/** Where the next whole record begins, at or behind an offset; the chunk's end if there is none. */
function nextRecord(view: DataView, from: number): number {
  for (let at = from; at + RECORD_BYTES_MIN <= view.byteLength; at++)
    if (view.getUint8(at) === 0x2a && recordSize(view, at) !== undefined) return at;
  return view.byteLength;
}

function recordNumber(view: DataView, at: number): number {
  return view.getUint32(at + 12, true) * 2 ** 32 + view.getUint32(at + 8, true);
}

/** Where the header says that records end; a header that tells nothing sensible: where they begin. */
function freeSpace(view: DataView): number {
  if (view.byteLength < HEADER_BYTES) return view.byteLength;
  const offset = view.getUint32(48, true);
  return offset >= HEADER_BYTES && offset <= CHUNK_BYTES ? Math.min(offset, view.byteLength) : HEADER_BYTES;
}

function isEmpty(chunk: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (chunk[at] !== 0) return false;
  return true;
}

function hasMagic(chunk: Uint8Array): boolean {
  return MAGIC.every((byte, i) => chunk[i] === byte);
}

const MAGIC = [...'ElfChnk\0'].map((character) => character.charCodeAt(0));

import { BackwardBits, DamagedData } from './zstdBits';
import type { BlockState } from './zstdState';
import { type HuffmanTable, readHuffmanTable } from './zstdTables';

type Literals = { readonly literals: Uint8Array; readonly next: number };

/** A block's literals (RFC 8878, 3.1.1.3.1) and the offset behind them. Throws DamagedData. */
export function readLiterals(block: Uint8Array, state: BlockState): Literals {
  const type = (block[0] ?? 0) & 3;
  const format = ((block[0] ?? 0) >> 2) & 3;
  return type < 2 ? readPlain(block, type, format, state) : readCoded(block, type, format, state);
}

function readPlain(block: Uint8Array, type: number, format: number, state: BlockState): Literals {
  const width = format === 1 ? 2 : format === 3 ? 3 : 1;
  const size = little(block, 0, width) >>> (width === 1 ? 3 : 4);
  const next = width + (type === 1 ? 1 : size);
  if (size > state.blockMax || next > block.length) throw new DamagedData('literals that do not fit');
  const literals = type === 1 ? new Uint8Array(size).fill(block[width] ?? 0) : block.subarray(width, next);
  return { literals, next };
}

function readCoded(block: Uint8Array, type: number, format: number, state: BlockState): Literals {
  const width = format < 2 ? 10 : format === 2 ? 14 : 18;
  const headLength = format < 2 ? 3 : format === 2 ? 4 : 5;
  // Up to 40 bits: kept as a number, not cut to 32 bits.
  const head = Math.floor(little(block, 0, headLength) / 16);
  const size = head % 2 ** width;
  const packed = Math.floor(head / 2 ** width) % 2 ** width;
  const next = headLength + packed;
  if (size > state.blockMax || next > block.length) throw new DamagedData('literals that do not fit');
  let at = headLength;
  if (type === 2) {
    const read = readHuffmanTable(block, at, next);
    state.huffman = read.table;
    at = read.next;
  }
  const table = state.huffman;
  if (table === undefined) throw new DamagedData('a block that repeats a code table where there is none');
  const literals = new Uint8Array(size);
  if (format === 0) decode(block, at, next, table, literals);
  else decodeFour(block, at, next, table, literals);
  return { literals, next };
}

/** Four streams, each of a quarter of the literals, so that other decoders can read them side by side. */
function decodeFour(
  block: Uint8Array,
  from: number,
  end: number,
  table: HuffmanTable,
  out: Uint8Array,
): void {
  const quarter = (out.length + 3) >> 2;
  let at = from + 6;
  if (at > end || quarter * 3 > out.length) throw new DamagedData('literals that do not fit');
  for (let i = 0; i < 4; i++) {
    const next = i === 3 ? end : at + little(block, from + i * 2, 2);
    if (next > end) throw new DamagedData('literals that do not fit');
    decode(block, at, next, table, out.subarray(i * quarter, i === 3 ? out.length : (i + 1) * quarter));
    at = next;
  }
}

function decode(block: Uint8Array, from: number, end: number, table: HuffmanTable, out: Uint8Array): void {
  const stream = new BackwardBits(block, from, end);
  const { log, symbol, bits } = table;
  for (let i = 0; i < out.length; i++) {
    const code = stream.peek(log);
    out[i] = symbol[code] ?? 0;
    stream.left -= bits[code] ?? 0;
    if (stream.left < 0) throw new DamagedData('a bit stream that ends too early');
  }
  if (stream.left !== 0) throw new DamagedData('a bit stream longer than its literals');
}

function little(data: Uint8Array, at: number, count: number): number {
  let value = 0;
  for (let i = count - 1; i >= 0; i--) value = value * 256 + (data[at + i] ?? 0);
  return value;
}

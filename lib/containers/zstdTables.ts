import { BackwardBits, DamagedData, highestBit } from './zstdBits';

/** A finite state table (RFC 8878, 4.1.1): per state its symbol, the bits to read, and what they are added to. */
export type FseTable = {
  /** log2 of the number of states. */
  readonly log: number;
  readonly symbol: Uint8Array;
  readonly bits: Uint8Array;
  readonly base: Uint16Array;
};

/** A table of codes (RFC 8878, 4.2.1), indexed by the next `log` bits. */
export type HuffmanTable = { readonly log: number; readonly symbol: Uint8Array; readonly bits: Uint8Array };

/** Builds the table of a distribution; -1 stands for a probability below one. Throws DamagedData. */
export function fseTable(counts: readonly number[], log: number): FseTable {
  const size = 1 << log;
  const symbol = new Uint8Array(size);
  const next = counts.map((count) => (count === -1 ? 1 : count));
  let high = size - 1;
  counts.forEach((count, s) => {
    if (count === -1) symbol[high--] = s;
  });
  const step = (size >> 1) + (size >> 3) + 3;
  let at = 0;
  counts.forEach((count, s) => {
    for (let i = 0; i < count; i++) {
      symbol[at] = s;
      do at = (at + step) & (size - 1);
      while (at > high);
    }
  });
  if (at !== 0) throw new DamagedData('a distribution that does not add up');
  const bits = new Uint8Array(size);
  const base = new Uint16Array(size);
  for (let state = 0; state < size; state++) {
    const s = symbol[state] ?? 0;
    const rank = next[s] ?? 1;
    next[s] = rank + 1;
    const width = log - highestBit(rank);
    bits[state] = width;
    base[state] = (rank << width) - size;
  }
  return { log, symbol, bits, base };
}

/** A table that gives one symbol for ever, without reading bits. */
export function constantTable(symbol: number): FseTable {
  return { log: 0, symbol: Uint8Array.of(symbol), bits: new Uint8Array(1), base: new Uint16Array(1) };
}

/**
 * Reads a table's distribution (RFC 8878, 4.1.1) from `data` at `from`, up to `end`; also gives the offset behind
 * it. Throws DamagedData for more symbols than `symbolMax`, an accuracy above `logMax`, or counts that do not fit.
 */
export function readFseTable(
  data: Uint8Array,
  from: number,
  end: number,
  limits: { readonly logMax: number; readonly symbolMax: number },
): { readonly table: FseTable; readonly next: number } {
  let bit = from * 8;
  const peek = (width: number): number => {
    const at = bit >>> 3;
    const word = (data[at] ?? 0) | ((data[at + 1] ?? 0) << 8) | ((data[at + 2] ?? 0) << 16);
    return (word >>> (bit & 7)) & ((1 << width) - 1);
  };
  const log = peek(4) + 5;
  bit += 4;
  if (log > limits.logMax) throw new DamagedData('a distribution finer than is allowed');
  const counts: number[] = [];
  let remaining = 1 << log;
  while (remaining > 0) {
    if (counts.length > limits.symbolMax || bit > end * 8)
      throw new DamagedData('a distribution of too many symbols');
    // Values below `short` need one bit less: there are not enough of them to fill the width.
    const width = highestBit(remaining + 1) + 1;
    const half = 1 << (width - 1);
    const short = 2 * half - 1 - (remaining + 1);
    let value = peek(width);
    if ((value & (half - 1)) < short) {
      value &= half - 1;
      bit += width - 1;
    } else {
      if (value >= half) value -= short;
      bit += width;
    }
    const count = value - 1;
    counts.push(count);
    remaining -= Math.abs(count);
    if (count !== 0) continue;
    for (let zeros = 3; zeros === 3; ) {
      zeros = peek(2);
      bit += 2;
      for (let i = 0; i < zeros; i++) counts.push(0);
      if (counts.length > limits.symbolMax + 1) throw new DamagedData('a distribution of too many symbols');
    }
  }
  const next = (bit + 7) >>> 3;
  if (remaining !== 0 || counts.length > limits.symbolMax + 1 || next > end)
    throw new DamagedData('a distribution that does not add up');
  return { table: fseTable(counts, log), next };
}

const CODE_BITS_MAX = 11;

/** Reads a Huffman table (RFC 8878, 4.2.1.1) and the offset behind it. Throws DamagedData. */
export function readHuffmanTable(
  data: Uint8Array,
  from: number,
  end: number,
): { readonly table: HuffmanTable; readonly next: number } {
  const head = data[from] ?? 0;
  const direct = head >= 128;
  const count = head - 127;
  const next = from + 1 + (direct ? (count + 1) >> 1 : head);
  if (from >= end || next > end) throw new DamagedData('a code table that ends too early');
  const weights = direct
    ? Array.from({ length: count }, (_, i) => {
        const byte = data[from + 1 + (i >> 1)] ?? 0;
        return i % 2 === 0 ? byte >> 4 : byte & 15;
      })
    : readWeights(data, from + 1, next);
  return { table: huffmanTable(weights), next };
}

/** Weights packed as two interleaved state machines; they end when a state asks for bits that are not there. */
function readWeights(data: Uint8Array, from: number, end: number): number[] {
  const { table, next } = readFseTable(data, from, end, { logMax: 6, symbolMax: 255 });
  const stream = new BackwardBits(data, next, end);
  const weights: number[] = [];
  let one = stream.read(table.log);
  let other = stream.read(table.log);
  while (weights.length < 255) {
    weights.push(table.symbol[one] ?? 0);
    const width = table.bits[one] ?? 0;
    if (width > stream.left) {
      weights.push(table.symbol[other] ?? 0);
      return weights;
    }
    const moved = (table.base[one] ?? 0) + stream.read(width);
    one = other;
    other = moved;
  }
  throw new DamagedData('a code table of too many symbols');
}

/** The last symbol's weight is not written: it is what is missing to a power of two. */
function huffmanTable(weights: readonly number[]): HuffmanTable {
  let sum = 0;
  for (const weight of weights) {
    if (weight > CODE_BITS_MAX) throw new DamagedData('a code longer than is allowed');
    if (weight > 0) sum += 1 << (weight - 1);
  }
  const log = highestBit(sum) + 1;
  const missing = (1 << log) - sum;
  if (sum === 0 || log > CODE_BITS_MAX || (missing & (missing - 1)) !== 0 || weights.length > 255)
    throw new DamagedData('a code table that does not add up');
  const all = [...weights, highestBit(missing) + 1];
  const symbol = new Uint8Array(1 << log);
  const bits = new Uint8Array(1 << log);
  let at = 0;
  for (let weight = 1; weight <= log; weight++) {
    all.forEach((one, s) => {
      if (one !== weight) return;
      symbol.fill(s, at, at + (1 << (weight - 1)));
      bits.fill(log + 1 - weight, at, at + (1 << (weight - 1)));
      at += 1 << (weight - 1);
    });
  }
  return { log, symbol, bits };
}

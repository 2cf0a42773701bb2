import { BackwardBits, DamagedData } from './zstdBits';
import type { BlockState, SequenceTables } from './zstdState';
import { constantTable, type FseTable, fseTable, readFseTable } from './zstdTables';

/** One step of a block: copy this many literals, then this many bytes from this far back. */
export type OnSequence = (literalLength: number, distance: number, matchLength: number) => void;

/** How each of the three codes is written (RFC 8878, 3.1.1.3.2): its usual distribution, and its limits. */
const CODES = [
  {
    usual: fseTable(
      [
        4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1, -1,
        -1, -1, -1,
      ],
      6,
    ),
    logMax: 9,
    symbolMax: 35,
  },
  {
    usual: fseTable(
      [1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1],
      5,
    ),
    logMax: 8,
    symbolMax: 30,
  },
  {
    usual: fseTable(
      [1, 4, 3, ...Array<number>(6).fill(2), ...Array<number>(37).fill(1), ...Array<number>(7).fill(-1)],
      6,
    ),
    logMax: 9,
    symbolMax: 52,
  },
] as const;

const LITERAL_LENGTHS = extraBits(0, 16, [1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);
const MATCH_LENGTHS = extraBits(
  3,
  32,
  [1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16],
);

/** Reads a block's sequences from `from` on, in order. Throws DamagedData. */
export function readSequences(block: Uint8Array, from: number, state: BlockState, on: OnSequence): void {
  const { count, next } = readCount(block, from);
  if (count === 0) {
    if (next !== block.length) throw new DamagedData('a block with bytes left over');
    return;
  }
  const { tables, next: start } = readTables(block, next, state.tables);
  state.tables = tables;
  const [lengths, distances, matches] = tables;
  const stream = new BackwardBits(block, start, block.length);
  let l = stream.read(lengths.log);
  let d = stream.read(distances.log);
  let m = stream.read(matches.log);
  for (let left = count; left > 0; left--) {
    const distanceCode = distances.symbol[d] ?? 0;
    const written = 2 ** distanceCode + stream.read(distanceCode);
    const matchLength = valueOfCode(MATCH_LENGTHS, matches.symbol[m] ?? 0, stream);
    const literalLength = valueOfCode(LITERAL_LENGTHS, lengths.symbol[l] ?? 0, stream);
    on(literalLength, distanceOf(written, literalLength, state.recent), matchLength);
    if (left === 1) break;
    l = step(lengths, l, stream);
    m = step(matches, m, stream);
    d = step(distances, d, stream);
  }
  if (stream.left !== 0) throw new DamagedData('a bit stream longer than its sequences');
}

function readCount(block: Uint8Array, from: number): { readonly count: number; readonly next: number } {
  const [first, second, third] = [block[from], block[from + 1], block[from + 2]];
  if (first === undefined) throw new DamagedData('a block that ends too early');
  if (first < 128) return { count: first, next: from + 1 };
  if (first < 255) return { count: ((first - 128) << 8) + (second ?? 0), next: from + 2 };
  return { count: (second ?? 0) + ((third ?? 0) << 8) + 0x7f00, next: from + 3 };
}

function readTables(
  block: Uint8Array,
  from: number,
  before: SequenceTables | undefined,
): { readonly tables: SequenceTables; readonly next: number } {
  const modes = block[from] ?? 0;
  if ((modes & 3) !== 0) throw new DamagedData('a block of an unknown kind');
  let next = from + 1;
  const read = (which: 0 | 1 | 2): FseTable => {
    const code = CODES[which];
    switch ((modes >> (6 - which * 2)) & 3) {
      case 0:
        return code.usual;
      case 1: {
        const symbol = block[next++] ?? 0;
        if (symbol > code.symbolMax) throw new DamagedData('a code that does not exist');
        return constantTable(symbol);
      }
      case 2: {
        const packed = readFseTable(block, next, block.length, code);
        next = packed.next;
        return packed.table;
      }
      default:
        if (before === undefined) throw new DamagedData('a block that repeats tables where there are none');
        return before[which];
    }
  };
  return { tables: [read(0), read(1), read(2)], next };
}

function step(table: FseTable, state: number, stream: BackwardBits): number {
  return (table.base[state] ?? 0) + stream.read(table.bits[state] ?? 0);
}

/** Written values up to 3 name one of the last three distances; anything else is a new one (RFC 8878, 3.1.1.5). */
function distanceOf(written: number, literalLength: number, recent: [number, number, number]): number {
  const [first, second, third] = recent;
  const which = written > 3 ? 4 : written - (literalLength === 0 ? 0 : 1);
  if (which === 0) return first;
  const distance = which === 4 ? written - 3 : which === 1 ? second : which === 2 ? third : first - 1;
  if (which !== 1) recent[2] = second;
  recent[1] = first;
  recent[0] = distance;
  return distance;
}

type Values = { readonly base: readonly number[]; readonly bits: readonly number[] };

function valueOfCode(values: Values, code: number, stream: BackwardBits): number {
  return (values.base[code] ?? 0) + stream.read(values.bits[code] ?? 0);
}

/** Codes that stand for themselves, then codes for ever wider ranges. */
function extraBits(lowest: number, plain: number, wider: readonly number[]): Values {
  const bits = [...Array<number>(plain).fill(0), ...wider];
  let at = lowest;
  const base = bits.map((width) => {
    const value = at;
    at += 2 ** width;
    return value;
  });
  return { base, bits };
}

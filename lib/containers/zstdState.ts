import type { FseTable, HuffmanTable } from './zstdTables';

/** The tables of literal lengths, distances and match lengths. */
export type SequenceTables = readonly [FseTable, FseTable, FseTable];

/** What a frame's blocks hand on to the next (RFC 8878, 3.1.1.3). */
export type BlockState = {
  huffman: HuffmanTable | undefined;
  tables: SequenceTables | undefined;
  /** The last three distances. */
  readonly recent: [number, number, number];
  /** Most bytes a block may unpack to. */
  readonly blockMax: number;
};

/** The state before a frame's first block. `blockMax` in bytes. */
export function createBlockState(blockMax: number): BlockState {
  return { huffman: undefined, tables: undefined, recent: [1, 4, 8], blockMax };
}

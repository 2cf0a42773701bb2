import { DamagedData } from './zstdBits';
import { readLiterals } from './zstdLiterals';
import { readSequences } from './zstdSequences';
import type { BlockState } from './zstdState';
import type { ZstdWindow } from './zstdWindow';

/**
 * Unpacks one compressed block into the window. Work and output are bounded by `blockMax`, whatever the block
 * says. Throws DamagedData; the window then holds part of the block.
 */
export function unpackBlock(block: Uint8Array, state: BlockState, window: ZstdWindow): void {
  const { literals, next } = readLiterals(block, state);
  let taken = 0;
  let length = 0;
  readSequences(block, next, state, (literalLength, distance, matchLength) => {
    length += literalLength + matchLength;
    if (length > state.blockMax) throw new DamagedData('a block that unpacks to more than is allowed');
    if (taken + literalLength > literals.length) throw new DamagedData('a block with too few literals');
    window.append(literals, taken, taken + literalLength);
    taken += literalLength;
    window.repeat(distance, matchLength);
  });
  if (length + literals.length - taken > state.blockMax)
    throw new DamagedData('a block that unpacks to more than is allowed');
  window.append(literals, taken, literals.length);
}

import { setImmediate } from 'node:timers/promises';
import { overspent, type UnpackBudget } from './budget';
import { ByteReader } from './byteReader';
import { type FallibleBytes, messageOf } from './member';
import { XxHash64 } from './xxHash64';
import { DamagedData } from './zstdBits';
import { unpackBlock } from './zstdBlock';
import { CutOff, exactly, little, nextFrame, type ZstdFrame } from './zstdFrame';
import { createBlockState } from './zstdState';
import { ZstdWindow } from './zstdWindow';

const BLOCK_BYTES_MAX = 128 * 1024;
/** So many blocks are unpacked before others get their turn. */
const BLOCKS_AT_A_TIME = 16;

/**
 * Unpacks Zstandard (RFC 8878): any number of frames, skippable ones passed over. Memory is one window and a
 * half; frames that need one of more than 128 MiB, or a dictionary, are refused. What can be read is handed on
 * before a fault is reported.
 *
 * Written here because every copy is checked before it is made: the work a block can cause is bounded by the
 * 128 KiB it may unpack to, which holds for hostile data too.
 */
export function unpackZstd(source: AsyncIterable<Uint8Array>, budget: UnpackBudget): FallibleBytes {
  let problem: string | null = null;
  async function* unpack(): AsyncGenerator<Uint8Array, void, undefined> {
    const input = new ByteReader(source);
    let unpacked = 0;
    try {
      problem = overspent(budget, 0, 0);
      if (problem !== null) return;
      for (;;) {
        const frame = await nextFrame(input);
        if (frame === undefined) return;
        for await (const bytes of unpackFrame(input, frame)) {
          unpacked += bytes.length;
          budget.used += bytes.length;
          problem = overspent(budget, input.consumed, unpacked);
          if (bytes.length > 0) yield bytes;
          if (problem !== null) return;
        }
      }
    } catch (error) {
      problem = describe(error);
    } finally {
      await input.close();
    }
  }
  return { bytes: unpack(), problem: () => problem };
}

async function* unpackFrame(
  input: ByteReader,
  frame: ZstdFrame,
): AsyncGenerator<Uint8Array, void, undefined> {
  const blockMax = Math.min(frame.window, BLOCK_BYTES_MAX);
  const state = createBlockState(blockMax);
  const window = new ZstdWindow(frame.window);
  const hash = frame.checksum ? new XxHash64() : undefined;
  let length = 0;
  for (let n = 1, last = false; !last; n++) {
    const head = little(await exactly(input, 3));
    const kind = (head >> 1) & 3;
    const size = head >> 3;
    last = (head & 1) === 1;
    if (kind === 3 || size > blockMax) throw new DamagedData('a block of an unknown kind');
    const block = await exactly(input, kind === 1 ? 1 : size);
    if (kind === 0) window.append(block, 0, size);
    else if (kind === 1) window.fill(block[0] ?? 0, size);
    else unpackBlock(block, state, window);
    const bytes = window.take();
    length += bytes.length;
    hash?.update(bytes);
    yield bytes;
    if (n % BLOCKS_AT_A_TIME === 0) await setImmediate();
  }
  if (frame.size !== undefined && frame.size !== length)
    throw new DamagedData(`it says ${frame.size} bytes and holds ${length}`);
  if (hash !== undefined && little(await exactly(input, 4)) !== hash.low32())
    throw new DamagedData('its checksum does not match');
}

function describe(error: unknown): string {
  if (error instanceof CutOff)
    return 'cut off: the compressed data ends too early; the records before the cut were read';
  if (error instanceof DamagedData)
    return `the compressed data cannot be unpacked further (${error.message}); the records before were read`;
  return `could not be read to its end: ${messageOf(error)}`;
}

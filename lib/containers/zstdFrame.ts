import type { ByteReader } from './byteReader';
import { DamagedData } from './zstdBits';

/** What a frame says of itself (RFC 8878, 3.1.1.1). */
export type ZstdFrame = {
  /** How far back a copy may reach, in bytes. */
  readonly window: number;
  /** Bytes the frame says it unpacks to; absent if it does not say. */
  readonly size?: number;
  /** Whether a checksum follows the last block. */
  readonly checksum: boolean;
};

/** Windows above this are refused: the memory is taken for each upload in work. `zstd --long=27` needs as much. */
export const WINDOW_BYTES_MAX = 128 * 1024 * 1024;

/** The compressed data ends before it should. */
export class CutOff extends Error {
  override readonly name = 'CutOff';
}

/**
 * The next frame's header; undefined at the end of the data. Skippable frames and zero bytes behind a frame are
 * passed over. Throws CutOff or DamagedData, the latter also for what cannot be unpacked.
 */
export async function nextFrame(input: ByteReader): Promise<ZstdFrame | undefined> {
  for (;;) {
    const magic = await input.read(4);
    if (magic.every((byte) => byte === 0)) {
      if (magic.length < 4) return undefined;
      continue;
    }
    if (magic.length < 4) throw new CutOff();
    const number = little(magic);
    if (number === 0xfd2fb528) return readHeader(input);
    if (number >>> 4 !== 0x184d2a5) throw new DamagedData('what follows is no Zstandard frame');
    const size = await exactly(input, 4);
    if (!(await input.skip(little(size)))) throw new CutOff();
  }
}

async function readHeader(input: ByteReader): Promise<ZstdFrame> {
  const [flags = 0] = await exactly(input, 1);
  if ((flags & 8) !== 0) throw new DamagedData('a frame of an unknown kind');
  const single = (flags & 0x20) !== 0;
  const window = single ? 0 : windowOf((await exactly(input, 1))[0] ?? 0);
  const dictionary = little(await exactly(input, [0, 1, 2, 4][flags & 3] ?? 0));
  if (dictionary !== 0) throw new DamagedData(`it was packed with a dictionary (${dictionary}) of its own`);
  const width = flags >> 6 === 0 ? (single ? 1 : 0) : 1 << (flags >> 6);
  const stated = little(await exactly(input, width)) + (width === 2 ? 256 : 0);
  const frame = { window: single ? stated : window, checksum: (flags & 4) !== 0 };
  if (frame.window > WINDOW_BYTES_MAX)
    throw new DamagedData(
      `it needs a window of ${Math.ceil(frame.window / 1024 ** 2)} MiB, more than ${WINDOW_BYTES_MAX / 1024 ** 2}; pack it again with a smaller one`,
    );
  return width === 0 ? frame : { ...frame, size: stated };
}

function windowOf(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3));
  return base + (base / 8) * (descriptor & 7);
}

/** Reads exactly that many bytes. Throws CutOff if there are fewer. */
export async function exactly(input: ByteReader, count: number): Promise<Uint8Array> {
  const bytes = await input.read(count);
  if (bytes.length < count) throw new CutOff();
  return bytes;
}

/** A number from bytes in little-endian order. */
export function little(bytes: Uint8Array): number {
  let value = 0;
  for (let i = bytes.length - 1; i >= 0; i--) value = value * 256 + (bytes[i] ?? 0);
  return value;
}

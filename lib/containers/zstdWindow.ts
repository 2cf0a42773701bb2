import { DamagedData } from './zstdBits';

const FIRST_BYTES = 256 * 1024;
/** Up to here a loop is faster than a call. */
const SHORT = 48;

/**
 * The last bytes a frame unpacked to, which later blocks copy from. Takes as much memory as has been unpacked,
 * at most one and a half windows and a bit.
 */
export class ZstdWindow {
  readonly #size: number;
  readonly #most: number;
  #buffer = new Uint8Array(FIRST_BYTES);
  #end = 0;
  #taken = 0;

  /** `size` is how far back a copy may reach, in bytes. */
  constructor(size: number) {
    this.#size = size;
    this.#most = size + Math.max(4 * FIRST_BYTES, size >> 1);
  }

  /** Bytes unpacked and not taken yet. */
  pending(): number {
    return this.#end - this.#taken;
  }

  /** Appends `bytes` from `from` to `end`. */
  append(bytes: Uint8Array, from: number, end: number): void {
    if (from === end) return;
    this.#makeRoom(end - from);
    if (end - from > SHORT) this.#buffer.set(bytes.subarray(from, end), this.#end);
    else for (let i = from; i < end; i++) this.#buffer[this.#end + i - from] = bytes[i] ?? 0;
    this.#end += end - from;
  }

  /** Appends one byte many times. */
  fill(byte: number, count: number): void {
    this.#makeRoom(count);
    this.#buffer.fill(byte, this.#end, this.#end + count);
    this.#end += count;
  }

  /** Appends `length` bytes from `distance` back; they may overlap. Throws DamagedData if that is too far. */
  repeat(distance: number, length: number): void {
    this.#makeRoom(length);
    if (distance < 1 || distance > this.#size || distance > this.#end)
      throw new DamagedData('a copy from before the data begins');
    const buffer = this.#buffer;
    const end = this.#end;
    if (length > SHORT && distance >= length) buffer.copyWithin(end, end - distance, end - distance + length);
    else for (let i = 0; i < length; i++) buffer[end + i] = buffer[end + i - distance] ?? 0;
    this.#end += length;
  }

  /** A copy of what came since the last call. */
  take(): Uint8Array {
    const taken = this.#buffer.slice(this.#taken, this.#end);
    this.#taken = this.#end;
    return taken;
  }

  #makeRoom(length: number): void {
    const needed = this.#end + length;
    if (needed <= this.#buffer.length) return;
    if (this.#buffer.length < this.#most) {
      const larger = new Uint8Array(Math.min(this.#most, Math.max(needed, 2 * this.#buffer.length)));
      larger.set(this.#buffer.subarray(0, this.#end));
      this.#buffer = larger;
      if (needed <= larger.length) return;
    }
    // Only what may still be copied from, or was not taken yet, is kept.
    const from = Math.max(0, Math.min(this.#taken, this.#end - this.#size));
    this.#buffer.copyWithin(0, from, this.#end);
    this.#end -= from;
    this.#taken -= from;
  }
}

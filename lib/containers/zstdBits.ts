/** Compressed data that breaks its format's rules; the message says which. */
export class DamagedData extends Error {
  override readonly name = 'DamagedData';
}

/** Position of the highest set bit; -1 for 0. */
export function highestBit(value: number): number {
  return 31 - Math.clz32(value);
}

/**
 * Bits of a stream that is written forwards and read backwards, from a closing 1 bit down to its first byte
 * (RFC 8878, 4.1). Throws DamagedData if there is no closing bit.
 */
export class BackwardBits {
  readonly data: Uint8Array;
  readonly start: number;
  /** Bits not read yet. */
  left: number;

  constructor(data: Uint8Array, start: number, end: number) {
    const last = end > start ? (data[end - 1] ?? 0) : 0;
    if (last === 0) throw new DamagedData('a bit stream without an end');
    this.data = data;
    this.start = start;
    this.left = (end - start - 1) * 8 + highestBit(last);
  }

  /** The next `count` bits (at most 24) without taking them; below the first byte there are zeros. */
  peek(count: number): number {
    const low = this.left - count;
    if (low >= 0) return this.#at(low) & ((1 << count) - 1);
    return this.left <= 0 ? 0 : (this.#at(0) & ((1 << this.left) - 1)) << -low;
  }

  /** Takes `count` bits, at most 31. Throws DamagedData if there are fewer. */
  read(count: number): number {
    if (count > this.left) throw new DamagedData('a bit stream that ends too early');
    if (count > 24) return this.read(count - 16) * 0x10000 + this.read(16);
    const value = this.peek(count);
    this.left -= count;
    return value;
  }

  #at(bit: number): number {
    const at = this.start + (bit >>> 3);
    const { data } = this;
    return (
      (((data[at] ?? 0) |
        ((data[at + 1] ?? 0) << 8) |
        ((data[at + 2] ?? 0) << 16) |
        ((data[at + 3] ?? 0) << 24)) >>>
        (bit & 7)) |
      0
    );
  }
}

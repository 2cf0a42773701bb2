/** A 64-bit number as two halves of 32 bits. */
type Wide = { high: number; low: number };

const P1: Wide = { high: 0x9e3779b1, low: 0x85ebca87 };
const P2: Wide = { high: 0xc2b2ae3d, low: 0x27d4eb4f };
const P3: Wide = { high: 0x165667b1, low: 0x9e3779f9 };
const P4: Wide = { high: 0x85ebca77, low: 0xc2b2ae63 };
const P5: Wide = { high: 0x27d4eb2f, low: 0x165667c5 };

const STRIPE = 32;

/** The checksum of Zstandard frames: XXH64 with seed 0, fed piece by piece. */
export class XxHash64 {
  readonly #lanes = [
    add(copy(P1), P2),
    copy(P2),
    copy({ high: 0, low: 0 }),
    subtract({ high: 0, low: 0 }, P1),
  ];
  readonly #rest = new Uint8Array(STRIPE);
  #restLength = 0;
  #length = 0;

  /** Adds bytes. */
  update(bytes: Uint8Array): void {
    this.#length += bytes.length;
    let at = 0;
    if (this.#restLength > 0) {
      at = Math.min(STRIPE - this.#restLength, bytes.length);
      this.#rest.set(bytes.subarray(0, at), this.#restLength);
      this.#restLength += at;
      if (this.#restLength < STRIPE) return;
      this.#stripes(this.#rest, 0, STRIPE);
      this.#restLength = 0;
    }
    const end = at + Math.floor((bytes.length - at) / STRIPE) * STRIPE;
    this.#stripes(bytes, at, end);
    this.#rest.set(bytes.subarray(end));
    this.#restLength = bytes.length - end;
  }

  /** The lower half of the checksum of all bytes so far, as an unsigned number. */
  low32(): number {
    const hash = this.#length >= STRIPE ? this.#merged() : copy(P5);
    add(hash, { high: Math.floor(this.#length / 2 ** 32), low: this.#length >>> 0 });
    const rest = this.#rest;
    let at = 0;
    for (; at + 8 <= this.#restLength; at += 8) {
      xor(hash, round({ high: 0, low: 0 }, word(rest, at + 4), word(rest, at)));
      add(multiply(rotate(hash, 27), P1), P4);
    }
    if (at + 4 <= this.#restLength) {
      xor(hash, multiply({ high: 0, low: word(rest, at) }, P1));
      add(multiply(rotate(hash, 23), P2), P3);
      at += 4;
    }
    for (; at < this.#restLength; at++) {
      xor(hash, multiply({ high: 0, low: rest[at] ?? 0 }, P5));
      multiply(rotate(hash, 11), P1);
    }
    multiply(xor(hash, { high: 0, low: hash.high >>> 1 }), P2);
    multiply(xor(hash, shiftRight29(hash)), P3);
    return (hash.low ^ hash.high) >>> 0;
  }

  #stripes(bytes: Uint8Array, from: number, end: number): void {
    const lanes = this.#lanes;
    for (let at = from; at < end; ) {
      for (let i = 0; i < 4; i++, at += 8) {
        const lane = lanes[i];
        if (lane !== undefined) round(lane, word(bytes, at + 4), word(bytes, at));
      }
    }
  }

  #merged(): Wide {
    const hash: Wide = { high: 0, low: 0 };
    for (const [i, lane] of this.#lanes.entries()) add(hash, rotate(copy(lane), [1, 7, 12, 18][i] ?? 0));
    for (const lane of this.#lanes) {
      xor(hash, round({ high: 0, low: 0 }, lane.high, lane.low));
      add(multiply(hash, P1), P4);
    }
    return hash;
  }
}

/** Reused: a fresh object for every 8 bytes costs more than the sum. */
const input: Wide = { high: 0, low: 0 };

function round(lane: Wide, high: number, low: number): Wide {
  input.high = high;
  input.low = low;
  return multiply(rotate(add(lane, multiply(input, P2)), 31), P1);
}

function word(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at] ?? 0) |
    ((bytes[at + 1] ?? 0) << 8) |
    ((bytes[at + 2] ?? 0) << 16) |
    ((bytes[at + 3] ?? 0) << 24)
  );
}

function copy(value: Wide): Wide {
  return { high: value.high, low: value.low };
}

// What follows changes its first argument and gives it back: this runs for every 8 bytes.

function add(to: Wide, value: Wide): Wide {
  const low = (to.low >>> 0) + (value.low >>> 0);
  to.high = (to.high + value.high + (low > 0xffffffff ? 1 : 0)) | 0;
  to.low = low | 0;
  return to;
}

function subtract(from: Wide, value: Wide): Wide {
  return add(add(from, { high: ~value.high, low: ~value.low }), { high: 0, low: 1 });
}

function xor(to: Wide, value: Wide): Wide {
  to.high ^= value.high;
  to.low ^= value.low;
  return to;
}

function rotate(value: Wide, count: number): Wide {
  const { high, low } = value;
  value.high = (high << count) | (low >>> (32 - count));
  value.low = (low << count) | (high >>> (32 - count));
  return value;
}

function shiftRight29(value: Wide): Wide {
  return { high: value.high >>> 29, low: (value.low >>> 29) | (value.high << 3) };
}

/** Modulo 2^64, in pieces of 16 bits so that nothing is rounded. */
function multiply(value: Wide, by: Wide): Wide {
  const a0 = value.low & 0xffff;
  const a1 = value.low >>> 16;
  const b0 = by.low & 0xffff;
  const b1 = by.low >>> 16;
  const low = a0 * b0;
  const middle = a1 * b0 + (low >>> 16);
  const other = a0 * b1 + (middle & 0xffff);
  const carry = a1 * b1 + Math.floor(middle / 0x10000) + Math.floor(other / 0x10000);
  value.high = (Math.imul(value.high, by.low) + Math.imul(value.low, by.high) + (carry | 0)) | 0;
  value.low = ((other & 0xffff) << 16) | (low & 0xffff);
  return value;
}

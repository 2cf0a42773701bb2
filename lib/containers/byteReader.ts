/** Reads exact numbers of bytes from a stream of chunks. */
export class ByteReader {
  readonly #source: AsyncIterator<Uint8Array>;
  #chunk: Uint8Array = new Uint8Array(0);
  #at = 0;
  /** Bytes handed out or skipped so far. */
  consumed = 0;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** The next `count` bytes, valid until the next call; fewer only at the end. Rejects as the source does. */
  async read(count: number): Promise<Uint8Array> {
    if (this.#chunk.length - this.#at >= count) return this.#take(count);
    const pieces: Uint8Array[] = [];
    let length = 0;
    while (length < count && (await this.#fill())) {
      const piece = this.#take(count - length);
      pieces.push(piece);
      length += piece.length;
    }
    return Buffer.concat(pieces, length);
  }

  /** Passes over `count` bytes; false if there are fewer. */
  async skip(count: number): Promise<boolean> {
    let left = count;
    while (left > 0 && (await this.#fill())) left -= this.#take(left).length;
    return left === 0;
  }

  /** Lets the source go. */
  async close(): Promise<void> {
    await this.#source.return?.();
  }

  #take(most: number): Uint8Array {
    const piece = this.#chunk.subarray(this.#at, this.#at + most);
    this.#at += piece.length;
    this.consumed += piece.length;
    return piece;
  }

  async #fill(): Promise<boolean> {
    while (this.#at >= this.#chunk.length) {
      const next = await this.#source.next();
      if (next.done === true) return false;
      this.#chunk = next.value;
      this.#at = 0;
    }
    return true;
  }
}

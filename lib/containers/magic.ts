/** True for gzip data (RFC 1952). */
export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}

/** True for a ZIP archive, an empty one included. */
export function isZip(head: Uint8Array): boolean {
  return (
    head[0] === 0x50 &&
    head[1] === 0x4b &&
    ((head[2] === 3 && head[3] === 4) || (head[2] === 5 && head[3] === 6))
  );
}

/** True for a POSIX or GNU tar archive. */
export function isTar(head: Uint8Array): boolean {
  return head.length > 262 && [117, 115, 116, 97, 114].every((byte, i) => head[257 + i] === byte);
}

/**
 * Reads at least `size` bytes ahead (fewer only if there are no more) and gives them together with the whole
 * stream, so that nothing is read twice.
 */
export async function peek(
  source: AsyncGenerator<Uint8Array, void, undefined>,
  size: number,
): Promise<{
  readonly head: Uint8Array;
  readonly complete: boolean;
  readonly bytes: AsyncGenerator<Uint8Array, void, undefined>;
}> {
  const taken: Uint8Array[] = [];
  let length = 0;
  let complete = false;
  while (length < size) {
    const next = await source.next();
    if (next.done === true) {
      complete = true;
      break;
    }
    taken.push(next.value);
    length += next.value.length;
  }
  async function* whole(): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      yield* taken;
      if (!complete) yield* source;
    } finally {
      await source.return();
    }
  }
  const head = taken.length === 1 && taken[0] !== undefined ? taken[0] : Buffer.concat(taken);
  return { head: head.subarray(0, size), complete: complete && length <= size, bytes: whole() };
}

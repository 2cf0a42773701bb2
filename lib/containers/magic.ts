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

/** True for Zstandard data (RFC 8878), skippable frames at its beginning included. */
export function isZstd(head: Uint8Array): boolean {
  const [first = 0, second, third, fourth] = head;
  return (
    (first === 0x28 && second === 0xb5 && third === 0x2f && fourth === 0xfd) ||
    (first >> 4 === 5 && second === 0x2a && third === 0x4d && fourth === 0x18)
  );
}

/** Bytes of a tar archive's head by which it is known. */
export const TAR_HEAD = 512;

/** True for a tar archive: POSIX and GNU by their magic, older ones by their first header's checksum. */
export function isTar(head: Uint8Array): boolean {
  if (head.length > 262 && [117, 115, 116, 97, 114].every((byte, i) => head[257 + i] === byte)) return true;
  if (head.length < TAR_HEAD || head[0] === 0) return false;
  const written = String.fromCharCode(...head.subarray(148, 156)).replace(/[ \0]/g, '');
  if (!/^[0-7]{3,7}$/.test(written)) return false;
  let sum = 8 * 32;
  for (let i = 0; i < TAR_HEAD; i++) if (i < 148 || i >= 156) sum += head[i] ?? 0;
  return sum === Number.parseInt(written, 8);
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

import { open } from 'node:fs/promises';

/** A stretch of whole lines and where it begins in the file. */
export type Block = { readonly bytes: Buffer; readonly at: number };

const BLOCK_BYTES = 1024 * 1024;

/** A file in blocks of whole lines of about 1 MB, the next one read while one is used. */
export async function* lineBlocks(file: string): AsyncGenerator<Block, void, undefined> {
  const handle = await open(file, 'r');
  try {
    const read = async (position: number) => {
      const buffer = Buffer.allocUnsafe(BLOCK_BYTES);
      const { bytesRead } = await handle.read(buffer, 0, BLOCK_BYTES, position);
      return buffer.subarray(0, bytesRead);
    };
    let rest: Buffer = Buffer.alloc(0);
    let position = 0;
    let next = read(0);
    for (;;) {
      const fresh = await next;
      if (fresh.length === 0) break;
      const start = position - rest.length;
      position += fresh.length;
      next = read(position);
      const end = fresh.lastIndexOf(10) + 1;
      if (end === 0) {
        rest = Buffer.concat([rest, fresh]);
        continue;
      }
      const whole = Buffer.concat([rest, fresh.subarray(0, end)]);
      rest = fresh.subarray(end);
      yield { bytes: whole, at: start };
    }
    if (rest.length > 0) yield { bytes: rest, at: position - rest.length };
  } finally {
    await handle.close();
  }
}

/** Calls back with each line of a block, parsed as JSON: the least any reader of such a file must do. */
export function parseLines(
  { bytes, at }: Block,
  onLine: (value: unknown, offset: number, length: number) => void,
): void {
  for (let from = 0; from < bytes.length; ) {
    const newline = bytes.indexOf(10, from);
    const end = newline === -1 ? bytes.length : newline;
    if (end > from) onLine(JSON.parse(bytes.toString('utf8', from, end)), at + from, end - from);
    from = end + 1;
  }
}

import { type Encoding, unitWidth } from './encoding';
import { concat, createHeldBytes } from './jsonSink';

/** Takes each line of a file: its bytes with the line end left out, its place, and for one over the size limit its true length. */
export type LineTaker = (raw: Uint8Array, offset: number, overlong?: number) => void;

/**
 * Cuts bytes at line feeds, in any encoding; chunks may be cut anywhere. `start` is the offset of the first
 * byte that is pushed. Holds at most one line.
 */
export function createLineFramer(
  take: LineTaker,
  encoding: Encoding,
  start: number,
): { readonly push: (chunk: Uint8Array) => void; readonly end: () => void } {
  const width = unitWidth(encoding);
  const held = createHeldBytes();
  let position = start;
  let lineStart = start;
  let odd: Uint8Array | undefined;

  const finish = (): void => {
    const length = held.size();
    const overlong = held.overflowed();
    const bytes = held.take();
    if (overlong) take(bytes, lineStart, length);
    else take(bytes, lineStart);
  };

  const scan = (chunk: Uint8Array): void => {
    let from = 0;
    for (let end = feed(chunk, 0, encoding); end >= 0; end = feed(chunk, from, encoding)) {
      if (held.size() === 0) take(chunk.subarray(from, end), position + from);
      else {
        held.add(chunk.subarray(from, end));
        finish();
      }
      from = end + width;
      lineStart = position + from;
    }
    if (from < chunk.length) held.add(chunk.subarray(from));
    position += chunk.length;
  };

  return {
    push(chunk) {
      if (width === 1) return scan(chunk);
      // Only whole units are looked at; half of one waits for the next chunk.
      const joined = odd === undefined ? chunk : concat([odd, chunk], chunk.length + 1);
      const even = joined.length & ~1;
      odd = even === joined.length ? undefined : joined.slice(even);
      scan(joined.subarray(0, even));
    },
    end() {
      if (odd !== undefined) scan(odd);
      if (held.size() > 0) finish();
    },
  };
}

/** Where the next line feed begins in a chunk of whole units; -1 if there is none. */
function feed(chunk: Uint8Array, from: number, encoding: Encoding): number {
  if (unitWidth(encoding) === 1) return chunk.indexOf(NEWLINE, from);
  const low = encoding === 'utf-16le' ? 0 : 1;
  for (let at = chunk.indexOf(NEWLINE, from); at >= 0; at = chunk.indexOf(NEWLINE, at + 1))
    if ((at & 1) === low && chunk[at ^ 1] === 0) return at - low;
  return -1;
}

const NEWLINE = 10;

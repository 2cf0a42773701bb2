import zlib from 'node:zlib';
import type { UnpackLimits } from './limits';

/** Bytes unpacked so far over all members of one upload. */
export type UnpackBudget = { used: number; readonly limits: UnpackLimits };

/** A stream of bytes that may end early; `problem` says why once it has been read to its end. */
export type FallibleBytes = {
  readonly bytes: AsyncGenerator<Uint8Array, void, undefined>;
  readonly problem: () => string | null;
};

/** Input is fed in pieces of this size, so that a piece can unpack to 16 MB at most before it is handed on. */
const PIECE = 16 * 1024;
const OUTPUT = 256 * 1024;

/**
 * Unpacks gzip (any number of members, padding after the last) or raw deflate. What can be read is handed on
 * before a fault is reported: a download that was cut off still gives its records.
 */
export function inflate(
  source: AsyncIterable<Uint8Array>,
  kind: 'gzip' | 'deflate',
  budget: UnpackBudget,
): FallibleBytes {
  let problem: string | null = null;
  async function* unpack(): AsyncGenerator<Uint8Array, void, undefined> {
    const stream =
      kind === 'gzip'
        ? zlib.createGunzip({ chunkSize: OUTPUT })
        : zlib.createInflateRaw({ chunkSize: OUTPUT });
    let output: Uint8Array[] = [];
    let packed = 0;
    let unpacked = 0;
    let failure: Error | undefined;
    let settle: (() => void) | undefined;
    stream.on('data', (chunk: Buffer) => output.push(chunk));
    stream.on('error', (error: Error) => {
      failure = error;
      settle?.();
    });
    const step = (act: (done: () => void) => void): Promise<void> =>
      new Promise((resolve) => {
        settle = resolve;
        act(resolve);
      });
    const take = (): Uint8Array[] => {
      const taken = output;
      output = [];
      for (const chunk of taken) unpacked += chunk.length;
      for (const chunk of taken) budget.used += chunk.length;
      return taken;
    };
    const exceeded = (): string | null => {
      const { bytes, ratio, ratioFrom } = budget.limits;
      if (budget.used > bytes) return `unpacks to more than ${bytes} bytes; the rest was not read`;
      if (unpacked > ratioFrom && unpacked > packed * ratio)
        return `unpacks to more than ${ratio} times its size; the rest was not read`;
      return null;
    };
    try {
      for await (const chunk of source) {
        for (let at = 0; at < chunk.length && failure === undefined; at += PIECE) {
          const piece = chunk.subarray(at, at + PIECE);
          packed += piece.length;
          await step((done) => stream.write(piece, done));
          yield* take();
          problem = exceeded();
          if (problem !== null) return;
        }
        if (failure !== undefined) break;
      }
      if (failure === undefined) {
        await step((done) => {
          stream.once('end', done);
          stream.end();
        });
        yield* take();
      }
      if (failure !== undefined) problem = describe(failure);
    } catch (error) {
      problem = `could not be read to its end: ${error instanceof Error ? error.message : String(error)}`;
    } finally {
      stream.destroy();
    }
  }
  return { bytes: unpack(), problem: () => problem };
}

function describe(failure: Error): string {
  const code = (failure as NodeJS.ErrnoException).code;
  if (code === 'Z_BUF_ERROR')
    return 'cut off: the compressed data ends too early; the records before the cut were read';
  return `the compressed data is damaged (${failure.message}); the records before the damage were read`;
}

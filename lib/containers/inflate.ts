import zlib from 'node:zlib';
import { overspent, type UnpackBudget } from './budget';
import { type FallibleBytes, messageOf } from './member';

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
    let ended = false;
    let settle: (() => void) | undefined;
    stream.on('data', (chunk: Buffer) => output.push(chunk));
    // Deflate knows its own end, which may come before that of the bytes it was said to have.
    stream.once('end', () => {
      ended = true;
    });
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
    try {
      problem = overspent(budget, 0, 0);
      if (problem !== null) return;
      for await (const chunk of source) {
        for (let at = 0; at < chunk.length && failure === undefined && !ended; at += PIECE) {
          const piece = chunk.subarray(at, at + PIECE);
          packed += piece.length;
          await step((done) => stream.write(piece, done));
          yield* take();
          problem = overspent(budget, packed, unpacked);
          if (problem !== null) return;
        }
        if (failure !== undefined) break;
      }
      if (failure === undefined) {
        await step((done) => {
          if (ended) return done();
          stream.once('end', done);
          stream.end();
        });
        yield* take();
      }
      if (failure !== undefined) problem = describe(failure);
    } catch (error) {
      problem = `could not be read to its end: ${messageOf(error)}`;
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

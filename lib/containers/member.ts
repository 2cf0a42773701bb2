import type { UnpackBudget } from './budget';
import { overspent } from './budget';

/** A stream of bytes that may end early; `problem` says why once it has been read to its end. */
export type FallibleBytes = {
  readonly bytes: AsyncGenerator<Uint8Array, void, undefined>;
  readonly problem: () => string | null;
};

/** One file within an upload: the upload itself, or an entry of an archive. Read `bytes` before the next member. */
export type Member = {
  readonly name: string;
  /** True when it is encrypted and the password given, if any, does not open it; it has no bytes then. */
  readonly needsPassword: boolean;
} & FallibleBytes;

/** A member of which nothing can be read, and why. */
export function unreadable(name: string, problem: string, needsPassword = false): Member {
  async function* nothing(): AsyncGenerator<Uint8Array, void, undefined> {}
  return { name, needsPassword, bytes: nothing(), problem: () => problem };
}

/** The same bytes, counted as they pass: how far the upload has been read. */
export async function* counted(
  source: AsyncIterable<Uint8Array>,
  consumed: { bytes: number },
): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of source) {
    consumed.bytes += chunk.length;
    yield chunk;
  }
}

/**
 * The bytes as they are, with a failure of the source told as the problem. With a budget they count as unpacked.
 */
export function plain(source: AsyncIterable<Uint8Array>, budget?: UnpackBudget): FallibleBytes {
  let problem: string | null = null;
  async function* read(): AsyncGenerator<Uint8Array, void, undefined> {
    let length = 0;
    try {
      for await (const chunk of source) {
        length += chunk.length;
        if (budget !== undefined) {
          budget.used += chunk.length;
          problem = overspent(budget, length, length);
          if (problem !== null) return;
        }
        yield chunk;
      }
    } catch (error) {
      problem = `could not be read to its end: ${messageOf(error)}`;
    }
  }
  return { bytes: read(), problem: () => problem };
}

/** What an error says, whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

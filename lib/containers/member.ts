import { type FallibleBytes, inflate, type UnpackBudget } from './inflate';
import { isGzip, peek } from './magic';

/** One file within an upload: the upload itself, or an entry of an archive. Read `bytes` before the next member. */
export type Member = { readonly name: string } & FallibleBytes;

/** A member whose content is itself gzip, unpacked; any other as it is. */
export async function unwrapGzip(member: Member, budget: UnpackBudget): Promise<Member> {
  const { head, bytes } = await peek(member.bytes, 4);
  if (!isGzip(head)) return { name: member.name, bytes, problem: member.problem };
  const inner = inflate(bytes, 'gzip', budget);
  return { name: member.name, bytes: inner.bytes, problem: () => member.problem() ?? inner.problem() };
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

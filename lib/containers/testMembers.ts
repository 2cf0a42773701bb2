import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Header, pack } from 'tar-stream';
import { openUpload } from './openMembers';

/** What a member of an upload gave when it was read to its end. */
export type ReadMember = {
  readonly name: string;
  readonly text: string;
  readonly problem: string | null;
  readonly needsPassword: boolean;
};

/** Opens bytes as an upload and reads every member. */
export async function readMembers(
  bytes: Uint8Array,
  name: string,
  options: Parameters<typeof openUpload>[2] = {},
): Promise<readonly ReadMember[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'sequela-members-'));
  try {
    const file = path.join(folder, 'upload');
    writeFileSync(file, bytes);
    const read: ReadMember[] = [];
    for await (const member of (await openUpload(file, name, options)).members) {
      const chunks: Uint8Array[] = [];
      for await (const chunk of member.bytes) chunks.push(chunk);
      const { needsPassword } = member;
      const text = Buffer.concat(chunks).toString('latin1');
      read.push({ name: member.name, text, problem: member.problem(), needsPassword });
    }
    return read;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A tar archive of these entries; `header` adds to or overrides what is usual. */
export async function makeTar(
  entries: readonly {
    readonly name: string;
    readonly data?: string | Uint8Array;
    readonly header?: Partial<Header>;
  }[],
): Promise<Buffer> {
  const tar = pack();
  for (const { name, data = '', header } of entries) tar.entry({ name, ...header }, Buffer.from(data));
  tar.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of tar) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

/** A Zstandard frame of raw blocks (or, for a number, of one byte repeated that often), without checksum. */
export function makeZstd(blocks: readonly (string | Uint8Array | number)[], windowLog = 20): Buffer {
  const parts: Uint8Array[] = [Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, (windowLog - 10) << 3])];
  blocks.forEach((block, i) => {
    const data = typeof block === 'number' ? Buffer.from('a') : Buffer.from(block);
    const size = typeof block === 'number' ? block : data.length;
    const head = (size << 3) | (typeof block === 'number' ? 2 : 0) | (i === blocks.length - 1 ? 1 : 0);
    parts.push(Buffer.from([head & 255, (head >> 8) & 255, head >> 16]), data);
  });
  return Buffer.concat(parts);
}
